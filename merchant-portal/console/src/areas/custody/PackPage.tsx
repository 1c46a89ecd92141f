import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Space } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '@/api/client';
import { useMe } from '@/app/session';
import { ScanDesk } from './ScanDesk';
import { ssccUnder } from './scan/sscc';

const SsccLabel = lazy(() => import('./SsccLabel').then((m) => ({ default: m.SsccLabel }))); // the drawing of bars is a large library

export function Component() {
  const { t } = useTranslation('custody');
  const { party } = useMe();
  const [form] = Form.useForm<{ sscc: string }>();
  const sscc = Form.useWatch('sscc', form);
  const [packed, setPacked] = useState('');
  const own = useQuery({ queryKey: ['party', party], queryFn: () => answer(api.GET('/api/v1/parties/{id}', { params: { path: { id: party } } })) });
  const prefix = own.data?.prefixes?.[0];
  const fresh = () => { if (prefix) form.setFieldsValue({ sscc: ssccUnder(prefix) }); };
  return (
    <ScanDesk doing="pack" fields={() => form.validateFields()} stands={() => ({ sscc })} onSent={() => { setPacked(form.getFieldValue('sscc') as string); form.resetFields(); }} aside={packed && <Suspense><SsccLabel sscc={packed} /><p><Link to={`/custody/containers/${packed}`}>{t('pack.open')}</Link></p></Suspense>}>
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
