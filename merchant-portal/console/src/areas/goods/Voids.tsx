// Codes of a batch that was registered too large are ended before their labels are made.
import { Button, Flex, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import type { Batch } from './queries';

type Values = { keep: number; reason: string };

export function Voids({ batch: b }: { batch: Batch }) {
  const { t } = useTranslation('goods');
  const me = useMe();
  const can = useCan();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Values>();
  const keep = Form.useWatch('keep', form);
  const write = useLedgerWrite('voidUnits', {
    send: ({ keep, reason }: Values, header) => api.POST('/api/v1/batches/{gtin}/{lot}/voids', { params: { path: { gtin: b.gtin, lot: b.lot }, header }, body: { from: keep, count: b.quantity - keep, reason } }),
    form, refresh: [['batches'], ['provenance']], onDone: () => setOpen(false),
  });
  if (b.producer !== me.party || b.quantity < 2 || !can('voidUnits')) return null;
  if (!open) return <Button onClick={() => setOpen(true)}>{t('voids.title')}</Button>;
  return (
    <div className="hairline" style={{ padding: 16, width: '100%', maxWidth: 560 }}>
      <p style={{ margin: '0 0 12px' }}>{t('voids.why')}</p>
      <WriteNote write={write} />
      <Form form={form} layout="vertical" onFinish={(v) => void write.run(v)}>
        <Form.Item name="keep" label={t('voids.keep')} rules={[{ required: true, message: t('voids.keepMissing') }]}><InputNumber<number> min={1} max={b.quantity - 1} precision={0} style={{ width: 160 }} /></Form.Item>
        <Form.Item name="reason" label={t('voids.reason')} rules={[{ required: true, whitespace: true, message: t('corrections.reasonMissing') }]}><Input maxLength={500} /></Form.Item>
        <WillStand stands={write.stands} values={{ lot: b.lot, from: (keep ?? b.quantity - 1) + 1, to: b.quantity, count: b.quantity - (keep ?? b.quantity - 1) }} />
        <Flex gap={8}><WriteButton write={write} danger>{t('voids.send')}</WriteButton><Button onClick={() => setOpen(false)}>{t('corrections.not')}</Button></Flex>
      </Form>
    </div>
  );
}
