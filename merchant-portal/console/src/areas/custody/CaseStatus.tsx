import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { StatusTag, type Tone } from '@/ui/StatusTag';

type Case = Schemas['Case'];
const tones: Record<Case['status'], Tone> = { open: 'wait', disputed: 'wait', escalated: 'bad', resolved: 'good', decided: 'good', withdrawn: 'none' };

export function CaseStatus({ of }: { of: Case }) {
  const { t } = useTranslation('custody');
  return <StatusTag tone={tones[of.status]}>{t(`caseStatus.${of.status}`)}</StatusTag>;
}
