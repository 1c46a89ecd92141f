import { Flex, Typography } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { StatusTag } from '@/ui/StatusTag';

// Licences lists a party's licences and tells which lapse soon.
export function Licences({ licences }: { licences: Schemas['Licence'][] }) {
  const { t } = useTranslation('settings');
  if (licences.length === 0) return <Typography.Text className="quiet">{t('noLicences')}</Typography.Text>;
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {licences.map((l) => (
        <li key={`${l.kind} ${l.number}`} style={{ padding: '10px 0', borderBottom: '1px solid var(--hairline)' }}>
          <Flex justify="space-between" wrap gap={8}>
            <span><strong style={{ fontWeight: 600 }}>{l.kind}</strong> <span className="id">{l.number}</span><br /><span className="quiet">{l.issuer}</span></span>
            <Validity to={l.validTo} />
          </Flex>
        </li>
      ))}
    </ul>
  );
}

function Validity({ to }: { to?: string }) {
  const { t } = useTranslation('settings');
  if (!to) return <StatusTag tone="good">{t('validAlways')}</StatusTag>;
  const days = dayjs(to).diff(dayjs(), 'day');
  if (days < 0) return <StatusTag tone="bad">{t('lapsed', { day: to })}</StatusTag>;
  return <StatusTag tone={days < 60 ? 'wait' : 'good'}>{t('validTo', { day: to })}</StatusTag>;
}
