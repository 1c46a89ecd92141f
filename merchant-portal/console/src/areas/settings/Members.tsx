import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { useMe } from '@/app/session';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { DutySelect } from './DutySelect';

type Person = Schemas['TeamMember'];

// Members lists the people of the party; what is changed counts at once.
export function Members({ people, onLink }: { people: Person[]; onLink: (i: Schemas['Invited']) => void }) {
  const queries = useQueryClient();
  const fresh = () => queries.invalidateQueries({ queryKey: ['team'] });
  const duty = useMutation({
    mutationFn: (v: { account: string; was: Person['duty']; duty: Person['duty'] }) => answer(api.PUT('/api/v1/team/{account}', { params: { path: { account: v.account } }, body: { duty: v.duty, was: v.was } })),
    onSettled: fresh,
  });
  const remove = useMutation({ mutationFn: (account: string) => answer(api.DELETE('/api/v1/team/{account}', { params: { path: { account } } })), onSettled: fresh });
  const back = useMutation({
    mutationFn: (account: string) => answer(api.POST('/api/v1/team/{account}/way-back', { params: { path: { account } } })),
    onSuccess: (made) => { onLink(made); void fresh(); },
  });
  return (
    <>
      <ProblemNote error={duty.error ?? remove.error ?? back.error} />
      <ul style={{ listStyle: 'none', margin: '0 0 32px', padding: 0 }}>
        {people.map((p) => (
          <Member key={p.account} person={p} setDuty={(d) => duty.mutate({ account: p.account, was: p.duty, duty: d })} remove={() => remove.mutate(p.account)} back={() => back.mutate(p.account)} />
        ))}
      </ul>
    </>
  );
}

type Actions = { setDuty: (d: Person['duty']) => void; remove: () => void; back: () => void };

function Member({ person, setDuty, remove, back }: { person: Person } & Actions) {
  const { t } = useTranslation('settings');
  const me = useMe();
  const self = me.account === person.account;
  return (
    <li style={{ padding: '12px 0', borderBottom: '1px solid var(--hairline)' }}>
      <Flex justify="space-between" align="center" wrap gap={12}>
        <span style={{ minWidth: 200 }}>
          <strong style={{ fontWeight: 600 }}>{person.name}</strong>{self && <span className="quiet"> · {t('you')}</span>}<br />
          <span className="quiet">{person.login} · {person.seenAt ? <Time at={person.seenAt} /> : t('neverSeen')}</span>
        </span>
        <Flex gap={8} align="center" wrap>
          <StatusTag tone={person.secondFactor ? 'good' : 'none'}>{person.secondFactor ? t('factorOn') : t('factorOff')}</StatusTag>
          <DutySelect aria-label={t('dutyFor', { name: person.name })} value={person.duty} onChange={(d) => setDuty(d)} style={{ width: 140 }} />
          {!self && <Button type="text" onClick={back}>{t('wayBack')}</Button>}
          {!self && (
            <Popconfirm title={t('removeWhy', { name: person.name })} okText={t('remove')} onConfirm={remove}>
              <Button type="text" danger>{t('remove')}</Button>
            </Popconfirm>
          )}
        </Flex>
      </Flex>
    </li>
  );
}
