import { useQuery } from '@tanstack/react-query';
import { Alert, Checkbox, Flex, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '@/api/client';
import { ProblemNote } from '@/ui/Problem';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { ScanDesk } from './ScanDesk';
import { ShipmentCases } from './ShipmentCases';
import { ShipmentFacts, stateOf, units } from './ShipmentFacts';
import { useGoods, useRest } from './standing';
import { shipmentQuery } from './queries';

export function Component() {
  const { t } = useTranslation('custody');
  const id = useParams().id ?? '';
  const shipment = useQuery(shipmentQuery(id));
  const [form] = Form.useForm<{ close: boolean }>();
  const close = Form.useWatch('close', form);
  const goods = useGoods();
  const rest = useRest();
  const all = useLedgerWrite('receive', {
    send: (_: object, header) => api.POST('/api/v1/shipments/{id}/receipt', { params: { path: { id }, header }, body: {} }),
    refresh: [['shipments']],
  });
  const settled = !!shipment.data && ['received', 'cancelled'].includes(stateOf(shipment.data));
  return (
    <ScanDesk doing="receive" subject={id} damaged fields={() => form.validateFields()} stands={({ damaged }) => ({ id, damaged, rest: rest(close ? 'missing' : 'open') })} aside={(
      <>
        <ProblemNote error={shipment.error} retry={() => void shipment.refetch()} />
        {shipment.data && <ShipmentFacts shipment={shipment.data} />}
        {settled && <Alert type="info" showIcon style={{ marginBottom: 16 }} title={<>{t('receive.settled')} <Link to={`/custody/shipments/${encodeURIComponent(id)}`}>{t('receive.open')}</Link></>} />}
        <ShipmentCases id={id} />
        <WriteNote write={all} />
        {shipment.data && !shipment.data.receivedAt && !shipment.data.receipt && (
          <div style={{ maxWidth: 640 }}>
            <WillStand stands={all.stands} values={{ id, goods: goods(units(shipment.data.lines), 0), damaged: 0, rest: rest('none') }} />
            <Flex gap={8} align="center" wrap style={{ marginBottom: 16 }}>
              <WriteButton write={all} onClick={() => void all.run({ id })}>{t('receive.all')}</WriteButton>
              <span className="quiet">{t('receive.or')}</span>
            </Flex>
          </div>
        )}
      </>
    )}>
      <Form form={form} hidden={settled} initialValues={{ close: false }}>
        <Form.Item name="close" valuePropName="checked"><Checkbox>{t('receive.close')}</Checkbox></Form.Item>
      </Form>
    </ScanDesk>
  );
}
