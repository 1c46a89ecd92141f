// What can still be done about a shipment: taken back, closed, its receipt amended with the other side's consent, or a case opened.
import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, type Schemas } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { Section } from '@/ui/Page';
import { ReasonAction } from '@/ui/ReasonAction';
import { Amendment, AmendForm } from './Amendment';
import { openUnits, stateOf, units } from './ShipmentFacts';

const refresh = [['shipments'], ['overview']];

export function ShipmentMending({ shipment: s }: { shipment: Schemas['Shipment'] }) {
  const { t } = useTranslation('custody');
  const { party } = useMe();
  const can = useCan();
  const path = { id: s.id };
  const state = stateOf(s);
  const sent = units(s.lines);
  const open = openUnits(s);
  const sender = s.from === party;
  const receiver = s.to === party;
  if (!sender && !receiver) return null;
  const closes = (receiver && state !== 'received' && state !== 'cancelled') || (sender && state === 'overdue');
  return (
    <>
      {s.amendment && <Amendment shipment={s} amendment={s.amendment} />}
      <Section title={t('mend.title')}>
        <Flex gap={8} wrap align="start">
          {sender && state === 'sent' && can('cancelShipment') && (
            <ReasonAction operation="cancelShipment" values={{ id: s.id, count: sent }} label={t('mend.cancel')} refresh={refresh} danger
              send={(body, header) => api.POST('/api/v1/shipments/{id}/cancellation', { body, params: { path, header } })} />)}
          {closes && can('closeShipment') && (
            <ReasonAction operation="closeShipment" values={{ id: s.id, count: open }} label={t('mend.close')} refresh={refresh}
              send={(body, header) => api.POST('/api/v1/shipments/{id}/closing', { body, params: { path, header } })} />)}
          {s.receipt && !s.amendment && can('amendReceipt') && <AmendForm shipment={s} />}
          {can('openCase') && <Link to={`/custody/cases/new?shipment=${s.id}`}><Button>{t('cases.new')}</Button></Link>}
        </Flex>
      </Section>
    </>
  );
}
