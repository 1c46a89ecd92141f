import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { useMe } from '@/app/session';
import { Page, Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { Authenticator } from './Authenticator';
import { PasskeyList } from './PasskeyList';
import { PasswordForm } from './PasswordForm';
import { Sessions } from './Sessions';
import { SsoLink } from './SsoLink';

// SecurityPage is how the person shows who he is, and where he is signed in.
export function Component() {
  const { t } = useTranslation('settings');
  const me = useMe();
  const security = useQuery({ queryKey: ['security'], enabled: !!me.person, queryFn: () => answer(api.GET('/api/v1/me/security')) });
  if (!me.person) return <Page title={t('security')}><p className="quiet">{t('keyOnly')}</p></Page>;
  return (
    <Page title={t('security')}>
      <ProblemNote error={security.error} retry={() => void security.refetch()} />
      {security.isPending && <Skeleton active />}
      {security.data && (
        <>
          <Section title={t('passwordChange')}><PasswordForm has={security.data.password} /></Section>
          <Section title={t('totp')}><Authenticator security={security.data} /></Section>
          <Section title={t('passkeys')}><PasskeyList passkeys={security.data.passkeys} /></Section>
          <SsoLink linked={security.data.sso} />
        </>
      )}
      <Section title={t('sessions')}><Sessions /></Section>
    </Page>
  );
}
