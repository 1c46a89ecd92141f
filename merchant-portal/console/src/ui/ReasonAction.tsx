// ReasonAction is a button that asks why before it does what cannot be done without a reason.
//
//   <ReasonAction operation="cancelShipment" values={{ id, count }} label={t('cancel')} send={(body, header) => api.POST(..., { body, params: { path, header } })} refresh={[['shipments']]} />
import { Button, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerOperation } from './stands';
import { useLedgerWrite } from './useWrite';
import { WillStand } from './WillStand';
import { WriteButton, WriteNote } from './WriteButton';

type Body = { reason: string };
type Props<R> = {
  operation: LedgerOperation;
  values: Record<string, string | number>; // of what will stand on the ledger
  label: string;
  send: (body: Body, header: { 'Idempotency-Key': string }) => Promise<{ data?: R; response: Response }>;
  refresh: string[][];
  danger?: boolean;
  size?: 'small' | 'middle';
};

export function ReasonAction<R>({ operation, values, label, send, refresh, danger, size }: Props<R>) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Body>();
  const write = useLedgerWrite(operation, { send, form, refresh, onDone: () => setOpen(false) });
  if (!open) return <Button danger={danger} size={size} onClick={() => setOpen(true)}>{label}</Button>;
  return (
    <div className="hairline" style={{ padding: 16, width: '100%', maxWidth: 560 }}>
      <WriteNote write={write} />
      <Form form={form} layout="vertical" onFinish={(v) => void write.run(v)}>
        <Form.Item name="reason" label={t('reason.label')} rules={[{ required: true, whitespace: true, message: t('reason.missing') }]}><Input maxLength={500} autoFocus /></Form.Item>
        <WillStand stands={write.stands} values={values} />
        <Flex gap={8}><WriteButton write={write} danger={danger}>{label}</WriteButton><Button onClick={() => setOpen(false)}>{t('reason.not')}</Button></Flex>
      </Form>
    </div>
  );
}
