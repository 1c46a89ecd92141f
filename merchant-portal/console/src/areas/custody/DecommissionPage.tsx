import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { ScanDesk } from './ScanDesk';

type Values = Pick<Schemas['NewDecommission'], 'reason' | 'note'>;
const reasons = ['destroyed', 'damaged', 'sampled', 'stolen', 'exported'] as const satisfies readonly Values['reason'][];

export function Component() {
  const { t } = useTranslation('custody');
  const [form] = Form.useForm<Values>();
  const reason = Form.useWatch('reason', form);
  return (
    <ScanDesk doing="decommission" fields={() => form.validateFields()} stands={() => ({ reason: reason && t(`decommission.${reason}`) })}>
      <Form form={form} layout="vertical" style={{ maxWidth: 480 }}>
        <Form.Item name="reason" label={t('decommission.reason')} rules={[{ required: true, message: t('decommission.reasonMissing') }]}>
          <Radio.Group options={reasons.map((value) => ({ value, label: t(`decommission.${value}`) }))} />
        </Form.Item>
        <Form.Item name="note" label={t('decommission.note')}><Input maxLength={500} /></Form.Item>
      </Form>
    </ScanDesk>
  );
}
