import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { figure } from '@/app/figure';
import { batchPath } from '@/areas/goods/paths';
import { DataTable } from '@/ui/DataTable';
import { Download } from '@/ui/Download';
import { Empty } from '@/ui/Empty';
import { JobActions } from '@/ui/JobActions';
import { paging } from '@/ui/listState';
import { StatusTag, type Tone } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';

type Job = Schemas['Job'];
type JobSort = NonNullable<operations['listJobs']['parameters']['query']>['sort'];

const tones: Record<Job['status'], Tone> = { queued: 'none', running: 'wait', done: 'good', failed: 'bad', cancelled: 'none' };

// JobList is the party's long work on labels, the newest first; it looks again by itself.
export function JobList() {
  const { t } = useTranslation('labels');
  const { t: c } = useTranslation();
  return (
    <DataTable<Job> name={t('jobs')} queryKey={['jobs', 'labels']} rowKey={(j) => j.id} refetchInterval={3000}
      list={(p) => answer(api.GET('/api/v1/jobs', { params: { query: { ...paging(p), kind: 'labels', sort: p.sort as JobSort, status: p.status as Job['status'] | undefined } } }))}
      search={t('searchJobs')} views="jobs"
      filters={[{ name: 'status', label: t('status'), options: (['queued', 'running', 'done', 'failed', 'cancelled'] as const).map((s) => ({ value: s, label: c(`job.${s}`) })) }]}
      columns={[
        { key: 'what', title: t('jobWhat'), render: (j) => j.labels && <Link to={batchPath(j.labels)} className="id">{j.labels.lot}</Link> },
        { key: 'format', title: t('format'), render: (j) => j.labels?.format.toUpperCase() ?? '' },
        { key: 'count', title: t('count'), sort: 'total', align: 'right', render: (j) => <span className="figure">{j.status === 'running' ? `${figure(j.done)} / ${figure(j.total)}` : figure(j.total)}</span> },
        { key: 'status', title: t('status'), render: (j) => <><StatusTag tone={tones[j.status]}>{c(`job.${j.status}`)}</StatusTag>{j.problem && <div className="quiet">{j.problem.title}{j.problem.detail && ` ${j.problem.detail}`}</div>}{j.fileUntil && <div className="quiet">{c(j.file ? 'job.until' : 'job.gone')} <Time at={j.fileUntil} /></div>}</> },
        { key: 'at', title: t('at'), sort: 'createdAt', render: (j) => <Time at={j.createdAt} /> },
      ]}
      rowActions={(j) => (
        <Flex gap={8} wrap justify="end" align="center">
          {j.file ? <Download size="small" href={j.file} large>{t('download')}</Download> : (j.status === 'queued' || j.status === 'running') && <Link to={`/labels?job=${j.id}`}>{t('follow')}</Link>}
          <JobActions job={j} size="small" />
        </Flex>
      )}
      empty={<Empty main>{t('noJobs')}</Empty>} />
  );
}
