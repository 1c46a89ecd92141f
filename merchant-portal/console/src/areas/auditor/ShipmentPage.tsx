import { useQuery } from '@tanstack/react-query';
import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { answer, api } from '@/api/client';
import { Id } from '@/ui/Id';
import { Page } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { ProblemNote } from '@/ui/Problem';
import { Time } from '@/ui/Time';
import { LinesTable } from './LinesTable';

// ShipmentPage tells who sent what to whom.
export function Component() {
  const { t } = useTranslation('auditor');
  const { id = '' } = useParams();
  const sent = useQuery({ queryKey: ['shipments', id], queryFn: () => answer(api.GET('/api/v1/shipments/{id}', { params: { path: { id } } })) });
  const s = sent.data;
  return (
    <Page title={t('shipment.title', { id })} crumbs={[{ title: t('title'), to: '/auditor' }]}>
      <ProblemNote error={sent.error} retry={() => void sent.refetch()} />
      {s && <Flex gap={24} wrap style={{ marginBottom: 16 }}>
        <span><PartyName id={s.from} /> → <PartyName id={s.to} /></span>
        <span>{t('shipment.sent')} <Time at={s.dispatchedAt} /></span>
        {s.receivedAt && <span>{t('shipment.received')} <Time at={s.receivedAt} /></span>}
        {s.containers?.map((c) => <span key={c}>{t('container.holds')} <Id value={c} to={`/auditor/containers/${c}`} /></span>)}
      </Flex>}
      {!sent.error && <LinesTable lines={s?.lines ?? []} loading={sent.isPending} />}
    </Page>
  );
}
