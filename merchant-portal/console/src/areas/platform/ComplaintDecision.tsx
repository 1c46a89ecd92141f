import { Checkbox, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { Ruling } from './Ruling';

type Values = Schemas['NewDecision'];
const outcomes = ['genuine', 'counterfeit_confirmed', 'cannot_tell'] as const;

// kindOf says what a decision on a complaint now is: the first, the one on an appeal, or an amendment.
const kindOf = (c: Schemas['Complaint']): Values['kind'] => (c.status === 'appealed' ? 'appeal' : c.status === 'decided' ? 'amendment' : 'decision');

// ComplaintDecision decides on a complaint and shows before what will be published.
export function ComplaintDecision({ complaint: c }: { complaint: Schemas['Complaint'] }) {
  const { t } = useTranslation('platform');
  const [form] = Form.useForm<Values>();
  const values = Form.useWatch([], form);
  const write = useLedgerWrite('decideComplaint', {
    form,
    send: (v: Values, header) => api.POST('/api/v1/complaints/{id}/decision', { body: { kind: kindOf(c), outcome: v.outcome, reason: v.reason, suspend: v.outcome === 'counterfeit_confirmed' ? v.suspend : undefined }, params: { path: { id: c.id }, header } }),
    refresh: [['complaints'], ['standings']],
    onDone: () => form.resetFields(),
    onSettled: () => form.resetFields(),
  });
  const needed = [{ required: true, whitespace: true, message: t('review.reasonNeeded') }];
  return (
    <Form form={form} layout="vertical" style={{ maxWidth: 640 }} initialValues={{ outcome: 'cannot_tell' }} onFinish={(v) => void write.run(v)}>
      <WriteNote write={write} />
      <p className="quiet">{t(`decide.kind.${kindOf(c)}`)}</p>
      <Form.Item name="outcome" label={t('decide.outcome')}><Radio.Group options={outcomes.map((o) => ({ value: o, label: t(`outcome.${o}`) }))} /></Form.Item>
      <Form.Item name={['reason', 'zh-CN']} label={t('review.reason')} rules={needed}><Input.TextArea rows={3} maxLength={500} /></Form.Item>
      <Form.Item name={['reason', 'en']} label={t('decide.reasonEn')} rules={needed}><Input.TextArea rows={3} maxLength={500} /></Form.Item>
      {values?.outcome === 'counterfeit_confirmed' && <Form.Item name="suspend" valuePropName="checked"><Checkbox>{t('decide.suspend', { party: c.respondent })}</Checkbox></Form.Item>}
      <h3 style={{ fontSize: 14 }}>{t('decide.published')}</h3>
      <Ruling decision={{ outcome: values?.outcome ?? 'cannot_tell', reason: values?.reason ?? {}, suspended: values?.suspend }} complaint={c} />
      <WillStand stands={write.stands} values={{ id: c.id, outcome: t(`outcome.${values?.outcome ?? 'cannot_tell'}`) }} />
      <WriteButton write={write} danger={values?.outcome === 'counterfeit_confirmed'}>{t('decide.publish')}</WriteButton>
    </Form>
  );
}
