import { Alert, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';

type Values = Schemas['NewAlertDecision'];

// AlertDecision confirms, dismisses or reopens an alert, and says before what that does to whoever scans.
export function AlertDecision({ alert }: { alert: Schemas['AlertCase'] }) {
  const { t } = useTranslation('platform');
  const [form] = Form.useForm<Values>();
  const outcomes = alert.status === 'open' ? (['dismissed', 'confirmed'] as const) : (['reopened'] as const);
  const outcome = Form.useWatch('outcome', form) ?? outcomes[0];
  const write = useLedgerWrite('decideAlert', {
    form,
    send: (body: Values, header) => api.POST('/api/v1/alerts/{id}/decision', { body, params: { path: { id: alert.id }, header } }),
    refresh: [['alerts']],
    onDone: () => form.resetFields(),
    onSettled: () => form.resetFields(),
  });
  return (
    <Form key={alert.status} form={form} layout="vertical" style={{ maxWidth: 640 }} initialValues={{ outcome: outcomes[0] }} onFinish={(values) => void write.run(values)}>
      <WriteNote write={write} />
      <Form.Item name="outcome" label={t('decide.outcome')}><Radio.Group options={outcomes.map((o) => ({ value: o, label: t(`alertOutcome.${o}`) }))} /></Form.Item>
      <Alert type={outcome === 'confirmed' ? 'warning' : 'info'} showIcon style={{ marginBottom: 16 }} title={t(`alertThen.${outcome}`)} />
      <Form.Item name="note" label={t('decide.note')} rules={[{ required: true, whitespace: true, message: t('review.reasonNeeded') }]}><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
      <WillStand stands={write.stands} values={{ id: alert.id, outcome: t(`alertOutcome.${outcome}`) }} />
      <WriteButton write={write} danger={outcome === 'confirmed'}>{t('decide.do')}</WriteButton>
    </Form>
  );
}
