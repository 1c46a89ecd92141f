import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '@/api/client';
import { Waiting } from '@/app/Waiting';
import { Empty } from '@/ui/Empty';
import { Page, Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag } from '@/ui/StatusTag';
import { Day } from './Day';
import { SubNav } from './SubNav';
import { say, useDue, type Standing } from './words';

type Entry = { party: Standing; due: Standing['dues'][number] };

// byMonth puts what is due into the month in which it is, what is overdue before everything.
function byMonth(parties: Standing[], until: string): [string, Entry[]][] {
  const months = new Map<string, Entry[]>();
  for (const party of parties) {
    for (const due of party.dues) {
      if (due.on > until) continue;
      const month = due.overdue ? '' : due.on.slice(0, 7);
      months.set(month, [...(months.get(month) ?? []), { party, due }]);
    }
  }
  for (const entries of months.values()) entries.sort((a, b) => a.due.on.localeCompare(b.due.on));
  return [...months].sort(([a], [b]) => a.localeCompare(b));
}

// CalendarPage shows what is overdue and what ends within the next half year: checks, corrective actions, licences.
export function Component() {
  const { t } = useTranslation('platform');
  const dueOf = useDue();
  const until = dayjs().add(180, 'day').format('YYYY-MM-DD');
  const list = useInfiniteQuery({
    queryKey: ['standings', 'calendar', until],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => answer(api.GET('/api/v1/standings', { params: { query: { until, after: pageParam, limit: 200 } } })),
    getNextPageParam: (page) => page.next,
  });
  const months = byMonth(list.data?.pages.flatMap((p) => p.items) ?? [], until);
  return (
    <Page title={t('calendar.title')} help={t('calendar.help')}>
      <SubNav of="parties" />
      <ProblemNote error={list.error} retry={() => void list.refetch()} />
      {list.isPending && <Waiting />}
      {list.isSuccess && months.length === 0 && <Empty>{t('calendar.none')}</Empty>}
      {months.map(([month, entries]) => (
        <Section key={month} title={month ? t('calendar.month', { year: month.slice(0, 4), month: Number(month.slice(5)), count: entries.length })
          : <StatusTag tone="bad">{t('calendar.overdue', { count: entries.length })}</StatusTag>}>
          <ul className="card-list">{entries.map(({ party, due }) => (
            <li key={party.party + due.kind + due.on + due.number} className="hairline" style={{ display: 'flex', gap: 16, flexWrap: 'wrap' }}>
              <span style={{ minWidth: 190 }}><Day on={due.on} /></span>
              <Link to={`/platform/parties/${party.party}`}>{say(party.name)}</Link>
              <span className="quiet">{dueOf(due)}</span>
            </li>
          ))}</ul>
        </Section>
      ))}
      {list.hasNextPage && <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('calendar.more')}</Button>}
    </Page>
  );
}
