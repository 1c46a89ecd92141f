import { KeyOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { Button } from '@/plain/Button';
import { Field, written } from '@/plain/Field';
import { Notice } from '@/plain/Notice';
import { PasswordField } from '@/plain/PasswordField';
import { ProblemNote } from '@/ui/Problem';
import { DemoParties } from './DemoParties';
import { Or } from './Or';
import { canPasskey, leftIt, usePasskeyOf } from './passkeys';
import { SecondFactor } from './SecondFactor';

export const waysQuery = { queryKey: ['sign-in'], queryFn: () => answer(api.GET('/api/v1/sign-in')), staleTime: 60_000 } as const;

async function byPasskey() {
  const { step, options } = await answer(api.POST('/api/v1/sign-in/passkey'));
  const credential = await usePasskeyOf(options);
  return answer(api.POST('/api/v1/sign-in/passkey/answer', { body: { step, credential } }));
}

// SignInForm asks who somebody is, on its own page and above a page whose session has ended.
export default function SignInForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('signin');
  const ways = useQuery(waysQuery);
  const [second, setSecond] = useState(false);
  const password = useMutation({
    mutationFn: (body: Schemas['Credentials']) => answer(api.POST('/api/v1/sign-in', { body })),
    onSuccess: ({ secondFactor }) => (secondFactor ? setSecond(true) : onDone()),
  });
  const passkey = useMutation({ mutationFn: byPasskey, onSuccess: onDone });
  const [missing, setMissing] = useState({ login: false, password: false });
  const send = (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault();
    const given = { login: written(e.currentTarget, 'login'), password: written(e.currentTarget, 'password') };
    setMissing({ login: !given.login, password: !given.password });
    if (given.login && given.password && !password.isPending) password.mutate(given);
  };
  if (second) return <SecondFactor onDone={onDone} onBack={() => setSecond(false)} passkey={() => passkey.mutate()} />;
  const offered = ways.data?.passkeys && canPasskey();
  return (
    <>
      {ways.data && ways.data.demo.length > 0 && <DemoParties parties={ways.data.demo} onDone={onDone} />}
      <ProblemNote error={password.error ?? (leftIt(passkey.error) ? null : passkey.error)} />
      <form noValidate onSubmit={send}>
        <Field name="login" label={t('login')} error={missing.login ? t('loginMissing') : undefined} autoComplete="username webauthn" autoFocus maxLength={100} />
        <PasswordField name="password" label={t('password')} error={missing.password ? t('passwordMissing') : undefined} autoComplete="current-password" maxLength={200} />
        <Button kind="primary" type="submit" block size="large" loading={password.isPending}>{t('title')}</Button>
      </form>
      {(offered || ways.data?.sso) && <Or />}
      <div style={{ display: 'grid', gap: 12 }}>
        {offered && <Button block icon={<KeyOutlined />} loading={passkey.isPending} onClick={() => passkey.mutate()}>{t('passkey')}</Button>}
        {ways.data?.sso && <SingleSignOn name={ways.data.sso} />}
      </div>
    </>
  );
}

// SingleSignOn leaves for the identity provider; with an invitation, to accept it there.
export function SingleSignOn({ name, invitation }: { name: string; invitation?: string }) {
  const { t } = useTranslation('signin');
  const leave = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/sign-in/sso', { body: { invitation } })),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  return (
    <>
      <ProblemNote error={leave.error} />
      <Button block loading={leave.isPending} onClick={() => leave.mutate()}>{t('sso', { name })}</Button>
    </>
  );
}

// SsoProblem says why somebody who comes back from the identity provider is not signed in.
export function SsoProblem({ code }: { code: string }) {
  const { t } = useTranslation('signin');
  const known = code === 'SSO_NOT_LINKED' ? t('ssoNotLinked') : code === 'STEP_EXPIRED' ? t('ssoExpired') : t('ssoRefused');
  return <Notice tone="wait" title={known} />;
}
