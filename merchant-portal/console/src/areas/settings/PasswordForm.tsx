import { useMutation } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { asProblem } from '@/api/problem';
import { PasswordField } from '@/areas/signin/fields';
import { ProblemNote, showAtField, useSay } from '@/ui/Problem';
import { useConfirmed } from './useConfirmed';

// PasswordForm replaces the password; other sessions end with the old one.
export function PasswordForm({ has }: { has: boolean }) {
  const { t } = useTranslation('settings');
  const { message } = App.useApp();
  const [form] = Form.useForm();
  const say = useSay();
  const { guard, question } = useConfirmed();
  const change = useMutation({
    mutationFn: guard((body: Schemas['NewPassword']) => answer(api.PUT('/api/v1/me/password', { body }))),
    onSuccess: () => { form.resetFields(); void message.success(t('passwordChanged')); },
    onError: (e) => {
      const problem = asProblem(e);
      const { title, detail } = say(e);
      showAtField(form, Object.assign(problem, { field: problem.code === 'PASSWORD_WRONG' ? 'old' : problem.field }), detail || title);
    },
  });
  return (
    <>
      {change.error && !asProblem(change.error).field && <ProblemNote error={change.error} />}
      <Form form={form} layout="vertical" requiredMark={false} style={{ maxWidth: 400 }} onFinish={(values) => change.mutate(values)}>
        {has && (
          <Form.Item name="old" label={t('passwordOld')} rules={[{ required: true, message: t('passwordMissing') }]}>
            <Input.Password autoComplete="current-password" maxLength={200} size="large" />
          </Form.Item>
        )}
        <PasswordField label={t('passwordNew')} />
        <Button htmlType="submit" loading={change.isPending}>{t('passwordSave')}</Button>
      </Form>
      {question}
    </>
  );
}
