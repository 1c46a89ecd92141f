import { Button, Form, Input, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';

// CloseAction closes a corrective action that the officer has seen mended.
export function CloseAction({ check, number, party }: { check: string; number: number; party: string }) {
  const { t } = useTranslation('platform');
  const [form] = Form.useForm<{ note: string }>();
  const write = useLedgerWrite('closeAction', {
    form,
    send: (body: { note: string }, header) => api.POST('/api/v1/checks/{id}/actions/{number}/closing', { body, params: { path: { id: check, number }, header } }),
    refresh: [['parties', party], ['standings']],
  });
  return (
    <Popover trigger="click" content={(
      <Form form={form} layout="vertical" style={{ width: 280 }} onFinish={(values) => void write.run(values)}>
        <WriteNote write={write} />
        <Form.Item name="note" label={t('checks.note')} rules={[{ required: true, whitespace: true, message: t('checks.needed') }]}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
        <WillStand stands={write.stands} values={{ id: check, number }} />
        <WriteButton write={write} size="small">{t('checks.close')}</WriteButton>
      </Form>
    )}><Button size="small">{t('checks.close')}</Button></Popover>
  );
}
