import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';

// noticeKinds are what an inbox, and so a webhook, tells about.
export const noticeKinds: Schemas['NoticeKind'][] = [
  'shipment', 'receipt', 'case', 'correction', 'inspection', 'recall', 'complaint', 'clone', 'report', 'licence_expiring', 'alert', 'standing',
];

// useKinds names the kinds of messages as the overview does.
export function useKinds() {
  const { t } = useTranslation('overview');
  return (kind: Schemas['NoticeKind']) => t(`message.${kind}`);
}
