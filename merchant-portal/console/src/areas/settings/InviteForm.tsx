import { Alert, Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { CopyButton } from '@/ui/CopyButton';
import { useWrite } from '@/ui/useWrite';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { DutySelect } from './DutySelect';

export function InviteForm({ onMade, onLeave }: { onMade: (i: Schemas['Invited']) => void; onLeave: () => void }) {
  const { t } = useTranslation('settings');
  const [form] = Form.useForm<Schemas['NewInvitation']>();
  const write = useWrite({
    send: (body: Schemas['NewInvitation'], key) => api.POST('/api/v1/team/invitations', { body, params: { header: key } }),
    form, refresh: [['team']], onDone: (made) => onMade(made as Schemas['Invited']),
  });
  return (
    <Modal open title={t('invite')} footer={null} onCancel={onLeave}>
      <WriteNote write={write} />
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ duty: 'warehouse' }} onFinish={(values) => void write.run(values)}>
        <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('nameMissing') }]}><Input autoFocus maxLength={40} /></Form.Item>
        <Form.Item name="duty" label={t('dutyOf')}><DutySelect /></Form.Item>
        <WriteButton write={write}>{t('inviteGo')}</WriteButton>
      </Form>
    </Modal>
  );
}

// ShowLink shows a link this once. Its secret is behind the #, which browsers send nowhere.
export function ShowLink({ invited, onDone }: { invited: Schemas['Invited']; onDone: () => void }) {
  const { t } = useTranslation('settings');
  const link = `${window.location.origin}/invitation#${invited.secret ?? ''}`;
  return (
    <Modal open title={invited.account ? t('linkBackTitle') : t('linkTitle')} onCancel={onDone} mask={{ closable: false }} footer={<Button type="primary" onClick={onDone}>{t('linkGiven')}</Button>}>
      <p>{t('linkWhy', { name: invited.name })}</p>
      <Input.TextArea readOnly rows={3} value={link} aria-label={t('link')} className="id" onFocus={(e) => e.target.select()} />
      <CopyButton value={link} style={{ margin: '12px 0' }}>{t('linkCopy')}</CopyButton>
      <Alert type="warning" showIcon title={t('linkOnce')} />
    </Modal>
  );
}
