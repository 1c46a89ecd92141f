import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

// LoginField takes what the person will type to sign in.
export function LoginField() {
  const { t } = useTranslation('signin');
  return (
    <Form.Item name="login" label={t('login')} extra={t('loginHelp')} rules={[{ required: true, whitespace: true, message: t('loginMissing') }]}>
      <Input autoComplete="username" maxLength={80} />
    </Form.Item>
  );
}

export function NameField({ label }: { label: string }) {
  const { t } = useTranslation('signin');
  return (
    <Form.Item name="name" label={label} rules={[{ required: true, whitespace: true, message: t('nameMissing') }]}>
      <Input autoComplete="name" maxLength={40} />
    </Form.Item>
  );
}

// PasswordField takes a new password; the gateway judges how soon it would be guessed.
export function PasswordField({ name = 'password', label }: { name?: string; label?: string }) {
  const { t } = useTranslation('signin');
  return (
    <Form.Item name={name} label={label ?? t('password')} extra={t('passwordHelp')}
      rules={[{ required: true, message: t('passwordMissing') }, { min: 10, message: t('passwordShort') }]}>
      <Input.Password autoComplete="new-password" maxLength={128} size="large" />
    </Form.Item>
  );
}
