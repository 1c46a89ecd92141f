import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { useCan } from '@/app/session';
import { useSay } from './Problem';

type Job = Schemas['Job'];

// JobActions stops label work that is under way, and has it made again where there is no file. Each may be pressed twice.
export function JobActions({ job, size }: { job: Job; size?: 'small' }) {
  const { t } = useTranslation();
  const can = useCan();
  const { message } = App.useApp();
  const say = useSay();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const run = async (path: '/api/v1/jobs/{id}/cancellation' | '/api/v1/jobs/{id}/repetition') => {
    setBusy(true);
    try {
      await answer(api.POST(path, { params: { path: { id: job.id } } }));
      await queries.invalidateQueries({ queryKey: ['jobs'] });
    } catch (e) {
      const { title, detail } = say(e);
      void message.error(`${title} ${detail}`);
    } finally {
      setBusy(false);
    }
  };
  if (job.kind !== 'labels' || !can('cancelJob') || job.file) return null;
  if (job.status !== 'queued' && job.status !== 'running') return <Button size={size} loading={busy} onClick={() => void run('/api/v1/jobs/{id}/repetition')}>{t('job.again')}</Button>;
  return (
    <Popconfirm title={t('job.cancelSure')} description={t('job.cancelWhy')} okText={t('job.cancel')} onConfirm={() => run('/api/v1/jobs/{id}/cancellation')}>
      <Button size={size} loading={busy}>{t('job.cancel')}</Button>
    </Popconfirm>
  );
}
