import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { asProblem } from '@/api/problem';
import { language } from '@/app/language';
import { Waiting } from '@/app/Waiting';
import { ProblemNote, showAtField, useSay } from '@/ui/Problem';
import { useEnter } from './after';
import { Door } from './Door';
import { Or } from './Or';
import { LoginField, NameField, PasswordField } from './fields';
import { SingleSignOn, waysQuery } from './SignInForm';

// The secret outlives the page, which may be thrown away and begun again while its texts are still coming: then it is no longer in the address.
let held = '';
const secretHere = () => (held = window.location.hash.slice(1) || held);

// InvitationPage takes an invitation up. Its secret is behind the # of the address, which browsers send nowhere, and is
// taken out of the address at once, so that it is in no history.
export function Component() {
  const { t } = useTranslation('signin');
  const [secret] = useState(secretHere);
  useEffect(() => window.history.replaceState(window.history.state, '', window.location.pathname), []);
  const look = useQuery({ queryKey: ['invitation', secret], retry: false, staleTime: Infinity, queryFn: () => answer(api.POST('/api/v1/invitations', { body: { secret } })) });
  return (
    <Door title={look.data?.login ? t('wayBackTitle') : t('invitationTitle')}>
      {look.isPending && <Waiting />}
      <ProblemNote error={look.error} />
      {look.data && <Accept secret={secret} invitation={look.data} />}
    </Door>
  );
}

function Accept({ secret, invitation }: { secret: string; invitation: Schemas['InvitationView'] }) {
  const { t } = useTranslation(['signin', 'settings']);
  const [form] = Form.useForm();
  const say = useSay();
  const enter = useEnter();
  const ways = useQuery(waysQuery);
  const accept = useMutation({
    mutationFn: (values: Omit<Schemas['Acceptance'], 'secret'>) => answer(api.POST('/api/v1/invitations/acceptance', { body: { ...values, secret } })),
    onSuccess: enter,
    onError: (e) => { const { title, detail } = say(e); showAtField(form, asProblem(e), `${title} ${detail}`); },
  });
  const party = invitation.party[language()] || invitation.party['zh-CN'];
  const stranger = !invitation.login;
  return (
    <>
      <p style={{ marginTop: 0 }}>{stranger ? t('invitationWhy', { party, duty: t(`settings:duty.${invitation.duty}`) }) : t('wayBackWhy', { login: invitation.login })}</p>
      {!asProblem(accept.error).field && <ProblemNote error={accept.error} />}
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ name: invitation.name }} onFinish={(values) => accept.mutate(values)}>
        {stranger && <NameField label={t('yourName')} />}
        {stranger && <LoginField />}
        <PasswordField />
        <Button type="primary" htmlType="submit" block size="large" loading={accept.isPending}>{stranger ? t('invitationGo') : t('wayBackGo')}</Button>
      </Form>
      {stranger && ways.data?.sso && <><Or /><SingleSignOn name={ways.data.sso} invitation={secret} /></>}
    </>
  );
}
