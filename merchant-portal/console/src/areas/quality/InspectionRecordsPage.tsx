import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { ProductName } from '@/ui/ProductName';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';

type Query = NonNullable<operations['findInspections']['parameters']['query']>;
const outcomes = { passed: 'inspect.accepted', failed: 'inspect.rejected' } as const;

// Component lists every inspection that one may see, the latest first.
export function Component() {
  const { t } = useTranslation('quality');
  return (
    <Page title={t('records.title')} crumbs={[{ title: t('inspections.title'), to: '/quality/inspections' }]} help={t('records.help')}>
      <DataTable<Schemas['Inspection']> name={t('records.title')} queryKey={['inspections', 'records']} rowKey={(i) => i.id}
        list={(p) => answer(api.GET('/api/v1/inspection-records', { params: { query: { ...paging(p), sort: p.sort as Query['sort'], outcome: p.outcome as Query['outcome'] } } }))}
        search={t('records.search')} views="inspections"
        filters={[{ name: 'outcome', label: t('records.outcome'), options: (['passed', 'failed'] as const).map((o) => ({ value: o, label: t(outcomes[o]) })) }]}
        columns={[
          { key: 'lot', title: t('lot'), sort: 'lot', render: (i) => <Link className="id" to={`/quality/inspections/${i.gtin}/${encodeURIComponent(i.lot)}`}>{i.lot}</Link> },
          { key: 'product', title: t('recall.product'), render: (i) => <ProductName gtin={i.gtin} /> },
          { key: 'outcome', title: t('records.outcome'), card: 'head', render: (i) => <StatusTag tone={i.accepted ? 'good' : 'bad'}>{t(i.accepted ? 'inspect.accepted' : 'inspect.rejected')}</StatusTag> },
          { key: 'standard', title: t('records.standard'), render: (i) => <span className="id"><Link to={`/quality/standards/${encodeURIComponent(i.standard)}`}>{i.standard}</Link> · {i.version}</span> },
          { key: 'severity', title: t('records.severity'), render: (i) => t(`severity.${i.severity}`) },
          { key: 'size', title: t('inspections.size'), align: 'right', render: (i) => <span className="figure">{i.lotSize}</span> },
          { key: 'by', title: t('records.by'), render: (i) => <PartyName id={i.by} /> },
          { key: 'at', title: t('records.at'), sort: 'at', render: (i) => <Time at={i.at} /> },
        ]}
        empty={<Empty action={t('inspections.waiting')} to="/quality/inspections">{t('records.none')}</Empty>} />
    </Page>
  );
}
