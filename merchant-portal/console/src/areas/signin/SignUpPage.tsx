import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { api, type Schemas } from '@/api/client';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { Door } from './Door';
import { LoginField, NameField, PasswordField } from './fields';

const roles = ['producer', 'distributor', 'seller', 'inspector'] as const;

// signUp asks again where the ledger's answer is not read yet: nobody is signed in who could look it up, and the gateway takes up what
// the same login and password began.
async function signUp(body: Schemas['NewSignUp']) {
  for (let tries = 0; ; tries++) {
    const answer = await api.POST('/api/v1/sign-up', { body });
    if (answer.response.status !== 202 || tries === 30) return answer;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

// SignUp makes a person and the party that he applies for, and signs him in.
export function Component() {
  const { t } = useTranslation(['signin', 'common']);
  const [form] = Form.useForm<Schemas['NewSignUp']>();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const party = Form.useWatch('party', form);
  const write = useLedgerWrite('signUp', {
    send: signUp,
    form,
    onDone: () => { queries.clear(); navigate('/application', { replace: true }); },
  });
  return (
    <Door title={t('signUpTitle')}>
      <p className="quiet" style={{ marginTop: 0 }}>{t('signUpWhy')}</p>
      <WriteNote write={write} />
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ party: { roles: ['producer'] } }} onFinish={(values) => void write.run(values)}>
        <Form.Item name={['party', 'name', 'zh-CN']} label={t('partyName')} extra={t('partyNameHelp')} rules={[{ required: true, whitespace: true, message: t('partyNameMissing') }]}>
          <Input maxLength={60} autoComplete="organization" />
        </Form.Item>
        <Form.Item name={['party', 'roles']} label={t('partyRole')} rules={[{ required: true, message: t('partyRoleMissing') }]}>
          <Select mode="multiple" options={roles.map((r) => ({ value: r, label: t(`common:role.${r}`) }))} />
        </Form.Item>
        <NameField label={t('yourName')} />
        <LoginField />
        <PasswordField />
        <WillStand stands={write.stands} signer={party?.name?.['zh-CN'] ?? ''} values={{ name: party?.name?.['zh-CN'], roles: party?.roles?.map((r) => t(`common:role.${r}`)).join('、') }} />
        <WriteButton write={write} block size="large">{t('signUpGo')}</WriteButton>
      </Form>
      <p style={{ marginTop: 32 }}>{t('haveAccount')} <Link to="/signin">{t('title')}</Link></p>
    </Door>
  );
}
