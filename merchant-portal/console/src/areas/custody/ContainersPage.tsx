import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { useCan } from '@/app/session';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { ContainerHolder } from './ContainerHolder';
import { units } from './ShipmentFacts';
import { useGoods } from './standing';

type ContainerSort = NonNullable<operations['listContainers']['parameters']['query']>['sort'];

// Component lists cases and pallets: those that are closed and stand by themselves, or all that there ever were.
export function Component() {
  const { t } = useTranslation('custody');
  const can = useCan();
  const goods = useGoods();
  const all = useSearchParams()[0].get('which') === 'all';
  return (
    <Page title={t('boxes.title')} crumbs={[{ title: t('title'), to: '/custody' }]} help={t('boxes.help')}
      main={can('pack') && { does: t('do.pack'), to: '/custody/pack' }}>
      <DataTable<Schemas['Container']> name={t('boxes.title')} queryKey={['containers']}
        list={(p) => answer(api.GET('/api/v1/containers', { params: { query: { ...paging(p), sort: p.sort as ContainerSort, outermost: p.which !== 'all' } } }))}
        rowKey={(c) => c.sscc} search={t('boxes.search')} views="containers"
        filters={[{ name: 'which', label: t('boxes.which'), usual: 'outermost', options: [{ value: 'outermost', label: t('boxes.outermost') }, { value: 'all', label: t('boxes.all') }] }]}
        columns={[
          { key: 'sscc', title: t('boxes.sscc'), sort: 'sscc', render: (c) => <Id value={c.sscc} to={`/custody/containers/${c.sscc}`} /> },
          { key: 'inside', title: t('boxes.inside'), align: 'right', render: (c) => <span className="figure">{goods(units(c.lines ?? []), c.containers?.length ?? 0)}</span> },
          { key: 'holder', title: t('pack.holder'), render: (c) => <ContainerHolder of={c} /> },
          { key: 'state', title: t('shipment.state'), card: 'head', render: (c) => <StatusTag tone={c.unpackedAt ? 'none' : 'good'}>{t(c.unpackedAt ? 'pack.opened' : c.parent ? 'boxes.inOther' : 'pack.closed')}</StatusTag> },
          { key: 'by', title: t('boxes.by'), render: (c) => <PartyName id={c.packedBy} /> },
          { key: 'at', title: t('pack.packedAt'), sort: 'packedAt', render: (c) => <Time at={c.packedAt} /> },
        ]}
        empty={all ? <Empty main>{t('boxes.none')}</Empty> : <Empty action={t('boxes.all')} to="?which=all">{t('boxes.noneClosed')}</Empty>} />
    </Page>
  );
}
