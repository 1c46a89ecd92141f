import { Button, Form, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { api, type Schemas } from '@/api/client';
import { useMe } from '@/app/session';
import { useScanList } from '@/areas/custody/scan/useScanList';
import { useGoods } from '@/areas/custody/standing';
import { Beside } from '@/ui/Beside';
import { Page, Section } from '@/ui/Page';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { BatchFields, useBatchFacts } from './BatchFields';
import { Content, useAmount } from './Content';
import { batchBody, type BatchValues, day, useDraft } from './draft';
import { earliest, inputsOf, type Making, ofBatches, ofScans, useStock } from './stock';
import { Ingredients } from './Ingredients';
import { balanceOf, countOf, type Measure, measures, symbol } from './making';
import { batchPath } from './paths';

type Values = Making & { measure: Measure; content?: number; loss?: number; output: BatchValues; expiryReason?: string };

// Component makes a batch out of units of others: what goes in is used up, and the balance of both sides is kept.
export function Component() {
  const { t } = useTranslation('goods');
  const me = useMe();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [form] = Form.useForm<Values>();
  const values = (Form.useWatch([], form) ?? {}) as Partial<Values>;
  const scans = useScanList(`${me.party}/make/`);
  const stock = useStock(values.inputs);
  const scanned = ofScans(scans.rows, values.scanned);
  const all = [...ofBatches(values.inputs, stock), ...scanned];
  const draft = useDraft(values.output, values.output?.gtin ?? '');
  const measure = values.measure ?? 'H87';
  const said = useAmount(measure);
  const goods = useGoods();
  const balance = balanceOf(all, { count: values.output?.quantity, content: values.content }, values.loss);
  const weighed = { in: said(balance.in), out: said(balance.out), loss: said(balance.loss), gap: said(Math.abs(balance.gap)) };
  const first = earliest(all);
  const lasts = [first, day(draft.computed)].flatMap((d) => d ?? []).sort()[0]; // where no date is typed
  const beyond = first !== undefined && (day(values.output?.expiresOn) ?? '') > first;
  const unbalanced = balance.gap === 0 ? undefined : t(balance.gap > 0 ? 'make.left' : 'make.over', weighed);
  const unclear = scans.rows.some((r) => !r.named || r.named.sscc || (r.named.fault && !r.unit));
  const loading = [...stock.values()].some((s) => !s.runs);
  const facts = useBatchFacts(draft, lasts);
  const write = useLedgerWrite('transform', {
    send: (body: Schemas['NewTransformation'], header) => api.POST('/api/v1/transformations', { body, params: { header } }),
    form, refresh: [['batches'], ['provenance'], ['products']],
    onDone: (_, { output }) => { scans.clear(); navigate(batchPath(output), { replace: true }); }, onSettled: (_, { output }) => { scans.clear(); navigate(batchPath(output), { replace: true }); },
  });
  const send = (v: Values) => void write.run({ ...inputsOf(v, scans.rows, stock), measure: v.measure, content: v.content ?? 0, loss: v.loss ?? 0,
    output: { ...batchBody(v.output), expiresOn: day(v.output.expiresOn) ?? lasts }, expiryReason: beyond ? v.expiryReason : undefined });
  return (
    <Page title={t('make.title')} crumbs={[{ title: t('batches'), to: '/batches' }]} help={t('make.help')}>
      <Form form={form} layout="vertical" onFinish={send} scrollToFirstError={{ focus: true }} disabled={write.busy}
        initialValues={{ measure: 'H87', loss: 0, inputs: search.getAll('of').map((batch) => ({ batch, content: 1 })), output: { gtin: search.get('gtin') ?? undefined, producedOn: dayjs() } }}>
        <Beside send={<WriteButton write={write} disabled={all.length === 0 || unclear || loading || !!draft.taken}>{t('make.send')}</WriteButton>}
          stands={<>
            <p role="status" className="figure" style={{ fontSize: 18, margin: '0 0 12px' }} data-testid="balance">{t(balance.gap === 0 ? 'make.balance' : 'make.unbalanced', weighed)}</p>
            <WillStand stands={write.stands} values={{ goods: goods(countOf(all.map((x) => ({ count: x.count ?? 0 }))), 0, all.length), lot: draft.lot, made: t('unitsCount', { count: values.output?.quantity ?? 0 }), loss: weighed.loss }}
              facts={[...all.map((x) => ({ label: x.product || x.lot, value: <span><span className="id">{x.lot}</span> {t('make.each', { count: x.count ?? 0, content: said(x.content ?? 0) })}</span> })), ...facts]} />
          </>}>
          <WriteNote write={write} />
          <Form.Item name="measure" label={t('make.measure')} extra={t('make.measureWhy')}><Select style={{ maxWidth: 240 }} options={measures.map((m) => ({ value: m, label: t(`make.in.${m}`) }))} /></Form.Item>
          <Section title={t('make.goesIn')}><Ingredients measure={measure} stock={stock} scans={scans} scanned={scanned} /></Section>
          <Section title={t('make.comesOut')}>
            <BatchFields draft={draft} within={['output']} lasts={first ? t('make.lasts', { on: lasts }) : undefined} />
            {beyond && <Form.Item name="expiryReason" label={t('make.longer')} extra={t('make.longerWhy', { on: first })} rules={[{ required: true, whitespace: true, message: t('make.longerMissing') }]}><Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} /></Form.Item>}
            <Content name="content" measure={measure} />
            <Form.Item name="loss" label={t('make.loss')} dependencies={['content', ['output', 'quantity'], 'inputs', 'scanned']} validateStatus={unbalanced && balance.out > 0 ? 'error' : undefined} help={balance.out > 0 ? unbalanced : undefined}
              rules={[{ validator: () => (unbalanced ? Promise.reject(new Error(unbalanced)) : Promise.resolve()) }]}>
              <InputNumber<number> min={0} precision={0} style={{ width: '100%' }} suffix={symbol(measure) || t('units')} />
            </Form.Item>
            {balance.gap > 0 && balance.out > 0 && <Button style={{ marginBottom: 16 }} onClick={() => form.setFieldsValue({ loss: balance.in - balance.out })}>{t('make.asLoss', { gap: said(balance.in - balance.out) })}</Button>}
          </Section>
        </Beside>
      </Form>
    </Page>
  );
}
