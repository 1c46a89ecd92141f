import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { CopyButton } from '@/ui/CopyButton';
import { useWrite } from '@/ui/useWrite';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { DutySelect } from './DutySelect';

// KeyForm makes a key and shows it this once.
export function KeyForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('settings');
  const [form] = Form.useForm<Schemas['NewApiKey']>();
  const [made, setMade] = useState<Schemas['ApiKeyCreated']>();
  const write = useWrite({
    send: (body: Schemas['NewApiKey'], key) => api.POST('/api/v1/keys', { body, params: { header: key } }),
    form, refresh: [['keys']], onDone: (k) => setMade(k as Schemas['ApiKeyCreated']),
  });
  if (made) {
    return (
      <Modal open title={t('keyMade')} onCancel={onDone} mask={{ closable: false }} footer={<Button type="primary" onClick={onDone}>{t('keyKept')}</Button>}>
        <Input.TextArea readOnly rows={3} value={made.apiKey} aria-label={t('key')} className="id" onFocus={(e) => e.target.select()} />
        <CopyButton value={made.apiKey ?? ''} style={{ margin: '12px 0' }}>{t('keyCopy')}</CopyButton>
        <Alert type="warning" showIcon title={t('keyOnce')} />
      </Modal>
    );
  }
  return (
    <Modal open title={t('keyNew')} footer={null} onCancel={onDone}>
      <WriteNote write={write} />
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ duty: 'goods' }} onFinish={(values) => void write.run(values)}>
        <Form.Item name="label" label={t('keyLabel')} extra={t('keyLabelHelp')} rules={[{ required: true, whitespace: true, message: t('nameMissing') }]}><Input autoFocus maxLength={60} /></Form.Item>
        <Form.Item name="duty" label={t('keyDuty')}><DutySelect /></Form.Item>
        <WriteButton write={write}>{t('keyGo')}</WriteButton>
      </Form>
    </Modal>
  );
}
