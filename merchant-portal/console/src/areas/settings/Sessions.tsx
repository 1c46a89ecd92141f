import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';

// Sessions lists where the person is signed in, and signs him out there.
export function Sessions() {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => answer(api.GET('/api/v1/me/sessions')) });
  const fresh = () => queries.invalidateQueries({ queryKey: ['sessions'] });
  const end = useMutation({ mutationFn: (session: string) => answer(api.DELETE('/api/v1/me/sessions/{session}', { params: { path: { session } } })), onSettled: fresh });
  const others = useMutation({ mutationFn: () => answer(api.DELETE('/api/v1/me/sessions')), onSettled: fresh });
  return (
    <>
      <ProblemNote error={sessions.error ?? end.error ?? others.error} retry={() => void sessions.refetch()} />
      {sessions.isPending && <Skeleton active />}
      <ul style={{ listStyle: 'none', margin: '0 0 12px', padding: 0, maxWidth: 560 }}>
        {sessions.data?.map((s) => <Line key={s.id} session={s} onEnd={() => end.mutate(s.id)} busy={end.isPending && end.variables === s.id} />)}
      </ul>
      {(sessions.data?.length ?? 0) > 1 && <Button loading={others.isPending} onClick={() => others.mutate()}>{t('sessionsEnd')}</Button>}
    </>
  );
}

function Line({ session, onEnd, busy }: { session: Schemas['Session']; onEnd: () => void; busy: boolean }) {
  const { t } = useTranslation('settings');
  return (
    <li style={{ padding: '8px 0', borderBottom: '1px solid var(--hairline)' }}>
      <Flex justify="space-between" align="center" gap={8} style={{ minHeight: 48 }}>
        <span>{session.device === '?' ? t('deviceUnknown') : session.device}<br /><span className="quiet">{t('lastUsed')} <Time at={session.seenAt} /></span></span>
        {session.current ? <StatusTag tone="good">{t('sessionHere')}</StatusTag> : <Button type="text" loading={busy} onClick={onEnd}>{t('sessionEnd')}</Button>}
      </Flex>
    </li>
  );
}
