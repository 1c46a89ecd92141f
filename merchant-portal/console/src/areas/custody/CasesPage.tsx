import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { useCan, useMe } from '@/app/session';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { Deadline, Time } from '@/ui/Time';
import { SubNav, watches } from '@/areas/platform/SubNav';
import { CaseStatus } from './CaseStatus';

type CaseSort = NonNullable<operations['listCases']['parameters']['query']>['sort'];

export function Component() {
  const { t } = useTranslation('custody');
  const { party, role } = useMe();
  const can = useCan();
  return (
    <Page title={t('cases.title')} crumbs={watches(role) ? [] : [{ title: t('title'), to: '/custody' }]} help={t('cases.help')}
      main={can('openCase') && { does: t('cases.new'), to: '/custody/cases/new' }}>
      {watches(role) && <SubNav of="watch" />}
      <DataTable name={t('cases.title')} queryKey={['cases']}
        list={(p) => answer(api.GET('/api/v1/cases', { params: { query: { ...paging(p), sort: p.sort as CaseSort, open: p.state !== 'all' } } }))}
        rowKey={(c) => c.id}
        search={t('cases.search')} views="cases"
        filters={[{ name: 'state', label: t('shipment.state'), usual: 'open', options: [{ value: 'open', label: t('cases.open') }, { value: 'all', label: t('cases.all') }] }]}
        columns={[
          { key: 'id', title: t('cases.id'), render: (c) => <Id value={c.id} to={`/custody/cases/${c.id}`} /> },
          { key: 'cause', title: t('cases.cause'), render: (c) => t(`cause.${c.cause}`) },
          { key: 'opener', title: t('cases.opener'), render: (c) => <PartyName id={c.opener} /> },
          { key: 'status', title: t('shipment.state'), render: (c) => <CaseStatus of={c} /> },
          { key: 'owner', title: t('cases.owner'), render: (c) => (c.owner === party ? <strong>{t('cases.you')}</strong> : <PartyName id={c.owner} />) },
          { key: 'due', title: t('cases.due'), sort: 'due', render: (c) => (c.nextDue ? <Deadline at={c.nextDue} /> : <Time at={c.endedAt} />) },
        ]}
        empty={<Empty main>{t(watches(role) ? 'cases.noneToDecide' : 'cases.none')}</Empty>} />
    </Page>
  );
}
