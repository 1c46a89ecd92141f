// TextAction is a button that asks why, in both languages, before it does what shoppers and others read.
//
//   <TextAction operation="holdBatch" values={{ lot }} label={t('hold')} send={(reason, header) => api.POST(..., { body: { reason }, params: { path, header } })} refresh={[['batches']]} />
import { Button, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import type { LedgerOperation } from './stands';
import { useLedgerWrite } from './useWrite';
import { WillStand } from './WillStand';
import { WriteButton, WriteNote } from './WriteButton';

type Values = { reason: Schemas['Text'] };
type Props<R> = {
  operation: LedgerOperation;
  values: Record<string, string | number>; // of what will stand on the ledger
  label: string;
  send: (reason: Schemas['Text'], header: { 'Idempotency-Key': string }) => Promise<{ data?: R; response: Response }>;
  refresh: string[][];
  onDone?: () => void;
  danger?: boolean;
};

export function TextAction<R>({ operation, values, label, send, refresh, onDone, danger }: Props<R>) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Values>();
  const done = () => { setOpen(false); onDone?.(); };
  const write = useLedgerWrite(operation, { send: ({ reason }: Values, header) => send(reason, header), form, refresh, onDone: done, onSettled: done });
  if (!open) return <Button danger={danger} onClick={() => setOpen(true)}>{label}</Button>;
  const rules = [{ required: true, whitespace: true, message: t('reason.missing') }];
  return (
    <div className="hairline" style={{ padding: 16, width: '100%', maxWidth: 560 }}>
      <WriteNote write={write} />
      <Form form={form} layout="vertical" onFinish={(v) => void write.run(v)}>
        <Form.Item name={['reason', 'zh-CN']} label={t('reason.zh')} rules={rules}><Input lang="zh-CN" maxLength={500} autoFocus /></Form.Item>
        <Form.Item name={['reason', 'en']} label={t('reason.en')} rules={rules}><Input lang="en" maxLength={500} /></Form.Item>
        <WillStand stands={write.stands} values={values} />
        <Flex gap={8} wrap><WriteButton write={write} danger={danger}>{label}</WriteButton><Button onClick={() => { write.reset(); setOpen(false); }}>{t('reason.not')}</Button></Flex>
      </Form>
    </div>
  );
}
