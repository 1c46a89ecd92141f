// ReasonAction is a button that asks why before it does what cannot be done without a reason.
//
//   <ReasonAction label={t('cancel')} why={t('cancelWhy')} send={(body, header) => api.POST(..., { body, params: { path, header } })} refresh={[['shipments']]} />
import { Button, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWrite } from './useWrite';
import { WriteButton, WriteNote } from './WriteButton';

type Body = { reason: string };
type Props<R> = {
  label: string;
  why: string; // what it does, in one sentence, before it is done
  send: (body: Body, header: { 'Idempotency-Key': string }) => Promise<{ data?: R; response: Response }>;
  refresh: string[][];
  danger?: boolean;
  size?: 'small' | 'middle';
};

export function ReasonAction<R>({ label, why, send, refresh, danger, size }: Props<R>) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Body>();
  const write = useWrite({ send, form, refresh, onDone: () => setOpen(false) });
  if (!open) return <Button danger={danger} size={size} onClick={() => setOpen(true)}>{label}</Button>;
  return (
    <div className="hairline" style={{ padding: 16, width: '100%', maxWidth: 560 }}>
      <p style={{ margin: '0 0 12px' }}>{why}</p>
      <WriteNote write={write} />
      <Form form={form} layout="vertical" onFinish={(v) => void write.run(v)}>
        <Form.Item name="reason" label={t('reason.label')} rules={[{ required: true, whitespace: true, message: t('reason.missing') }]}><Input maxLength={500} autoFocus /></Form.Item>
        <Flex gap={8}><WriteButton write={write} danger={danger}>{label}</WriteButton><Button onClick={() => setOpen(false)}>{t('reason.not')}</Button></Flex>
      </Form>
    </div>
  );
}
