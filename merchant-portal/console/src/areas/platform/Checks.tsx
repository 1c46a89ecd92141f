import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Drawer, Flex, Form, Input, Select, Switch } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { useCan } from '@/app/session';
import { Empty } from '@/ui/Empty';
import { Section } from '@/ui/Page';
import { usePartyName } from '@/ui/PartyName';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag, type Tone } from '@/ui/StatusTag';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { CloseAction } from './CloseAction';
import { Day } from './Day';
import { Schedule } from './Schedule';
import { say } from './words';

type Check = Schemas['ComplianceCheck'];
const tones: Record<Check['result'], Tone> = { passed: 'good', conditional: 'wait', failed: 'bad' };
const results = ['passed', 'failed', 'not_applicable'] as const;

// Checks are a party's compliance checks, what is left to mend, and when the next one is.
export function Checks({ party }: { party: Schemas['Party'] }) {
  const { t } = useTranslation('platform');
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const list = useQuery({ queryKey: ['parties', party.id, 'checks'], queryFn: () => answer(api.GET('/api/v1/parties/{id}/checks', { params: { path: { id: party.id } } })) });
  const checks = list.data?.items ?? [];
  return (
    <Section title={t('checks.title')} actions={can('recordCheck') && <><Schedule party={party} /><Button type="primary" onClick={() => setAdding(true)}>{t('checks.add')}</Button></>}>
      <ProblemNote error={list.error} retry={() => void list.refetch()} />
      {list.isSuccess && checks.length === 0 && <Empty>{t('checks.none')}</Empty>}
      <ul className="card-list">{checks.map((c) => (
        <li key={c.id} className="hairline">
          <Flex gap={12} wrap><span className="figure">{c.on}</span><StatusTag tone={tones[c.result]}>{t(`checks.${c.result}`)}</StatusTag><span className="id">{c.id}</span><span className="quiet">{t('checks.next')} <Day on={c.nextDue} /></span></Flex>
          <ul style={{ paddingLeft: 18, marginBottom: 0 }}>
            {c.items.map((i, n) => <li key={n}>{say(i.item)} · {t(`result.${i.result}`)}{i.critical && ` · ${t('checks.critical')}`}{i.finding && <span className="quiet"> · {i.finding}</span>}</li>)}
            {c.actions?.map((a, n) => <li key={`a${n}`}>{t('checks.action')} {a.action} <Day on={a.closedAt ? undefined : a.due} /> {a.closedAt ? <StatusTag tone="good">{t('checks.closed')}</StatusTag> : can('closeAction') && <CloseAction check={c.id} number={n + 1} party={party.id} />}</li>)}
          </ul>
        </li>
      ))}</ul>
      <Drawer open={adding} onClose={() => setAdding(false)} title={t('checks.add')} size={560} destroyOnHidden><CheckForm party={party.id} close={() => setAdding(false)} /></Drawer>
    </Section>
  );
}

type Row = { item: string; critical?: boolean; result: (typeof results)[number]; finding?: string; action?: string; due?: dayjs.Dayjs };

// bodyOf turns the form's rows into a check: what failed has a corrective action, and nothing else.
function bodyOf(rows: Row[]): Schemas['NewCheck'] {
  return {
    items: rows.map((r) => ({ item: { 'zh-CN': r.item } as Schemas['EitherText'], critical: r.critical ?? false, result: r.result, ...(r.finding ? { finding: r.finding } : {}) })),
    actions: rows.flatMap((r, i) => (r.result === 'failed' ? [{ item: i + 1, action: r.action ?? '', due: r.due?.format('YYYY-MM-DD') ?? '' }] : [])),
  };
}

function CheckForm({ party, close }: { party: string; close: () => void }) {
  const { t } = useTranslation('platform');
  const [form] = Form.useForm<{ rows: Row[] }>();
  const needed = [{ required: true, message: t('checks.needed') }];
  const rows = (Form.useWatch('rows', form) ?? []) as Row[];
  const name = usePartyName(party);
  const write = useLedgerWrite('recordCheck', {
    form,
    send: (values: { rows: Row[] }, header) => api.POST('/api/v1/parties/{id}/checks', { body: bodyOf(values.rows), params: { path: { id: party }, header } }),
    refresh: [['parties', party], ['standings']],
    onDone: close,
    onSettled: close,
  });
  return (
    <Form form={form} layout="vertical" onFinish={(values) => void write.run(values)} initialValues={{ rows: [{ result: 'passed' }] }}>
      <WriteNote write={write} />
      <Form.List name="rows">{(fields, { add, remove }) => (
        <>
          {fields.map((f) => (
            <fieldset key={f.key} className="hairline" style={{ margin: '0 0 12px', padding: '12px 16px' }}>
              <legend className="quiet">{t('checks.item', { number: f.name + 1 })}</legend>
              <Form.Item name={[f.name, 'item']} label={t('checks.what')} rules={needed}><Input maxLength={100} /></Form.Item>
              <Flex gap={16} wrap>
                <Form.Item name={[f.name, 'result']} label={t('checks.result')}><Select style={{ width: 140 }} options={results.map((r) => ({ value: r, label: t(`result.${r}`) }))} /></Form.Item>
                <Form.Item name={[f.name, 'critical']} label={t('checks.critical')} valuePropName="checked"><Switch /></Form.Item>
              </Flex>
              <Form.Item noStyle shouldUpdate>{() => form.getFieldValue(['rows', f.name, 'result']) === 'failed' && (
                <>
                  <Form.Item name={[f.name, 'finding']} label={t('checks.finding')} rules={needed}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
                  <Form.Item name={[f.name, 'action']} label={t('checks.action')} rules={needed}><Input maxLength={500} /></Form.Item>
                  <Form.Item name={[f.name, 'due']} label={t('checks.due')} rules={needed}><DatePicker minDate={dayjs()} /></Form.Item>
                </>
              )}</Form.Item>
              {fields.length > 1 && <Button size="small" onClick={() => remove(f.name)}>{t('checks.remove')}</Button>}
            </fieldset>
          ))}
          <Button onClick={() => add({ result: 'passed' })} style={{ marginBottom: 16 }}>{t('checks.another')}</Button>
        </>
      )}</Form.List>
      <p className="quiet">{t('checks.then')}</p>
      <WillStand stands={write.stands} values={{ party: name, count: rows.length, failed: rows.filter((r) => r?.result === 'failed').length }} />
      <WriteButton write={write}>{t('checks.record')}</WriteButton>
    </Form>
  );
}
