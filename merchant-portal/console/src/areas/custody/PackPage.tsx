import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, QRCode, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { useMe } from '@/app/session';
import { Id } from '@/ui/Id';
import { ScanDesk } from './ScanDesk';
import { ssccUnder } from './scan/sscc';

export function Component() {
  const { t } = useTranslation('custody');
  const { party } = useMe();
  const [form] = Form.useForm<{ sscc: string }>();
  const [packed, setPacked] = useState('');
  const own = useQuery({ queryKey: ['party', party], queryFn: () => answer(api.GET('/api/v1/parties/{id}', { params: { path: { id: party } } })) });
  const prefix = own.data?.prefixes?.[0];
  const fresh = () => { if (prefix) form.setFieldsValue({ sscc: ssccUnder(prefix) }); };
  return (
    <ScanDesk doing="pack" fields={() => form.validateFields()} onSent={() => { setPacked(form.getFieldValue('sscc') as string); form.resetFields(); }} aside={packed && <SsccLabel sscc={packed} />}>
      <Form form={form} layout="vertical" style={{ maxWidth: 480 }}>
        <Form.Item label={t('pack.sscc')} required htmlFor="sscc" extra={prefix ? undefined : t('pack.noPrefix')}>
          <Space.Compact block>
            <Form.Item name="sscc" noStyle rules={[{ required: true, pattern: /^[0-9]{18}$/, message: t('pack.ssccForm') }]}><Input id="sscc" className="figure" inputMode="numeric" /></Form.Item>
            <Button disabled={!prefix} onClick={fresh}>{t('pack.fresh')}</Button>
          </Space.Compact>
        </Form.Item>
      </Form>
    </ScanDesk>
  );
}

// SsccLabel is the label of the container that was packed, to print at once.
function SsccLabel({ sscc }: { sscc: string }) {
  const { t } = useTranslation('custody');
  return (
    <section className="hairline" aria-label={t('pack.label')} style={{ padding: 16, marginBottom: 16, borderRadius: 12 }}>
      <Space wrap align="center" size={16}>
        <div aria-hidden="true"><QRCode type="svg" value={`00${sscc}`} size={132} color="#000" bgColor="#fff" bordered={false} /></div>
        <div>
          <div className="quiet">SSCC (00)</div>
          <Id value={sscc} />
          <div className="no-print" style={{ marginTop: 8 }}><Button onClick={() => window.print()}>{t('pack.print')}</Button></div>
        </div>
      </Space>
    </section>
  );
}
