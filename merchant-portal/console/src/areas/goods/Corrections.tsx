// What was wrong and was corrected, with both values; and how its owner corrects it.
import { Button, Flex, Form, Input } from 'antd';
import { Children, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { Section } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { ReasonAction } from '@/ui/ReasonAction';
import { Time } from '@/ui/Time';
import type { LedgerOperation } from '@/ui/stands';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import type { Batch, Product } from './queries';

const fields = ['name', 'specification', 'category', 'producedOn', 'expiresOn', 'origin'] as const;
type Field = (typeof fields)[number];
const isField = (f: string): f is Field => (fields as readonly string[]).includes(f);

function History({ all, children }: { all?: Schemas['Correction'][]; children?: ReactNode }) {
  const { t } = useTranslation('goods');
  if (!all?.length && Children.toArray(children).length === 0) return null;
  return (
    <Section title={t('corrections.title')}>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {all?.map((c) => (
          <li key={c.field + c.at} style={{ padding: '0 0 12px' }}>
            <strong>{isField(c.field) ? t(`corrections.${c.field}`) : c.field}</strong> <del className="quiet">{c.before || t('corrections.nothing')}</del> → <ins style={{ textDecoration: 'none' }}>{c.after || t('corrections.nothing')}</ins>
            <div className="quiet">{c.reason} · <PartyName id={c.by} /> · <Time at={c.at} />{c.approvedBy && <> · {t('corrections.approvedBy')} <PartyName id={c.approvedBy} /></>}</div>
          </li>
        ))}
      </ul>
      {children}
    </Section>
  );
}

// Change is a form of texts, as they stand; what is changed is sent, with the reason.
function Change({ operation, of, now, send }: { operation: LedgerOperation; of: Record<string, string>; now: Partial<Record<Field, string>>; send: (changed: Partial<Record<Field, string>>, reason: string, header: { 'Idempotency-Key': string }) => Promise<{ data?: object; response: Response }> }) {
  const { t } = useTranslation('goods');
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Partial<Record<Field, string>> & { reason: string }>();
  const values = Form.useWatch([], form) as Partial<Record<Field, string>> | undefined;
  const changes = fields.filter((f) => f in now && values?.[f] !== undefined && values[f] !== now[f]);
  const write = useLedgerWrite(operation, {
    send: ({ reason, ...all }: Partial<Record<Field, string>> & { reason: string }, header) =>
      send(Object.fromEntries(Object.entries(all).filter(([k, v]) => v !== now[k as Field])), reason, header),
    form, refresh: [['products'], ['batches'], ['provenance']], onDone: () => setOpen(false),
  });
  if (!open) return <Button onClick={() => setOpen(true)}>{t('corrections.correct')}</Button>;
  return (
    <div className="hairline" style={{ padding: 16, maxWidth: 560 }}>
      <WriteNote write={write} />
      <Form form={form} layout="vertical" initialValues={now} onFinish={(v) => void write.run(v)}>
        {fields.filter((f) => f in now).map((f) => <Form.Item key={f} name={f} label={t(`corrections.${f}`)}><Input type={f.endsWith('On') ? 'date' : 'text'} /></Form.Item>)}
        <Form.Item name="reason" label={t('corrections.reason')} rules={[{ required: true, whitespace: true, message: t('corrections.reasonMissing') }]}><Input maxLength={500} /></Form.Item>
        <WillStand stands={write.stands} values={of} facts={changes.map((f) => ({ label: t(`corrections.${f}`), value: <><del className="quiet">{now[f] || t('corrections.nothing')}</del> → {values?.[f] || t('corrections.nothing')}</> }))} />
        <Flex gap={8}><WriteButton write={write}>{t('corrections.send')}</WriteButton><Button onClick={() => setOpen(false)}>{t('corrections.not')}</Button></Flex>
      </Form>
    </div>
  );
}

export function ProductCorrections({ product: p }: { product: Product }) {
  const me = useMe();
  const can = useCan();
  const mine = p.owner === me.party && can('correctProduct');
  return (
    <History all={p.corrections}>
      {mine && <Change operation="correctProduct" of={{ gtin: p.gtin }} now={{ name: p.name['zh-CN'], specification: p.specification ?? '', category: p.category ?? '' }}
        send={({ name, ...rest }, reason, header) => api.POST('/api/v1/products/{gtin}/corrections', {
          params: { path: { gtin: p.gtin }, header }, body: { ...rest, reason, ...(name === undefined ? {} : { name: { ...p.name, 'zh-CN': name } }) } })} />}
    </History>
  );
}

export function BatchCorrections({ batch: b }: { batch: Batch }) {
  const me = useMe();
  const can = useCan();
  const path = { gtin: b.gtin, lot: b.lot };
  const mine = b.producer === me.party && can('correctBatch');
  return (
    <History all={b.corrections}>
      {b.correcting && <Waiting batch={b} wish={b.correcting} />}
      {mine && !b.correcting && <Change operation="correctBatch" of={{ lot: b.lot }} now={{ producedOn: b.producedOn ?? '', expiresOn: b.expiresOn ?? '', origin: b.origin ?? '' }}
        send={(changed, reason, header) => api.POST('/api/v1/batches/{gtin}/{lot}/corrections', { params: { path, header }, body: { ...changed, reason } })} />}
    </History>
  );
}

// Wished is what a correction would change: each field with what stands there and what would.
export function Wished({ batch: b, wish }: { batch: Batch; wish: Schemas['Correcting'] }) {
  const { t } = useTranslation('goods');
  return (['producedOn', 'expiresOn', 'origin'] as const).filter((f) => wish[f] !== undefined).map((f) => (
    <li key={f}>{t(`corrections.${f}`)} <del className="quiet">{b[f] || t('corrections.nothing')}</del> → {wish[f] || t('corrections.nothing')}</li>));
}

// Waiting is a correction that the platform has not decided about: it sees both values and says yes, or no and why.
function Waiting({ batch: b, wish }: { batch: Batch; wish: Schemas['Correcting'] }) {
  const { t } = useTranslation('goods');
  const can = useCan();
  const refresh = [['batches'], ['overview']];
  const path = { gtin: b.gtin, lot: b.lot };
  const approve = useLedgerWrite('decideCorrection', { send: (_: object, header) => api.POST('/api/v1/batches/{gtin}/{lot}/corrections/decision', { params: { path, header }, body: { approve: true } }), refresh });
  return (
    <div className="hairline" style={{ padding: 16, marginBottom: 12 }}>
      <strong>{t('corrections.waits')}</strong>
      <ul style={{ paddingLeft: 20 }}><Wished batch={b} wish={wish} /></ul>
      <p className="quiet">{wish.reason} · <PartyName id={wish.by} /> · <Time at={wish.at} /></p>
      {can('decideCorrection') && <><WriteNote write={approve} /><WillStand stands={approve.stands} values={{ lot: b.lot, decision: t('corrections.approve') }} /><Flex gap={8} wrap align="start">
        <WriteButton write={approve} onClick={() => void approve.run({})}>{t('corrections.approve')}</WriteButton>
        <ReasonAction operation="decideCorrection" values={{ lot: b.lot, decision: t('corrections.refuse') }} label={t('corrections.refuse')} refresh={refresh}
          send={({ reason }, header) => api.POST('/api/v1/batches/{gtin}/{lot}/corrections/decision', { params: { path, header }, body: { approve: false, note: reason } })} />
      </Flex></>}
    </div>
  );
}
