import { useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { ProblemNote } from '@/ui/Problem';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { standardQuery } from './queries';
import { ReportDrop } from './ReportDrop';
import { limitsOf, measured } from './standard';
import { said } from './words';

type Values = { reportHash: string; found: Record<string, string | number | undefined> };

const numbers = (text: string) => text.split(/[\s,，、;；]+/).filter(Boolean).map(Number);

// InspectionForm asks for what was found of each item of the standard; the ledger derives from it whether the batch is accepted.
export function InspectionForm({ plan }: { plan: Schemas['SamplingPlan'] }) {
  const { t } = useTranslation('quality');
  const [form] = Form.useForm<Values>();
  const { data: standard, error, refetch } = useQuery(standardQuery(plan.standard));
  const write = useLedgerWrite('inspect', {
    send: (v: Values, header) => api.POST('/api/v1/inspections', { params: { header }, body: {
      gtin: plan.gtin, lot: plan.lot, standard: plan.standard, reportHash: v.reportHash,
      results: (standard?.items ?? []).map((i) => (measured(i) ? { item: i.id, measurements: numbers(String(v.found[i.id] ?? '')) } : { item: i.id, nonconforming: Number(v.found[i.id] ?? 0) })),
    } }),
    form, refresh: [['inspections'], ['overview'], ['batches']],
  });
  if (!standard) return <ProblemNote error={error} retry={() => void refetch()} />;
  return (
    <Form form={form} layout="vertical" onFinish={(v: Values) => void write.run(v)} style={{ maxWidth: 640 }} scrollToFirstError={{ focus: true }}>
      <WriteNote write={write} />
      {standard.items.map((i) => measured(i) ? (
        <Form.Item key={i.id} name={['found', i.id]} label={`${said(i.name)}（${t(`defect.${i.class}`)}）`}
          extra={t('inspect.limits', { limits: limitsOf(i) })}
          rules={[{ required: true, message: t('needed') }, { validator: (_, v?: string) => (!v || numbers(v).every(Number.isFinite) ? Promise.resolve() : Promise.reject(new Error(t('inspect.numbers')))) }]}>
          <Input className="id" placeholder={t('inspect.values')} />
        </Form.Item>
      ) : (
        <Form.Item key={i.id} name={['found', i.id]} label={`${said(i.name)}（${t(`defect.${i.class}`)}）`} extra={t('inspect.failing')} rules={[{ required: true, message: t('inspect.zero') }]}>
          <InputNumber min={0} max={plan.lotSize} precision={0} style={{ width: 160 }} />
        </Form.Item>
      ))}
      <Form.Item name="reportHash" label={t('inspect.report')} extra={t('inspect.reportWhy')} rules={[{ required: true, message: t('needed') }]}><ReportDrop /></Form.Item>
      <WillStand stands={write.stands} values={{ lot: plan.lot, standard: said(standard.name), count: standard.items.length }} />
      <WriteButton write={write}>{t('inspect.send')}</WriteButton>
    </Form>
  );
}
