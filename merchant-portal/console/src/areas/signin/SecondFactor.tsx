import { useMutation } from '@tanstack/react-query';
import { Button, Flex, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { ProblemNote } from '@/ui/Problem';
import { canPasskey } from './passkeys';

// SecondFactor asks for the code of the authenticator, or a recovery code, after the password.
export function SecondFactor({ onDone, onBack, passkey }: { onDone: () => void; onBack: () => void; passkey: () => void }) {
  const { t } = useTranslation('signin');
  const give = useMutation({
    mutationFn: (body: Schemas['FactorCode']) => answer(api.POST('/api/v1/sign-in/second-factor', { body })),
    onSuccess: onDone,
  });
  return (
    <>
      <p style={{ marginTop: 0 }}>{t('secondWhy')}</p>
      <ProblemNote error={give.error} />
      <Form layout="vertical" requiredMark={false} onFinish={(values: Schemas['FactorCode']) => give.mutate(values)}>
        <Form.Item name="code" label={t('code')} extra={t('codeHelp')} rules={[{ required: true, message: t('codeMissing') }]}>
          <Input autoComplete="one-time-code" autoFocus maxLength={40} size="large" className="figure" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block size="large" loading={give.isPending}>{t('goOn')}</Button>
      </Form>
      <Flex gap={8} justify="space-between" style={{ marginTop: 12 }}>
        <Button type="link" style={{ padding: 0 }} onClick={onBack}>{t('back')}</Button>
        {canPasskey() && <Button type="link" style={{ padding: 0 }} onClick={passkey}>{t('passkey')}</Button>}
      </Flex>
    </>
  );
}
