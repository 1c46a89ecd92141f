import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { Button } from '@/plain/Button';
import { Field, written } from '@/plain/Field';
import { ProblemNote } from '@/ui/Problem';
import { canPasskey } from './passkeys';

// SecondFactor asks for the code of the authenticator, or a recovery code, after the password.
export function SecondFactor({ onDone, onBack, passkey }: { onDone: () => void; onBack: () => void; passkey: () => void }) {
  const { t } = useTranslation('signin');
  const give = useMutation({
    mutationFn: (body: Schemas['FactorCode']) => answer(api.POST('/api/v1/sign-in/second-factor', { body })),
    onSuccess: onDone,
  });
  const [missing, setMissing] = useState(false);
  const send = (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault();
    const code = written(e.currentTarget, 'code');
    setMissing(!code);
    if (code && !give.isPending) give.mutate({ code });
  };
  return (
    <>
      <p style={{ marginTop: 0 }}>{t('secondWhy')}</p>
      <ProblemNote error={give.error} />
      <form noValidate onSubmit={send}>
        <Field name="code" label={t('code')} help={t('codeHelp')} error={missing ? t('codeMissing') : undefined} autoComplete="one-time-code" autoFocus maxLength={40} className="figure" />
        <Button kind="primary" type="submit" block size="large" loading={give.isPending}>{t('goOn')}</Button>
      </form>
      <div className="spread" style={{ marginTop: 12 }}>
        <Button kind="link" onClick={onBack}>{t('back')}</Button>
        {canPasskey() && <Button kind="link" onClick={passkey}>{t('passkey')}</Button>}
      </div>
    </>
  );
}
