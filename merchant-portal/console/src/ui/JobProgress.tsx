import { useQuery } from '@tanstack/react-query';
import { Flex, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { Download } from './Download';
import { JobActions } from './JobActions';
import { ProblemNote } from './Problem';
import { Time } from './Time';

// jobQuery reads a job, again and again while it runs.
export const jobQuery = (id: string) => ({
  queryKey: ['jobs', id],
  queryFn: () => answer(api.GET('/api/v1/jobs/{id}', { params: { path: { id } } })),
  refetchInterval: (query: { state: { data?: Schemas['Job'] } }) => (['done', 'failed', 'cancelled'].includes(query.state.data?.status ?? '') ? false : 1000),
});

// JobProgress shows how far a long job is, and its file once it is there. The page can be left meanwhile.
export function JobProgress({ id }: { id: string }) {
  const { t } = useTranslation();
  const job = useQuery(jobQuery(id));
  if (job.error) return <ProblemNote error={job.error} retry={() => void job.refetch()} />;
  if (!job.data) return <Progress percent={0} />;
  const { status, done, total, file, fileUntil, error, problem } = job.data;
  const over = ['done', 'failed', 'cancelled'].includes(status);
  const percent = total > 0 ? Math.floor((100 * done) / total) : status === 'done' ? 100 : 0;
  return (
    <Flex vertical gap={8} aria-live="polite">
      <Progress percent={percent} status={status === 'done' ? 'success' : over ? 'exception' : 'active'} aria-label={t(`job.${status}`)} />
      <span className="quiet figure">{t(`job.${status}`)} · {t('job.count', { done, total })}</span>
      {error && <span style={{ color: over ? 'var(--red)' : 'var(--amber)' }}>{problem ? [problem.title, problem.detail].filter(Boolean).join(' ') : error}</span>}
      {!over && <span className="quiet">{t('job.leave')}</span>}
      {fileUntil && <span className="quiet">{t(file ? 'job.until' : 'job.gone')} <Time at={fileUntil} /></span>}
      <Flex gap={8} wrap>{file && <Download type="primary" href={file} large>{t('job.file')}</Download>}<JobActions job={job.data} /></Flex>
    </Flex>
  );
}
