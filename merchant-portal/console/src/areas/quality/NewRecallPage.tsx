import { Button, Flex, Form, Input, Radio, Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { api, type Schemas } from '@/api/client';
import { useMe } from '@/app/session';
import { useScanList } from '@/areas/custody/scan/useScanList';
import { Page } from '@/ui/Page';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { Reach } from './Reach';
import { RecallGoods } from './RecallGoods';
import { type Goods, scopeOf } from './scope';

type Values = Goods & Pick<Schemas['NewRecall'], 'class' | 'reason'>;
const recallClasses = ['I', 'II', 'III'] as const;

// A recall in three steps: what, whom it hits, what shoppers read. Nothing is written before the last.
export function Component() {
  const { t } = useTranslation('quality');
  const me = useMe();
  const [params] = useSearchParams();
  const [step, setStep] = useState(0);
  const [form] = Form.useForm<Values>();
  const scans = useScanList(`${me.party}/recall/`);
  const navigate = useNavigate();
  const write = useLedgerWrite('recall', {
    send: (body: Schemas['NewRecall'], header) => api.POST('/api/v1/recalls', { body, params: { header } }),
    form, refresh: [['recalls'], ['overview']],
    onDone: (recall) => { scans.clear(); navigate(`/quality/recalls/${encodeURIComponent('id' in recall ? recall.id : '')}`); },
    onSettled: () => { scans.clear(); navigate('/quality/recalls'); },
  });
  const gtin = Form.useWatch('gtin', { form, preserve: true }) ?? '';
  const way = Form.useWatch('way', { form, preserve: true }) ?? 'lots';
  const scope = () => scopeOf(form.getFieldsValue(true) as Values, scans.rows.map(({ named: _, ...kept }) => kept));
  const level = Form.useWatch('class', { form, preserve: true }) ?? 'II';
  const goodsOf = () => {
    const { lots, lines, codes } = scope();
    return lots?.length ? `${t('lots')} ${lots.join('、')}` : codes?.length ? t('recall.scanned', { count: codes.length + (lines?.length ?? 0) }) : t('recall.pieces', { count: (lines ?? []).reduce((sum, l) => sum + l.count, 0) });
  };
  const unready = step === 0 && way === 'codes' && (scans.rows.length === 0 || scans.rows.some((r) => !r.named || (r.named.fault && !r.unit)));
  const next = () => void (step === 0 ? form.validateFields(['gtin', way], { recursive: true }) : Promise.resolve()).then(() => setStep(step + 1), () => undefined);
  const send = () => { const { class: level, reason } = form.getFieldsValue(true) as Values; void write.run({ ...scope(), class: level, reason }); };
  const at = (n: number) => ({ display: step === n ? undefined : 'none' });
  return (
    <Page title={t('recall.title')} crumbs={[{ title: t('recalls.title'), to: '/quality/recalls' }]}>
      <Steps current={step} size="small" style={{ marginBottom: 24, maxWidth: 720 }} items={(['what', 'whom', 'say'] as const).map((s) => ({ title: t(`recall.${s}`) }))} />
      <Form form={form} layout="vertical" style={{ maxWidth: 720 }} preserve onFinish={send}
        initialValues={{ gtin: params.get('gtin') ?? undefined, way: 'lots', lots: params.getAll('lot'), parts: [{ first: 1 }], class: 'II' }}>
        <WriteNote write={write} />
        <div style={at(0)}><RecallGoods gtin={gtin} way={way} scans={scans} onProduct={() => form.setFieldsValue({ lots: [], parts: [{ first: 1 }] })} /></div>
        <div style={at(1)}>{step >= 1 && <Reach scope={scope()} />}</div>
        <div style={at(2)}>
          <Form.Item name="class" label={t('recalls.class')}><Radio.Group options={recallClasses.map((c) => ({ value: c, label: t(`class.${c}`) }))} /></Form.Item>
          <div className="pair">
            <Form.Item name={['reason', 'zh-CN']} label={t('recall.reasonZh')} rules={[{ required: true, whitespace: true, message: t('needed') }]}><Input.TextArea lang="zh-CN" maxLength={500} autoSize={{ minRows: 2 }} /></Form.Item>
            <Form.Item name={['reason', 'en']} label={t('recall.reasonEn')} rules={[{ required: true, whitespace: true, message: t('needed') }]}><Input.TextArea lang="en" maxLength={500} autoSize={{ minRows: 2 }} /></Form.Item>
          </div>
          {step === 2 && <WillStand stands={write.stands} values={{ gtin, goods: goodsOf(), class: t(`class.${level}`) }} />}
        </div>
        <Flex gap={8} style={{ marginTop: 16 }}>
          {step > 0 && <Button onClick={() => setStep(step - 1)}>{t('recall.back')}</Button>}
          {step < 2 ? <Button type="primary" disabled={unready} onClick={next}>{t('recall.next')}</Button> : <WriteButton write={write} danger>{t('recall.start')}</WriteButton>}
        </Flex>
      </Form>
    </Page>
  );
}
