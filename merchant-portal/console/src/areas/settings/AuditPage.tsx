import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { LedgerRef } from '@/ui/LedgerRef';
import { type ListParams, paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { operations, useOperation } from './operations';

type Entry = Schemas['AuditEntry'];

// AuditPage shows who did what, when, and what came of it. A name narrows the list to what that person or key did.
export function Component() {
  const { t } = useTranslation('settings');
  const say = useOperation();
  const me = useMe();
  const all = me.role === 'platform' || me.role === 'auditor';
  const [search] = useSearchParams();
  const people = useActors(search.get('account'));
  return (
    <Page title={t('audit')} help={t('auditHelp')}>
      <DataTable<Entry>
        name={t('audit')} queryKey={['audit']} rowKey={(e) => String(e.id)}
        list={(p) => answer(api.GET('/api/v1/audit', { params: { query: queryOf(p) } }))}
        search={t('auditSearch')} views="audit"
        filters={[
          { name: 'operation', label: t('did'), options: operations.map((o) => ({ value: o, label: say(o) })) },
          { name: 'account', label: t('who'), options: people },
          ...(all ? [{ name: 'party', label: t('partyId'), kind: 'text' as const }] : []),
          { name: 'from', label: t('fromDay'), kind: 'date' },
          { name: 'to', label: t('toDay'), kind: 'date' },
        ]}
        columns={[
          { key: 'what', title: t('did'), render: (e) => say(e.operation), card: 'title' },
          { key: 'who', title: t('who'), render: (e) => <Link to={`?account=${encodeURIComponent(e.account)}`}>{e.person}</Link> },
          ...(all ? [{ key: 'party', title: t('party'), render: (e: Entry) => <PartyName id={e.party} /> }] : []),
          { key: 'target', title: t('about'), render: (e) => <span className="id">{Object.values(e.target).join(' · ') || '—'}</span> },
          { key: 'result', title: t('result'), render: (e) => <Result status={e.status} txId={e.txId} /> },
          { key: 'tx', title: t('ledger'), render: (e) => (e.txId ? <LedgerRef txId={e.txId} /> : <span className="quiet">—</span>) },
          { key: 'at', title: t('at'), sort: 'at', render: (e) => <Time at={e.at} /> },
        ]}
        empty={<Empty>{t('auditNone')}</Empty>} />
    </Page>
  );
}

function queryOf({ q, sort, after, limit, ...narrow }: ListParams): { q?: string; sort?: 'at'; after?: string; limit: number; count: true; operation?: string; account?: string; party?: string; from?: string; to?: string } {
  const text = (name: string) => narrow[name] as string | undefined;
  return { ...paging({ q, after, limit }), sort: sort as 'at', operation: text('operation'), account: text('account'), party: text('party'), from: text('from'), to: text('to') };
}

// useActors gives the people and keys of the party as choices, and whoever else was chosen: he may have left, or work for another party.
function useActors(chosen: string | null): { value: string; label: string }[] {
  const can = useCan();
  const team = useQuery({ queryKey: ['team'], queryFn: () => answer(api.GET('/api/v1/team')), enabled: can('listTeam') });
  const keys = useQuery({ queryKey: ['keys'], queryFn: () => answer(api.GET('/api/v1/keys')), enabled: can('listKeys') });
  const known = [...(team.data?.people ?? []).map((p) => ({ value: p.account, label: p.name })), ...(keys.data ?? []).map((k) => ({ value: k.account, label: k.label }))];
  return chosen && !known.some((k) => k.value === chosen) ? [...known, { value: chosen, label: chosen }] : known;
}

function Result({ status, txId }: { status: number; txId?: string }) {
  const { t } = useTranslation('settings');
  if (status === 202 && !txId) return <StatusTag tone="none">{t('resultBegun')}</StatusTag>; // work that goes on by itself
  if (status === 0 || status === 202) return <StatusTag tone="none">{t('resultUnknown')}</StatusTag>;
  return status < 400 ? <StatusTag tone="good">{t('resultDone')}</StatusTag> : <StatusTag tone="bad">{t('resultRefused')}</StatusTag>;
}
