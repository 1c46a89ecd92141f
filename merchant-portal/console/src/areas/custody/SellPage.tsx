import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { ScanDesk } from './ScanDesk';

export function Component() {
  const { t } = useTranslation('custody');
  const [form] = Form.useForm<{ reference?: string }>();
  return (
    <ScanDesk doing="sell" fields={() => form.validateFields()}>
      <Form form={form} layout="vertical" style={{ maxWidth: 480 }}>
        <Form.Item name="reference" label={t('reference')}><Input /></Form.Item>
      </Form>
    </ScanDesk>
  );
}
