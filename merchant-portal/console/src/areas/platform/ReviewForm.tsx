import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { usePartyName } from '@/ui/PartyName';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';

const outcomes = ['accepted', 'more_needed', 'refused'] as const;

// ReviewForm decides on an application; the reason is what the applicant reads.
export function ReviewForm({ id }: { id: string }) {
  const { t } = useTranslation('platform');
  const [form] = Form.useForm<Schemas['NewReview']>();
  const outcome = Form.useWatch('outcome', form);
  const name = usePartyName(id);
  const write = useLedgerWrite('reviewApplication', {
    form,
    send: (body: Schemas['NewReview'], header) => api.POST('/api/v1/parties/{id}/review', { body, params: { path: { id }, header } }),
    refresh: [['parties', id], ['applications'], ['standings']],
  });
  return (
    <Form form={form} layout="vertical" style={{ maxWidth: 640, marginTop: 16 }} onFinish={(values) => void write.run(values)} initialValues={{ outcome: 'accepted' }}>
      <WriteNote write={write} />
      <Form.Item name="outcome" label={t('review.outcome')}><Radio.Group options={outcomes.map((o) => ({ value: o, label: t(`application.${o}`) }))} /></Form.Item>
      <Form.Item name={['reason', 'zh-CN']} label={t('review.reason')} extra={t('review.reasonWhy')} rules={[{ required: true, whitespace: true, message: t('review.reasonNeeded') }]}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
      <Form.Item name={['reason', 'en']} label={t('review.reasonEn')}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
      <p className="quiet">{t(`review.then.${outcome ?? 'accepted'}`)}</p>
      <WillStand stands={write.stands} values={{ party: name, outcome: t(`application.${outcome ?? 'accepted'}`) }} />
      <WriteButton write={write}>{t('review.decide')}</WriteButton>
    </Form>
  );
}
