import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { figure } from '@/app/figure';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { StatusTag } from '@/ui/StatusTag';
import { joined } from '@/ui/said';
import { Day } from './Day';
import { SubNav } from './SubNav';
import { say, standingTones, useDue, type Standing } from './words';

type StandingSort = NonNullable<operations['listStandings']['parameters']['query']>['sort'];
const standings = ['applied', 'qualified', 'lapsed', 'suspended', 'revoked'] as const;
const roles = ['producer', 'distributor', 'seller', 'inspector', 'auditor', 'platform'] as const;

// StandingsPage lists how every party stands today, whoever lapses next first.
export function Component() {
  const { t } = useTranslation('platform');
  const { t: c } = useTranslation();
  const dueOf = useDue();
  return (
    <Page title={t('standings.title')} help={t('standings.help')}>
      <SubNav of="parties" />
      <DataTable<Standing>
        name={t('standings.title')} queryKey={['standings']} rowKey={(p) => p.party} search={t('standings.search')} views="parties"
        list={(p) => answer(api.GET('/api/v1/standings', { params: { query: { ...paging(p), sort: p.sort as StandingSort, overdue: p.overdue === 'true' || undefined,
          standing: p.standing as Standing['standing'], role: p.role as 'seller' } } }))}
        filters={[
          { name: 'standing', label: t('standings.standing'), options: standings.map((s) => ({ value: s, label: t(`standing.${s}`) })) },
          { name: 'role', label: t('standings.role'), options: roles.map((r) => ({ value: r, label: c(`role.${r}`) })) },
          { name: 'overdue', label: t('standings.overdue'), options: [{ value: 'true', label: t('standings.overdueOnly') }] },
        ]}
        columns={[
          { key: 'party', title: t('standings.party'), sort: 'name', render: (p) => <>{say(p.name)}<div><Id value={p.party} to={`/platform/parties/${p.party}`} /></div></> },
          { key: 'roles', title: t('standings.role'), render: (p) => joined(p.roles.map((r) => c(`role.${r}`))) },
          { key: 'standing', title: t('standings.standing'), render: (p) => <StatusTag tone={standingTones[p.standing]}>{t(`standing.${p.standing}`)}</StatusTag> },
          { key: 'score', title: t('standings.score'), align: 'right', render: (p) => <span className="figure">{p.score}</span> },
          { key: 'lapses', title: t('standings.lapses'), sort: 'lapsesOn', render: (p) => <Day on={p.lapsesOn} /> },
          { key: 'due', title: t('standings.next'), render: (p) => (p.dues[0] ? <span style={{ display: 'block', maxWidth: 180, whiteSpace: 'normal' }}>{dueOf(p.dues[0])}</span> : '—') },
          { key: 'check', title: t('standings.check'), render: (p) => <Day on={p.nextCheckDue} /> },
          { key: 'pending', title: t('standings.complaints'), align: 'right', render: (p) => <span className="figure">{figure(p.complaints.pending ?? 0)}</span> },
        ]}
        empty={<Empty>{t('standings.none')}</Empty>}
      />
    </Page>
  );
}
