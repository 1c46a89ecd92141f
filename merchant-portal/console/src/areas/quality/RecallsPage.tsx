import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { useCan } from '@/app/session';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { ProductName } from '@/ui/ProductName';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { joined } from '@/ui/said';
import { classTones, said } from './words';

type Recall = Schemas['Recall'];
type RecallSort = NonNullable<operations['listRecalls']['parameters']['query']>['sort'];

export function Component() {
  const { t } = useTranslation('quality');
  const can = useCan();
  return (
    <Page title={t('recalls.title')} help={t('recalls.help')}
      main={can('recall') && { does: t('recalls.new'), to: '/quality/recalls/new' }}>
      <DataTable<Recall>
        name={t('recalls.title')}
        queryKey={['recalls']}
        list={(p) => answer(api.GET('/api/v1/recalls', { params: { query: { ...paging(p), sort: p.sort as RecallSort, open: p.open === 'true', class: p.class as Recall['class'] | undefined } } }))}
        rowKey={(r) => r.id}
        search={t('recalls.search')} views="recalls"
        filters={[
          { name: 'open', label: t('recalls.state'), options: [{ value: 'true', label: t('recalls.open') }] },
          { name: 'class', label: t('recalls.class'), options: (['I', 'II', 'III'] as const).map((c) => ({ value: c, label: t(`class.${c}`) })) },
        ]}
        columns={[
          { key: 'id', title: t('recalls.id'), sort: 'id', render: (r) => <Id value={r.id} to={`/quality/recalls/${encodeURIComponent(r.id)}`} /> },
          { key: 'gtin', title: t('goods'), sort: 'gtin', wrap: 180, render: (r) => <ProductName gtin={r.gtin} /> },
          { key: 'lots', title: t('lots'), wrap: 180, render: (r) => <span className="id">{joined([...new Set([...(r.lots ?? []), ...(r.lines ?? []).map((l) => l.lot)])])}</span> },
          { key: 'class', title: t('recalls.class'), wrap: 150, render: (r) => <StatusTag tone={classTones[r.class]}>{t(`class.${r.class}`)}</StatusTag> },
          { key: 'reason', title: t('recalls.reason'), wrap: 200, render: (r) => said(r.reason) },
          { key: 'state', title: t('recalls.state'), render: (r) => <StatusTag tone={r.closedAt ? 'none' : 'wait'}>{t(r.closedAt ? 'recalls.closed' : 'recalls.open')}</StatusTag> },
          { key: 'at', title: t('recalls.at'), sort: 'at', render: (r) => <Time at={r.at} /> },
        ]}
        empty={<Empty>{t('recalls.none')}</Empty>}
      />
    </Page>
  );
}
