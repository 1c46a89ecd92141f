import { useTranslation } from 'react-i18next';

// What the gateway says of an attempt that came to no answer, in its own words (webhook.plain).
const faults = {
  'the name cannot be resolved': 'name',
  'no answer in time': 'late',
  'no connection, or no HTTP answer': 'silent',
  'the address is not of the public internet': 'private',
} as const;

// WebhookFault says why a message was not taken: by the status it was answered with, or by why there was no answer.
export function WebhookFault({ status, error = '' }: { status?: number; error?: string }) {
  const { t } = useTranslation('settings');
  const known = faults[error as keyof typeof faults];
  return <span style={{ overflowWrap: 'anywhere' }}>{status ? t('webhookAnswer', { answer: status }) : known ? t(`webhookFault.${known}`) : error}</span>;
}
