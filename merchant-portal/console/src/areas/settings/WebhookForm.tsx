import { Alert, Button, Flex, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { CopyButton } from '@/ui/CopyButton';
import { useWrite } from '@/ui/useWrite';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { noticeKinds, useKinds } from './useKinds';

// WebhookForm adds a webhook and shows its secret this once.
export function WebhookForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('settings');
  const kinds = useKinds();
  const [form] = Form.useForm<Schemas['NewWebhook']>();
  const [made, setMade] = useState<Schemas['WebhookCreated']>();
  const write = useWrite({
    send: (body: Schemas['NewWebhook'], key) => api.POST('/api/v1/webhooks', { body, params: { header: key } }),
    form, refresh: [['webhooks']], onDone: (w) => setMade(w as Schemas['WebhookCreated']),
  });
  if (made) {
    return (
      <Modal open title={t('webhookMade')} onCancel={onDone} mask={{ closable: false }} footer={<Button type="primary" onClick={onDone}>{t('keyKept')}</Button>}>
        <Flex gap={8} style={{ marginBottom: 12 }}>
          <Input readOnly value={made.secret} aria-label={t('webhookSecret')} className="id" onFocus={(e) => e.target.select()} />
          <CopyButton value={made.secret ?? ''}>{t('keyCopy')}</CopyButton>
        </Flex>
        <Alert type="warning" showIcon title={t('webhookOnce')} />
      </Modal>
    );
  }
  return (
    <Modal open title={t('webhookNew')} footer={null} onCancel={onDone}>
      <WriteNote write={write} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void write.run(values)}>
        <Form.Item name="url" label={t('webhookUrl')} extra={t('webhookUrlHelp')} rules={[{ required: true, whitespace: true, message: t('webhookUrlMissing') }]}>
          <Input autoFocus inputMode="url" maxLength={500} placeholder="https://shop.example/touchstone" />
        </Form.Item>
        <Form.Item name="events" label={t('webhookEvents')} extra={t('webhookEventsHelp')}>
          <Select mode="multiple" maxCount={10} optionFilterProp="label" options={noticeKinds.map((k) => ({ value: k, label: kinds(k) }))} placeholder={t('webhookAll')} />
        </Form.Item>
        <WriteButton write={write}>{t('webhookGo')}</WriteButton>
      </Form>
    </Modal>
  );
}
