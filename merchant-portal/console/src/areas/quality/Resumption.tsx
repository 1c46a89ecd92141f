import { useQuery } from '@tanstack/react-query';
import { Alert, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { useCan } from '@/app/session';
import { batchQuery, productQuery } from '@/areas/goods/queries';
import { usePartyName } from '@/ui/PartyName';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';

// Resumption tells that too many batches were rejected for another one to be inspected; the platform lets it go on here.
export function Resumption({ plan }: { plan: Schemas['SamplingPlan'] }) {
  const { t } = useTranslation('quality');
  const can = useCan()('resumeInspection');
  return <>
    <Alert type="warning" showIcon role="status" style={{ marginBottom: 16 }} title={t('resume.stopped')} description={t(can ? 'resume.why' : 'resume.wait')} />
    {can && <Resume plan={plan} />}
  </>;
}

// What is resumed is the inspection of one producer's goods of one category.
function Resume({ plan }: { plan: Schemas['SamplingPlan'] }) {
  const { t } = useTranslation('quality');
  const [form] = Form.useForm<{ note: string }>();
  const producer = useQuery(batchQuery(plan.gtin, plan.lot)).data?.producer;
  const category = useQuery(productQuery(plan.gtin)).data?.category;
  const name = usePartyName(producer);
  const write = useLedgerWrite('resumeInspection', {
    send: (body: Schemas['NewResumption'], header) => api.POST('/api/v1/inspections/resumption', { body, params: { header } }),
    form, refresh: [['plan'], ['inspections'], ['overview']],
  });
  if (!producer || !category) return null;
  return (
    <Form form={form} layout="vertical" style={{ maxWidth: 560, marginBottom: 24 }} onFinish={({ note }) => void write.run({ producer, category, note })}>
      <WriteNote write={write} />
      <Form.Item name="note" label={t('resume.note')} rules={[{ required: true, whitespace: true, message: t('needed') }]}><Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} /></Form.Item>
      <WillStand stands={write.stands} values={{ party: name, category }} />
      <WriteButton write={write}>{t('resume.send')}</WriteButton>
    </Form>
  );
}
