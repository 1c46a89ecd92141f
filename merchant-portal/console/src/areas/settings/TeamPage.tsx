import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { Empty } from '@/ui/Empty';
import { Page, Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { InviteForm, ShowLink } from './InviteForm';
import { Invitations } from './Invitations';
import { Members } from './Members';

export const teamQuery = { queryKey: ['team'], queryFn: () => answer(api.GET('/api/v1/team')) } as const;

// TeamPage is for owners: who works here, with which duty, and who is invited.
export function Component() {
  const { t } = useTranslation('settings');
  const team = useQuery(teamQuery);
  const [inviting, setInviting] = useState(false);
  const [made, setMade] = useState<Schemas['Invited']>();
  return (
    <Page title={t('team')} help={t('teamHelp')} main={{ does: t('invite'), onAction: () => setInviting(true) }}>
      <ProblemNote error={team.error} retry={() => void team.refetch()} />
      {team.isPending && <Skeleton active />}
      {team.data && team.data.people.length + team.data.invitations.length === 0 && <Empty main>{t('teamNone')}</Empty>}
      {team.data && <Members people={team.data.people} onLink={setMade} />}
      {team.data && team.data.invitations.length > 0 && <Section title={t('invitations')}><Invitations invitations={team.data.invitations} /></Section>}
      {inviting && <InviteForm onMade={(i) => { setInviting(false); setMade(i); }} onLeave={() => setInviting(false)} />}
      {made && <ShowLink invited={made} onDone={() => setMade(undefined)} />}
    </Page>
  );
}
