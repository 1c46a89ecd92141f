// A receipt that was booked wrongly is amended by one side and agreed to by the other.
import { Button, Flex, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { Section } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { Deadline } from '@/ui/Time';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { LotLines } from './LotLines';
import { lastWord } from './receipt';

type Shipment = Schemas['Shipment'];
type Wish = { line: number; from: number; count: number; condition: Schemas['ReceiptLine']['condition']; reason: string };
const refresh = [['shipments'], ['overview']];

export function AmendForm({ shipment: s }: { shipment: Shipment }) {
  const { t } = useTranslation('custody');
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Wish>();
  const lines = lastWord(s.receipt ?? []);
  const wish = Form.useWatch([], form) as Partial<Wish> | undefined;
  const write = useLedgerWrite('amendReceipt', {
    send: (body: Schemas['NewAmendment'], header) => api.POST('/api/v1/shipments/{id}/amendment', { body, params: { path: { id: s.id }, header } }),
    form, refresh, onDone: () => setOpen(false),
  });
  if (!open) return <Button onClick={() => setOpen(true)}>{t('mend.amend')}</Button>;
  const choose = (line: number) => form.setFieldsValue({ from: (lines[line]?.from ?? 0) + 1, count: lines[line]?.count });
  const changeOf = (w?: Partial<Wish>) => {
    const l = lines[w?.line ?? -1];
    if (!l || !w?.from || !w.count || !w.condition) return undefined;
    return `${l.lot} ${t(w.count === 1 ? 'shipment.lineOne' : 'shipment.line', { from: w.from, to: w.from + w.count - 1, count: w.count })} ${t(`condition.${l.condition}`)} → ${t(`condition.${w.condition}`)}`;
  };
  const send = ({ line, from, count, condition, reason }: Wish) => {
    const l = lines[line];
    if (l) void write.run({ lines: [{ gtin: l.gtin, lot: l.lot, from: from - 1, count, condition }], reason });
  };
  return (
    <div className="hairline" style={{ padding: 16, width: '100%', maxWidth: 560 }}>
      <WriteNote write={write} />
      <Form form={form} layout="vertical" onFinish={send}>
        <Form.Item name="line" label={t('mend.line')} rules={[{ required: true, message: t('mend.lineMissing') }]}>
          <Select onChange={choose} options={lines.map((l, i) => ({ value: i,
            label: `${l.lot} · ${t('shipment.line', { from: l.from + 1, to: l.from + l.count, count: l.count })} · ${t(`condition.${l.condition}`)}` }))} />
        </Form.Item>
        <Flex gap={16} wrap>
          <Form.Item name="from" label={t('mend.from')} rules={[{ required: true, message: t('mend.lineMissing') }]}><InputNumber min={1} precision={0} /></Form.Item>
          <Form.Item name="count" label={t('shipment.units')} rules={[{ required: true, message: t('mend.lineMissing') }]}><InputNumber min={1} precision={0} /></Form.Item>
          <Form.Item name="condition" label={t('mend.condition')} rules={[{ required: true, message: t('mend.conditionMissing') }]}>
            <Select style={{ width: 140 }} options={(['good', 'damaged', 'missing'] as const).map((c) => ({ value: c, label: t(`condition.${c}`) }))} />
          </Form.Item>
        </Flex>
        <Form.Item name="reason" label={t('mend.reason')} rules={[{ required: true, whitespace: true, message: t('mend.reasonMissing') }]}><Input maxLength={500} /></Form.Item>
        <WillStand stands={write.stands} values={{ id: s.id, change: changeOf(wish) }} />
        <Flex gap={8}><WriteButton write={write}>{t('mend.propose')}</WriteButton><Button onClick={() => setOpen(false)}>{t('mend.not')}</Button></Flex>
      </Form>
    </div>
  );
}

export function Amendment({ shipment: s, amendment: a }: { shipment: Shipment; amendment: Schemas['ReceiptAmendment'] }) {
  const { t } = useTranslation('custody');
  const { party } = useMe();
  const can = useCan();
  const [form] = Form.useForm<{ note?: string }>();
  const write = useLedgerWrite('answerAmendment', {
    send: (body: Schemas['NewCaseAnswer'], header) => api.POST('/api/v1/shipments/{id}/amendment/answer', { body, params: { path: { id: s.id }, header } }), form, refresh });
  const refuse = () => {
    const note = (form.getFieldValue('note') as string | undefined)?.trim();
    if (note) void write.run({ accept: false, note });
    else form.setFields([{ name: 'note', errors: [t('cases.noteMissing')] }]);
  };
  return (
    <Section title={t('mend.proposed')} actions={<span><PartyName id={a.by} /> · {t('mend.until')} <Deadline at={a.until} /></span>}>
      <WriteNote write={write} />
      <LotLines lines={a.lines} />
      <p>{t('mend.because', { reason: a.reason })}</p>
      {a.by === party ? <p className="quiet">{t('mend.waits')}</p> : can('answerAmendment') && (
        <Form form={form} layout="vertical" style={{ maxWidth: 560 }}>
          <Form.Item name="note" label={t('cases.replyNote')}><Input maxLength={1000} /></Form.Item>
          <WillStand stands={write.stands} values={{ id: s.id }} />
          <Flex gap={8} wrap>
            <WriteButton write={write} onClick={() => void write.run({ accept: true })}>{t('mend.agree')}</WriteButton>
            <Button disabled={write.busy} onClick={refuse}>{t('mend.refuse')}</Button>
          </Flex>
        </Form>
      )}
    </Section>
  );
}
