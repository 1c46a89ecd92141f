import { useQuery } from '@tanstack/react-query';
import { Descriptions, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { language } from '@/app/language';
import { useCan, useMe } from '@/app/session';
import { Id } from '@/ui/Id';
import { Page, Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { Licences } from './Licences';

// ProfilePage shows who the person is here, and what the ledger says of his party.
export function Component() {
  const { t } = useTranslation(['settings', 'common']);
  const me = useMe();
  const can = useCan();
  const party = useQuery({ queryKey: ['party', me.party], enabled: can('getParty'), queryFn: () => answer(api.GET('/api/v1/parties/{id}', { params: { path: { id: me.party } } })) });
  const name = me.partyName?.[language()] || me.partyName?.['zh-CN'];
  return (
    <Page title={t('profile')}>
      <Section title={t('me')}>
        <Descriptions column={{ xs: 1, md: 2 }} items={[
          ...(me.person ? [{ key: 'name', label: t('name'), children: me.person.name }, { key: 'login', label: t('login'), children: me.person.login }] : []),
          { key: 'duty', label: t('dutyOf'), children: t(`duty.${me.duty}`) },
          { key: 'account', label: t('account'), children: <Id value={me.account} /> },
        ]} />
      </Section>
      <Section title={t('party')}>
        <ProblemNote error={party.error} retry={() => void party.refetch()} />
        <Descriptions column={{ xs: 1, md: 2 }} items={[
          { key: 'name', label: t('partyName'), children: name ?? me.party },
          { key: 'id', label: t('partyId'), children: <Id value={me.party} /> },
          { key: 'roles', label: t('roles'), children: me.roles.map((r) => t(`common:role.${r}`)).join(' · ') },
          ...(party.data?.prefixes?.length ? [{ key: 'prefixes', label: t('prefixes'), children: <span className="id">{party.data.prefixes.join(' · ')}</span> }] : []),
        ]} />
      </Section>
      {party.isLoading && <Skeleton active />}
      {party.data && <Section title={t('licences')}><Licences licences={party.data.licences ?? []} /></Section>}
    </Page>
  );
}
