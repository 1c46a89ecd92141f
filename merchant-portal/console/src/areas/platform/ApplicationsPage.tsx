import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { Time } from '@/ui/Time';
import { joined } from '@/ui/said';
import { SubNav } from './SubNav';
import { say } from './words';

type ApplicationSort = NonNullable<operations['listApplications']['parameters']['query']>['sort'];

// ApplicationsPage is the queue of applications that wait for a decision.
export function Component() {
  const { t } = useTranslation('platform');
  const { t: c } = useTranslation();
  return (
    <Page title={t('applications.title')} help={t('applications.help')}>
      <SubNav of="parties" />
      <DataTable<Schemas['Party']>
        name={t('applications.title')} queryKey={['applications']} rowKey={(p) => p.id}
        list={(p) => answer(api.GET('/api/v1/applications', { params: { query: { ...paging(p), sort: p.sort as ApplicationSort } } }))}
        search={t('standings.search')} views="applications"
        columns={[
          { key: 'party', title: t('standings.party'), sort: 'name', render: (p) => <><Id value={p.id} to={`/platform/parties/${p.id}`} /> {say(p.name)}</> },
          { key: 'roles', title: t('standings.role'), render: (p) => joined(p.roles.map((r) => c(`role.${r}`))) },
          { key: 'documents', title: t('applications.documents'), align: 'right', render: (p) => <span className="figure">{(p.application?.licences?.length ?? 0) + (p.application?.authorisations?.length ?? 0)}</span> },
          { key: 'at', title: t('applications.at'), sort: 'submittedAt', render: (p) => <Time at={p.application?.submittedAt} /> },
        ]}
        empty={<Empty>{t('applications.none')}</Empty>}
      />
    </Page>
  );
}
