import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag, type Tone } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { useKinds } from './useKinds';
import { WebhookFault } from './WebhookFault';

type Delivery = Schemas['Delivery'];
const tones: Record<Delivery['status'], Tone> = { pending: 'wait', delivered: 'good', failed: 'bad' };

// DeliveriesPage shows what was sent to one webhook and what came of it; each can be sent again.
export function Component() {
  const { t } = useTranslation('settings');
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const kindOf = useKinds();
  const hooks = useQuery({ queryKey: ['webhooks'], queryFn: () => answer(api.GET('/api/v1/webhooks')) });
  const again = useMutation({
    mutationFn: (delivery: number) => answer(api.POST('/api/v1/deliveries/{delivery}/replay', { params: { path: { delivery } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['deliveries', id] }),
  });
  const url = hooks.data?.find((h) => h.id === id)?.url ?? '';
  return (
    <Page title={t('deliveries')} help={url && t('deliveriesHelp', { url })} crumbs={[{ title: t('webhooks'), to: '/settings/webhooks' }]}>
      <ProblemNote error={again.error} />
      <p role="status" className="quiet">{again.isSuccess && t('deliveryGoing')}</p>
      <DataTable<Delivery>
        name={t('deliveries')} queryKey={['deliveries', id]} rowKey={(d) => String(d.id)} refetchInterval={10_000}
        list={(p) => answer(api.GET('/api/v1/webhooks/{id}/deliveries', { params: { path: { id }, query: { ...paging(p), sort: p.sort as 'at', status: p.status as Delivery['status'] | undefined } } }))}
        search={t('deliverySearch')} views="deliveries"
        filters={[{ name: 'status', label: t('result'), options: (['pending', 'delivered', 'failed'] as const).map((s) => ({ value: s, label: t(`deliveryStatus.${s}`) })) }]}
        columns={[
          { key: 'id', title: t('deliveryNumber'), render: (d) => <span className="id">{d.id}</span>, card: 'title' },
          { key: 'about', title: t('about'), wrap: 170, render: (d) => <>{kindOf(d.kind)} <span className="id quiet">{d.subject}</span></> },
          { key: 'status', title: t('result'), render: (d) => <StatusTag tone={tones[d.status]}>{t(`deliveryStatus.${d.status}`)}</StatusTag> },
          { key: 'tries', title: t('deliveryTries'), render: (d) => <span className="figure">{d.attempts.length}</span>, align: 'right' },
          { key: 'last', title: t('deliveryLast'), wrap: 190, render: (d) => <Last delivery={d} /> },
          { key: 'next', title: t('deliveryNext'), render: (d) => (d.status === 'pending' ? <Time at={d.nextTry} /> : '—') },
          { key: 'at', title: t('at'), sort: 'at', render: (d) => <Time at={d.createdAt} /> },
        ]}
        rowActions={(d) => d.status !== 'pending' && <Button type="text" onClick={() => again.mutate(d.id)}>{t('deliveryAgain')}</Button>}
        empty={<Empty>{t('deliveriesNone')}</Empty>} />
    </Page>
  );
}

function Last({ delivery }: { delivery: Delivery }) {
  const last = delivery.attempts.at(-1);
  if (!last) return <>—</>;
  return <><WebhookFault status={last.answer} error={last.error} /> · <Time at={last.at} /></>;
}
