import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Form, Input, Radio, Select, Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { Page } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { useWrite } from '@/ui/useWrite';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { Holders } from './Holders';
import { said } from './words';

type Order = Schemas['NewRecall'];
const recallClasses = ['I', 'II', 'III'] as const;

// A recall in three steps: what, whom it hits, what shoppers read. Nothing is written before the last.
export function Component() {
  const { t } = useTranslation('quality');
  const [params] = useSearchParams();
  const [step, setStep] = useState(0);
  const [form] = Form.useForm<Order>();
  const navigate = useNavigate();
  const write = useWrite({
    send: (body: Order, header) => api.POST('/api/v1/recalls', { body, params: { header } }),
    form, refresh: [['recalls'], ['overview']],
    onDone: (recall) => navigate(`/quality/recalls/${encodeURIComponent('id' in recall ? recall.id : '')}`),
  });
  const gtin = Form.useWatch('gtin', { form, preserve: true }) ?? '';
  const lots = Form.useWatch('lots', { form, preserve: true }) ?? [];
  const next = () => void form.validateFields(step === 0 ? ['gtin', 'lots'] : []).then(() => setStep(step + 1), () => undefined);
  const at = (n: number) => ({ display: step === n ? undefined : 'none' });
  return (
    <Page title={t('recall.title')} crumbs={[{ title: t('recalls.title'), to: '/quality/recalls' }]}>
      <Steps current={step} size="small" style={{ marginBottom: 24, maxWidth: 720 }} items={(['what', 'whom', 'say'] as const).map((s) => ({ title: t(`recall.${s}`) }))} />
      <Form form={form} layout="vertical" style={{ maxWidth: 720 }} preserve initialValues={{ gtin: params.get('gtin') ?? undefined, lots: params.getAll('lot'), class: 'II' }}
        onFinish={() => void write.run(form.getFieldsValue(true) as Order)}>
        <WriteNote write={write} />
        <div style={at(0)}><Goods gtin={gtin} onProduct={() => form.setFieldValue('lots', [])} /></div>
        <div style={at(1)}>{step >= 1 && <Reach gtin={gtin} lots={lots} />}</div>
        <div style={at(2)}>
          <Form.Item name="class" label={t('recalls.class')}><Radio.Group options={recallClasses.map((c) => ({ value: c, label: t(`class.${c}`) }))} /></Form.Item>
          <div className="pair">
            <Form.Item name={['reason', 'zh-CN']} label={t('recall.reasonZh')} rules={[{ required: true, whitespace: true, message: t('needed') }]}><Input.TextArea lang="zh-CN" maxLength={500} autoSize={{ minRows: 2 }} /></Form.Item>
            <Form.Item name={['reason', 'en']} label={t('recall.reasonEn')} rules={[{ required: true, whitespace: true, message: t('needed') }]}><Input.TextArea lang="en" maxLength={500} autoSize={{ minRows: 2 }} /></Form.Item>
          </div>
          <Alert type="warning" showIcon title={t('recall.final')} style={{ marginBottom: 16 }} />
        </div>
        <Flex gap={8}>
          {step > 0 && <Button onClick={() => setStep(step - 1)}>{t('recall.back')}</Button>}
          {step < 2 ? <Button type="primary" onClick={next}>{t('recall.next')}</Button> : <WriteButton write={write} danger>{t('recall.start')}</WriteButton>}
        </Flex>
      </Form>
    </Page>
  );
}

function Goods({ gtin, onProduct }: { gtin: string; onProduct: () => void }) {
  const { t } = useTranslation('quality');
  const products = useQuery({ queryKey: ['products', 'own'], queryFn: () => answer(api.GET('/api/v1/products', { params: { query: { limit: 200 } } })) });
  const batches = useQuery({ queryKey: ['batches', { gtin }], enabled: gtin !== '', queryFn: () => answer(api.GET('/api/v1/batches', { params: { query: { gtin, limit: 200 } } })) });
  return <>
    <Form.Item name="gtin" label={t('recall.product')} rules={[{ required: true, message: t('needed') }]}>
      <Select showSearch={{ optionFilterProp: 'label' }} loading={products.isPending} onChange={onProduct} options={products.data?.items.map((p) => ({ value: p.gtin, label: `${said(p.name)} · ${p.gtin}` }))} />
    </Form.Item>
    <Form.Item name="lots" label={t('lots')} extra={t('recall.lotsWhy')} rules={[{ required: true, type: 'array', min: 1, message: t('needed') }]}>
      <Select mode="multiple" disabled={!gtin} loading={gtin !== '' && batches.isPending} options={batches.data?.items.map((b) => ({ value: b.lot, label: `${b.lot} · ${b.producedOn}` }))} />
    </Form.Item>
  </>;
}

// Reach is whom the recall hits and how many units, before anything is written.
function Reach({ gtin, lots }: { gtin: string; lots: string[] }) {
  const { t } = useTranslation('quality');
  const reach = useQuery({ queryKey: ['recalls', 'preview', gtin, lots], staleTime: 0, queryFn: () => answer(api.POST('/api/v1/recalls/preview', { body: { gtin, lots } })) });
  if (reach.error) return <ProblemNote error={reach.error} retry={() => void reach.refetch()} />;
  if (!reach.data) return <p className="quiet" aria-busy="true">{t('recall.counting')}</p>;
  const { units, holders, derived } = reach.data;
  return (
    <div style={{ marginBottom: 24 }}>
      <p style={{ fontSize: 20, margin: '0 0 8px' }} className="figure">{t('recall.hits', { units, parties: holders.length })}</p>
      {derived.length > 0 && <p className="quiet">{t('recall.derived', { lots: [...new Set(derived.map((d) => d.lot))].join('、') })}</p>}
      <Holders holders={holders} />
    </div>
  );
}
