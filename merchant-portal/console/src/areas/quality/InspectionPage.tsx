import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { asProblem } from '@/api/problem';
import { useCan } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { Page, Section } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { ProblemNote } from '@/ui/Problem';
import { ProductName } from '@/ui/ProductName';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { Sideways } from '@/ui/Sideways';
import { Holds } from './Holds';
import { InspectionForm } from './InspectionForm';
import { Resumption } from './Resumption';

// How a batch stands, the plan that the ledger computes for it, the entry of what was found, and every inspection before.
export function Component() {
  const { t } = useTranslation('quality');
  const { gtin = '', lot = '' } = useParams();
  const can = useCan();
  const quality = useQuery({ queryKey: ['inspections', gtin, lot], queryFn: () => answer(api.GET('/api/v1/inspections', { params: { query: { gtin, lot } } })) });
  const plan = useQuery({ queryKey: ['plan', gtin, lot], retry: false, queryFn: () => answer(api.GET('/api/v1/batches/{gtin}/{lot}/sampling-plan', { params: { path: { gtin, lot } } })) });
  return (
    <Page title={lot} name={lot} crumbs={[{ title: t('inspections.title'), to: '/quality/inspections' }]}>
      <ProblemNote error={quality.error} retry={() => void quality.refetch()} />
      {quality.isPending && <Waiting />}
      {quality.data && <>
        <div style={{ margin: '0 0 16px' }}><ProductName gtin={gtin} />{' '}<Holds quality={quality.data} /></div>
        <Section title={t('plan.title')}>
          {plan.error ? <ProblemNote error={asProblem(plan.error)} /> : plan.data ? <Plan plan={plan.data} /> : <Waiting />}
        </Section>
        {plan.data?.discontinued && <Resumption plan={plan.data} />}
        {plan.data && can('inspect') && !plan.data.discontinued && <Section title={t('inspect.title')}><InspectionForm plan={plan.data} /></Section>}
        <Section title={t('inspections.before')}><Before items={quality.data.items} /></Section>
      </>}
    </Page>
  );
}

function Plan({ plan }: { plan: Schemas['SamplingPlan'] }) {
  const { t } = useTranslation('quality');
  return <>
    <p className="quiet"><Link to={`/quality/standards/${encodeURIComponent(plan.standard)}`}>{t('plan.standard')}</Link> · {t('plan.from', { standard: plan.standard, version: plan.version, size: plan.lotSize, severity: t(`severity.${plan.severity}`) })}</p>
    <Sideways label={t('plan.title')}><Table size="small" rowKey="class" pagination={false} dataSource={plan.classes} columns={[
      { title: t('plan.class'), render: (_, c) => t(`defect.${c.class as 'major'}`) }, { title: 'AQL', dataIndex: 'aql', className: 'figure' },
      { title: t('plan.sample'), className: 'figure', render: (_, c) => c.plan.sampleSize }, { title: t('plan.accept'), className: 'figure', render: (_, c) => c.plan.accept },
      { title: t('plan.reject'), className: 'figure', render: (_, c) => c.plan.reject }]} /></Sideways>
  </>;
}

function Before({ items }: { items: Schemas['Inspection'][] }) {
  const { t } = useTranslation('quality');
  if (items.length === 0) return <p className="quiet">{t('inspections.noneBefore')}</p>;
  return (
    <ul className="lines hairline" style={{ paddingTop: 8 }}>
      {items.map((i) => <li key={i.id}><StatusTag tone={i.accepted ? 'good' : 'bad'}>{t(i.accepted ? 'inspect.accepted' : 'inspect.rejected')}</StatusTag><span className="id">{i.id}</span><span className="quiet"><PartyName id={i.by} /> · <Time at={i.at} /></span></li>)}
    </ul>
  );
}
