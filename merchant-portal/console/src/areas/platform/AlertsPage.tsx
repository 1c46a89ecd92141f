import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { Page } from '@/ui/Page';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { SubNav } from './SubNav';
import { alertTones, say } from './words';

// AlertsPage lists units whose code may have been copied, the riskiest first.
export function Component() {
  const { t } = useTranslation('platform');
  return (
    <Page title={t('alerts.title')} help={t('alerts.help')}>
      <SubNav of="watch" />
      <DataTable<Schemas['Alert']>
        name={t('alerts.title')} queryKey={['alerts']} rowKey={(a) => a.id}
        list={(p) => answer(api.GET('/api/v1/alerts', { params: { query: { after: p.after, limit: p.limit, status: p.status as string, sort: p.order === 'newest' ? 'newest' : 'risk' } } }))}
        filters={[
          { name: 'status', label: t('alerts.status'), options: (['open', 'confirmed', 'dismissed'] as const).map((s) => ({ value: s, label: t(`alert.${s}`) })) },
          { name: 'order', label: t('alerts.order'), options: [{ value: 'newest', label: t('alerts.newest') }] },
        ]}
        columns={[
          { key: 'id', title: t('alerts.unit'), render: (a) => <><Id value={a.serial} short to={`/platform/alerts/${a.id}`} /> {say(a.product)}</> },
          { key: 'lot', title: t('alerts.lot'), render: (a) => <span className="id">{a.lot}</span> },
          { key: 'status', title: t('alerts.status'), render: (a) => <StatusTag tone={alertTones[a.status]}>{t(`alert.${a.status}`)}</StatusTag> },
          { key: 'risk', title: t('alerts.risk'), align: 'right', render: (a) => <span className="figure">{Math.round(a.risk * 100)}%</span> },
          { key: 'why', title: t('alerts.why'), render: (a) => say(a.reasons[0]?.text) || '—' },
          { key: 'producer', title: t('alerts.producer'), render: (a) => a.producer },
          { key: 'at', title: t('alerts.at'), render: (a) => <Time at={a.scoredAt} /> },
        ]}
        empty={<Empty>{t('alerts.none')}</Empty>}
      />
    </Page>
  );
}
