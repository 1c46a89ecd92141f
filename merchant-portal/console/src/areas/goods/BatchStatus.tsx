import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { StatusTag } from '@/ui/StatusTag';

export function BatchStatus({ status }: { status: 'registered' | 'awaiting_approval' }) {
  const { t } = useTranslation('goods');
  return <StatusTag tone={status === 'registered' ? 'good' : 'wait'}>{t(`state.${status}`)}</StatusTag>;
}

// Expiry is a day that may have passed or come soon: then it says so.
export function Expiry({ on }: { on?: string }) {
  const { t } = useTranslation('goods');
  if (!on) return <span className="quiet">{t('noExpiry')}</span>;
  const days = dayjs(on).diff(dayjs().startOf('day'), 'day');
  if (days < 0) return <span className="figure"><StatusTag tone="bad">{t('expired', { on })}</StatusTag></span>;
  if (days <= 30) return <span className="figure"><StatusTag tone="wait">{t('expiresSoon', { on, days })}</StatusTag></span>;
  return <span className="figure">{on}</span>;
}
