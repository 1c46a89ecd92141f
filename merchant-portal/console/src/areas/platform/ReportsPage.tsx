import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { figure } from '@/app/figure';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { SubNav } from './SubNav';

type ReportSort = NonNullable<operations['listReportedCodes']['parameters']['query']>['sort'];

// ReportsPage lists codes that nobody here issued, as shoppers reported them.
export function Component() {
  const { t } = useTranslation('platform');
  return (
    <Page title={t('reports.title')} help={t('reports.help')}>
      <SubNav of="watch" />
      <DataTable<Schemas['ReportedCode']>
        name={t('reports.title')} queryKey={['reports']} rowKey={(r) => r.id}
        list={(p) => answer(api.GET('/api/v1/reported-codes', { params: { query: { ...paging(p), sort: p.sort as ReportSort, status: p.status as 'open' } } }))}
        search={t('reports.search')} views="reports"
        filters={[{ name: 'status', label: t('alerts.status'), options: (['open', 'closed'] as const).map((s) => ({ value: s, label: t(`reports.${s}`) })) }]}
        columns={[
          { key: 'code', title: t('reports.code'), render: (r) => <Id value={r.code} to={`/platform/reports/${r.id}`} /> },
          { key: 'status', title: t('alerts.status'), render: (r) => <StatusTag tone={r.status === 'open' ? 'wait' : 'none'}>{t(`reports.${r.status}`)}</StatusTag> },
          { key: 'open', title: t('reports.waiting'), sort: 'open', align: 'right', render: (r) => <span className="figure">{figure(r.open)}</span> },
          { key: 'all', title: t('reports.all'), sort: 'reports', align: 'right', render: (r) => <span className="figure">{figure(r.reports)}</span> },
          { key: 'last', title: t('reports.last'), sort: 'lastAt', render: (r) => <Time at={r.lastAt} /> },
        ]}
        empty={<Empty>{t('reports.none')}</Empty>}
      />
    </Page>
  );
}
