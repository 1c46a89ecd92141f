import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { Page } from '@/ui/Page';
import { Time } from '@/ui/Time';
import { SubNav } from './SubNav';
import { say } from './words';

// ApplicationsPage is the queue of applications that wait for a decision.
export function Component() {
  const { t } = useTranslation('platform');
  const { t: c } = useTranslation();
  return (
    <Page title={t('applications.title')} help={t('applications.help')}>
      <SubNav of="parties" />
      <DataTable<Schemas['Party']>
        name={t('applications.title')} queryKey={['applications']} rowKey={(p) => p.id}
        list={(p) => answer(api.GET('/api/v1/applications', { params: { query: { after: p.after, limit: p.limit } } }))}
        columns={[
          { key: 'party', title: t('standings.party'), render: (p) => <><Id value={p.id} to={`/platform/parties/${p.id}`} /> {say(p.name)}</> },
          { key: 'roles', title: t('standings.role'), render: (p) => p.roles.map((r) => c(`role.${r}`)).join('、') },
          { key: 'documents', title: t('applications.documents'), align: 'right', render: (p) => <span className="figure">{(p.application?.licences?.length ?? 0) + (p.application?.authorisations?.length ?? 0)}</span> },
          { key: 'at', title: t('applications.at'), render: (p) => <Time at={p.application?.submittedAt} /> },
        ]}
        empty={<Empty>{t('applications.none')}</Empty>}
      />
    </Page>
  );
}
