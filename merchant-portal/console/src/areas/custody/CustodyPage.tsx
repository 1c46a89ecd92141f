import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { figure } from '@/app/figure';
import { useCan, useMe } from '@/app/session';
import { ButtonLink } from '@/plain/Button';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { usePartyName } from '@/ui/PartyName';
import { Time } from '@/ui/Time';
import { Outbox } from './Outbox';
import { operationOf } from './scan/doings';
import { useOutbox } from './scan/outbox';
import { ShipmentStatus } from './ShipmentFacts';

type ShipmentSort = NonNullable<operations['listShipments']['parameters']['query']>['sort'];
const desks = ['ship', 'sell', 'return', 'pack', 'decommission'] as const;

export function Component() {
  const { t } = useTranslation('custody');
  const { party } = useMe();
  const can = useCan();
  const outbox = useOutbox();
  const all = useSearchParams()[0].get('state') === 'all';
  return (
    <Page title={t('title')} help={t('help')} actions={<><Link to="/custody/containers"><Button>{t('boxes.title')}</Button></Link><Link to="/custody/cases"><Button>{t('cases.title')}</Button></Link><Link to="/custody/find"><Button>{t('find.title')}</Button></Link><Link to="/custody/scanner"><Button>{t('scanner.title')}</Button></Link></>}>
      <Outbox all={outbox.all} fault={outbox.fault} onDrop={(id) => void outbox.drop(id)} onSend={() => void outbox.send()} />
      <Flex gap={8} wrap style={{ marginBottom: 24 }}>
        {desks.filter((d) => can(operationOf[d])).map((d, at) => <ButtonLink key={d} kind={at === 0 ? 'primary' : undefined} size="large" to={`/custody/${d}`}>{t(`do.${d}`)}</ButtonLink>)}
      </Flex>
      <DataTable name={t('shipments')} queryKey={['shipments']}
        list={(p) => answer(api.GET('/api/v1/shipments', { params: { query: { ...paging(p), sort: p.sort as ShipmentSort, open: p.state !== 'all', from: p.way === 'out' ? party : undefined, to: p.way === 'in' ? party : undefined } } }))}
        rowKey={(row) => row.id}
        search={t('searchShipments')} views="shipments"
        filters={[
          { name: 'state', label: t('shipment.state'), usual: 'open', options: [{ value: 'open', label: t('openOnly') }, { value: 'all', label: t('openAndDone') }] },
          { name: 'way', label: t('shipment.way'), options: [{ value: 'in', label: t('waysIn') }, { value: 'out', label: t('waysOut') }] },
        ]}
        columns={[
          { key: 'id', title: t('shipment.id'), sort: 'id', render: (row) => <Id value={row.id} to={`/custody/shipments/${row.id}`} /> },
          { key: 'way', title: t('shipment.way'), render: (row) => <Way shipment={row} party={party} /> },
          { key: 'units', title: t('shipment.units'), sort: 'units', align: 'right', render: (row) => <span className="figure">{figure(row.lines.reduce((sum, l) => sum + l.count, 0))}</span> },
          { key: 'state', title: t('shipment.state'), render: (row) => <ShipmentStatus shipment={row} /> },
          { key: 'at', title: t('shipment.at'), sort: 'dispatchedAt', render: (row) => <Time at={row.dispatchedAt} /> },
        ]}
        rowActions={(row) => row.to === party && !row.receivedAt && !row.cancelledAt && can('receive') && <Link to={`/custody/receive/${row.id}`}>{t('do.receive')}</Link>}
        empty={all ? <Empty>{t('none')}</Empty> : <Empty action={t('showDone')} to="?state=all">{t('noneOpen')}</Empty>} />
    </Page>
  );
}

// Way says from whom a shipment comes or to whom it goes; of one between others, who sees all is told its receiver.
function Way({ shipment: s, party }: { shipment: Schemas['Shipment']; party: string }) {
  const { t } = useTranslation('custody');
  const comes = s.to === party;
  const other = usePartyName(comes ? s.from : s.to);
  return comes ? t('shipment.fromParty', { party: other }) : t('shipment.toParty', { party: other });
}
