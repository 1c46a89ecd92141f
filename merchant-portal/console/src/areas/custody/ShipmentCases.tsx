import { useQuery } from '@tanstack/react-query';
import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '@/api/client';
import { Section } from '@/ui/Page';
import { CaseStatus } from './CaseStatus';

// ShipmentCases lead to what did not fit a shipment: also to cases that a receipt has opened by itself.
export function ShipmentCases({ id }: { id: string }) {
  const { t } = useTranslation('custody');
  const { data } = useQuery({ queryKey: ['cases', 'of', id], queryFn: () => answer(api.GET('/api/v1/cases', { params: { query: { shipment: id, limit: 50 } } })) });
  if (!data?.items.length) return null;
  return (
    <Section title={t('cases.title')}>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {data.items.map((c) => (
          <li key={c.id}><Flex gap={12} wrap style={{ padding: '4px 0' }}><Link to={`/custody/cases/${c.id}`}>{t(`cause.${c.cause}`)}</Link><CaseStatus of={c} /></Flex></li>
        ))}
      </ul>
    </Section>
  );
}
