import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { Page } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { Deadline, Time } from '@/ui/Time';
import { CaseStatus } from './CaseStatus';

export function Component() {
  const { t } = useTranslation('custody');
  const { party } = useMe();
  const can = useCan();
  return (
    <Page title={t('cases.title')} crumbs={[{ title: t('title'), to: '/custody' }]} help={t('cases.help')}
      actions={can('openCase') && <Link to="/custody/cases/new"><Button type="primary">{t('cases.new')}</Button></Link>}>
      <DataTable name={t('cases.title')} queryKey={['cases']}
        list={(p) => answer(api.GET('/api/v1/cases', { params: { query: { after: p.after, limit: p.limit, open: p.open === 'true' } } }))}
        rowKey={(c) => c.id}
        filters={[{ name: 'open', label: t('cases.open'), options: [{ value: 'true', label: t('cases.open') }] }]}
        columns={[
          { key: 'id', title: t('cases.id'), render: (c) => <Id value={c.id} to={`/custody/cases/${c.id}`} /> },
          { key: 'cause', title: t('cases.cause'), render: (c) => t(`cause.${c.cause}`) },
          { key: 'opener', title: t('cases.opener'), render: (c) => <PartyName id={c.opener} /> },
          { key: 'status', title: t('shipment.state'), render: (c) => <CaseStatus of={c} /> },
          { key: 'owner', title: t('cases.owner'), render: (c) => (c.owner === party ? <strong>{t('cases.you')}</strong> : <PartyName id={c.owner} />) },
          { key: 'due', title: t('cases.due'), render: (c) => (c.nextDue ? <Deadline at={c.nextDue} /> : <Time at={c.endedAt} />) },
        ]}
        empty={<Empty action={can('openCase') ? t('cases.new') : undefined} to="/custody/cases/new">{t('cases.none')}</Empty>} />
    </Page>
  );
}
