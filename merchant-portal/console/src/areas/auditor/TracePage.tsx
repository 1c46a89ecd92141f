import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Flex, Segmented } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { answer, api } from '@/api/client';
import { language } from '@/app/language';
import { useMe } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { figure } from '@/app/figure';
import { Id } from '@/ui/Id';
import { Page } from '@/ui/Page';
import { PartialNote } from '@/ui/PartialNote';
import { PartyName } from '@/ui/PartyName';
import { ProblemNote } from '@/ui/Problem';
import { useReport } from './report';
import { useStory, type Traced } from './story';

const views = { graph: lazy(() => import('./GraphView')), timeline: lazy(() => import('./TimelineView')), table: lazy(() => import('./TableView')) };
type View = keyof typeof views;

// TracePage answers where a batch, or one unit of it, has been and what it was made of.
export function Component() {
  const { t } = useTranslation('auditor');
  const { gtin = '', lot = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const me = useMe();
  const serial = params.get('serial') ?? '';
  const view = (params.get('view') ?? 'graph') as View;
  const path = { gtin, lot };
  const batch = useQuery({ queryKey: ['batches', gtin, lot], queryFn: () => answer(api.GET('/api/v1/batches/{gtin}/{lot}', { params: { path } })) });
  const product = useQuery({ queryKey: ['products', gtin], queryFn: () => answer(api.GET('/api/v1/products/{gtin}', { params: { path: { gtin } } })) });
  const report = useReport(gtin, lot, serial);
  const Shown = views[view] ?? views.graph;
  const name = product.data?.name[language()] || product.data?.name['zh-CN'] || gtin;
  return (
    <Page title={name} crumbs={[{ title: t('title'), to: '/auditor' }]} help={t('trace.help')}
      actions={<Dropdown trigger={['click']} menu={{ items: (['csv', 'xlsx', 'pdf'] as const).map((f) => ({ key: f, label: t(`trace.as.${f}`) })), onClick: ({ key }) => void report.save(key as 'csv') }}>
        <Button loading={report.busy}>{t('trace.export')}</Button></Dropdown>}>
      <Flex gap={24} wrap style={{ marginBottom: 16 }}>
        <span>{t('gtin')} <Id value={gtin} /></span>
        <span>{t('lot')} <Id value={lot} to={serial ? `/auditor/batches/${gtin}/${encodeURIComponent(lot)}` : undefined} /></span>
        {serial && <span>{t('serial')} <Id value={serial} /></span>}
        {batch.data && <span>{t('quantity')} <span className="figure">{figure(batch.data.quantity)}</span></span>}
        {batch.data?.producer && <span>{t('producer')} <PartyName id={batch.data.producer} /></span>}
      </Flex>
      <ProblemNote error={batch.error ?? report.error} retry={() => void batch.refetch()} />
      {batch.isSuccess && <>
        {me.role !== 'platform' && me.role !== 'auditor' && <Left gtin={gtin} lot={lot} serial={serial} />}
        <Segmented<View> aria-label={t('trace.view')} value={view} style={{ marginBottom: 16 }} onChange={(v) => setParams((p) => { p.set('view', v); return p; }, { replace: true })}
          options={(Object.keys(views) as View[]).map((v) => ({ value: v, label: t(`trace.${v}`) }))} />
        <Suspense fallback={<Waiting />}><Shown gtin={gtin} lot={lot} serial={serial} /></Suspense>
      </>}
    </Page>
  );
}

// Left tells those who do not see all of a story that they do not, whichever way they look at it.
function Left(traced: Traced) {
  return <PartialNote of={useStory(traced).data} />;
}
