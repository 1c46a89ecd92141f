import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePartyName } from '@/ui/PartyName';
import { PartyPicker } from '@/ui/PartyPicker';
import { ScanDesk } from './ScanDesk';

export function Component() {
  const { t } = useTranslation('custody');
  const [form] = Form.useForm<{ to: string; reference?: string }>();
  const to = usePartyName(Form.useWatch('to', form));
  return (
    <ScanDesk doing="ship" fields={() => form.validateFields()} stands={() => ({ to })}>
      <Form form={form} layout="vertical" style={{ maxWidth: 480 }}>
        <Form.Item name="to" label={t('ship.to')} rules={[{ required: true, message: t('ship.toMissing') }]} ><PartyPicker /></Form.Item>
        <Form.Item name="reference" label={t('reference')}><Input /></Form.Item>
      </Form>
    </ScanDesk>
  );
}
