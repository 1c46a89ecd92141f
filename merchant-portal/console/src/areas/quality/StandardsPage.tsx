import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { useCan } from '@/app/session';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { Time } from '@/ui/Time';
import type { Standard } from './standard';
import { said } from './words';

type Sort = NonNullable<operations['listStandards']['parameters']['query']>['sort'];

// Component lists the standards by which goods are inspected, each in its latest version.
export function Component() {
  const { t } = useTranslation('quality');
  const can = useCan();
  const register = can('registerStandard');
  return (
    <Page title={t('standards.title')} crumbs={[{ title: t('inspections.title'), to: '/quality/inspections' }]} help={t('standards.help')}
      main={register && { does: t('standards.new'), to: '/quality/standards/new' }}>
      <DataTable<Standard> name={t('standards.title')} queryKey={['standards', 'list']} rowKey={(s) => s.id} search={t('standards.search')} views="standards"
        list={(p) => answer(api.GET('/api/v1/standards', { params: { query: { ...paging(p), sort: p.sort as Sort } } }))}
        columns={[
          { key: 'id', title: t('standards.id'), sort: 'id', render: (s) => <Id value={s.id} to={`/quality/standards/${encodeURIComponent(s.id)}`} /> },
          { key: 'name', title: t('standards.name'), wrap: 240, render: (s) => said(s.name) },
          { key: 'category', title: t('standards.category'), sort: 'category', render: (s) => s.category },
          { key: 'version', title: t('standards.version'), align: 'right', render: (s) => <span className="figure">{s.version}</span> },
          { key: 'level', title: t('standards.level'), render: (s) => s.level },
          { key: 'items', title: t('standards.items'), align: 'right', render: (s) => <span className="figure">{s.items.length}</span> },
          { key: 'at', title: t('standards.at'), sort: 'at', render: (s) => <Time at={s.at} /> },
        ]}
        empty={register ? <Empty main>{t('standards.none')}</Empty> : <Empty>{t('standards.noneYet')}</Empty>} />
    </Page>
  );
}
