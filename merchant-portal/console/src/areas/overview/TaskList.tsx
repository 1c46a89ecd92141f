import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { figure } from '@/app/figure';
import { language } from '@/app/language';
import { StatusTag, type Tone } from '@/ui/StatusTag';
import { Subject } from '@/areas/messages/Subject';
import { aboutOf } from '@/areas/messages/about';
import { usePartyName } from '@/ui/PartyName';
import { said } from '@/ui/said';
import { Deadline, Time } from '@/ui/Time';
import { pathOf, restOf } from './paths';

type Group = Schemas['TaskGroup'];
type Task = Schemas['Task'];

const urgent: readonly Task['kind'][] = ['recall_acknowledge', 'lapse', 'alert'];

// toneOf tells how pressing a task is: overdue or stopping work, soon due, or when there is time.
function toneOf(task: Task): Tone {
  if (urgent.includes(task.kind) || (task.due && dayjs(task.due).isBefore(dayjs()))) return 'bad';
  return task.due || task.kind.startsWith('complaint') ? 'wait' : 'none';
}

// alike puts messages together that say the same of the same thing: the newest, and how many they are.
function alike(tasks: Task[]): [Task, number][] {
  const said = new Map<string, [Task, number]>();
  for (const task of tasks) {
    const key = task.notice ? `${task.notice.title['zh-CN']} ${aboutOf(task.notice)}` : `${task.subject} ${task.gtin ?? ''}`;
    const first = said.get(key);
    if (first) first[1]++;
    else said.set(key, [task, 1]);
  }
  return [...said.values()];
}

// TaskList is what needs somebody today: by kind, the most urgent first, each line a link to the thing to do.
export function TaskList({ groups }: { groups: Group[] }) {
  const { t } = useTranslation('overview');
  if (groups.length === 0) return <p className="quiet hairline" style={{ padding: 24, margin: 0 }}>{t('nothing')}</p>;
  return (
    <div className="task-groups">
      {groups.map((g) => (
        <section key={g.kind} className="hairline">
          <header>
            <h2>{t(`kind.${g.kind}`)}</h2>
            <Link to={restOf(g.kind)} className="figure" aria-label={t('all', { kind: t(`kind.${g.kind}`), count: g.count })}>{figure(g.count)}</Link>
          </header>
          <ul>{alike(g.tasks).map(([task, times]) => <Line key={task.subject + (task.gtin ?? '')} task={task} times={times} />)}</ul>
        </section>
      ))}
    </div>
  );
}

function Line({ task, times }: { task: Task; times: number }) {
  return (
    <li>
      <Link to={pathOf(task)}><StatusTag tone={toneOf(task)}><span style={{ color: 'var(--ink)', whiteSpace: 'normal', overflowWrap: 'anywhere' }}><What task={task} />{times > 1 && ` × ${figure(times)}`}</span></StatusTag></Link>
      <span className="quiet">{task.due ? <Deadline at={task.due} /> : <Time at={task.at} />}</span>
    </li>
  );
}

// What says what a task is about, as shortly as the reader needs to know it again.
function What({ task }: { task: Task }) {
  const { t } = useTranslation('overview');
  const party = usePartyName(task.party);
  const name = task.name?.[language()] || task.name?.['zh-CN'];
  if (task.notice) return <>{said(task.notice.title)} · <Subject notice={task.notice} /></>;
  if (task.kind === 'job') return t(`job.${task.detail?.startsWith('label') ? 'labels' : 'import'}`, { state: t(task.detail?.endsWith('failed') ? 'job.failed' : 'job.running') });
  if (task.kind === 'lapse' || task.kind === 'ending') return task.detail === 'check' ? t('check') : `${task.detail} ${task.subject}`;
  if (task.kind === 'report') return task.detail;
  if (task.kind === 'application') return `${task.detail ?? ''} ${task.subject}`;
  if (task.kind === 'receive') return t('from', { party, id: task.detail || task.subject });
  if (task.kind === 'under_way') return t('to', { party, id: task.detail || task.subject });
  if (task.kind === 'amendment') return t('from', { party, id: task.detail || task.subject });
  if (task.kind === 'case_answer' || task.kind === 'case_decide') return t('from', { party, id: t(`cause.${task.detail as Schemas['CaseCause']}`) });
  if (task.kind === 'alert') return [name || task.gtin, task.lot].filter(Boolean).join(' · ');
  return [name, task.lot, task.lot === task.subject ? '' : task.subject].filter(Boolean).join(' · ');
}
