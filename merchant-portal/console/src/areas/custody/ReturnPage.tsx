import { Form, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { ScanDesk } from './ScanDesk';

export function Component() {
  const { t } = useTranslation('custody');
  const [form] = Form.useForm<{ condition: 'good' | 'damaged' }>();
  const condition = Form.useWatch('condition', form);
  return (
    <ScanDesk doing="return" fields={() => form.validateFields()} stands={() => ({ condition: t(`return.${condition ?? 'good'}`) })}>
      <Form form={form} layout="vertical" initialValues={{ condition: 'good' }}>
        <Form.Item name="condition" label={t('return.condition')}>
          <Radio.Group options={[{ value: 'good', label: t('return.good') }, { value: 'damaged', label: t('return.damaged') }]} />
        </Form.Item>
      </Form>
    </ScanDesk>
  );
}
