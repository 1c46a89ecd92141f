import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { SubNav } from './SubNav';
import { alertTones, say } from './words';

type AlertSort = NonNullable<operations['listAlerts']['parameters']['query']>['sort'];

// AlertsPage lists units whose code may have been copied, the riskiest first.
export function Component() {
  const { t } = useTranslation('platform');
  return (
    <Page title={t('alerts.title')} help={t('alerts.help')}>
      <SubNav of="watch" />
      <DataTable<Schemas['Alert']>
        name={t('alerts.title')} queryKey={['alerts']} rowKey={(a) => a.id}
        list={(p) => answer(api.GET('/api/v1/alerts', { params: { query: { ...paging(p), sort: p.sort as AlertSort, status: p.status as string } } }))}
        search={t('alerts.search')} views="alerts"
        filters={[
          { name: 'status', label: t('alerts.status'), options: (['open', 'confirmed', 'dismissed'] as const).map((s) => ({ value: s, label: t(`alert.${s}`) })) },
        ]}
        columns={[
          { key: 'id', title: t('alerts.unit'), wrap: 220, render: (a) => <><Id value={a.serial} short to={`/platform/alerts/${a.id}`} /><div>{say(a.product)}</div></> },
          { key: 'lot', title: t('alerts.lot'), sort: 'lot', render: (a) => <span className="id">{a.lot}</span> },
          { key: 'status', title: t('alerts.status'), render: (a) => <StatusTag tone={alertTones[a.status]}>{t(`alert.${a.status}`)}</StatusTag> },
          { key: 'risk', title: t('alerts.risk'), sort: 'risk', align: 'right', render: (a) => <span className="figure">{Math.round(a.risk * 100)}%</span> },
          { key: 'why', title: t('alerts.why'), wrap: 280, render: (a) => say(a.reasons[0]?.text) || '—' },
          { key: 'producer', title: t('alerts.producer'), render: (a) => <PartyName id={a.producer} /> },
          { key: 'at', title: t('alerts.at'), sort: 'openedAt', render: (a) => <Time at={a.openedAt} /> },
        ]}
        empty={<Empty>{t('alerts.none')}</Empty>}
      />
    </Page>
  );
}
