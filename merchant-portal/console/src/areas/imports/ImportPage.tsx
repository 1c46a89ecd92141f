import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Flex, Progress, Skeleton, Tabs } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { api } from '@/api/client';
import { figure } from '@/app/figure';
import { Download } from '@/ui/Download';
import { Page } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { importQuery, isOver } from './calls';
import { GoodRows } from './GoodRows';
import { type Mending, RefusedRows } from './RefusedRows';

// Component is one import: how far it is, its rows that are wrong, to be mended in place, and those that are right. It
// can be left and found again by its address.
export function Component() {
  const { t } = useTranslation('imports');
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const { data: v, error, refetch, isPending } = useQuery(importQuery(id));
  const over = isOver(v);
  useEffect(() => { if (over) void queries.invalidateQueries({ queryKey: ['imports', id, 'rows'] }); }, [over, id, queries]);
  const register = useLedgerWrite('registerImport', {
    send: (_: { registration: string }, key) => api.POST('/api/v1/imports/{id}/registration', { params: { path: { id }, header: key } }),
    refresh: [['imports', id], ['products'], ['batches']],
  });
  const [mending, setMending] = useState<Mending>('no');
  const tab = search.get('tab') === 'good' || (v && v.refused === 0) ? 'good' : 'refused';
  return (
    <Page title={t(v ? `titles.${v.kind}` : 'title')} name={t('title')} crumbs={[{ title: t('title'), to: '/imports' }]}>
      <ProblemNote error={error} retry={() => void refetch()} />
      {isPending && <Skeleton active />}
      {v && <>
        {!over && <div aria-live="polite" style={{ marginBottom: 16 }}>
          <Progress percent={v.total > 0 ? Math.floor((100 * v.done) / v.total) : 0} status="active" aria-label={t('progress')} />
          <span className="quiet figure">{t(v.dryRun ? 'checking' : 'registering', { done: v.done, total: v.total })} {t('leave')}</span>
        </div>}
        {v.status === 'failed' && <Alert type="error" showIcon role="alert" style={{ marginBottom: 16 }} title={t('failed')} description={<>{v.error} {t('failedWhy')}</>} />}
        {over && v.status === 'done' && <Alert role="status" showIcon style={{ marginBottom: 16 }} type={v.refused > 0 ? 'warning' : 'success'}
          title={t(v.dryRun ? 'checked' : 'registered', { good: figure(v.good), refused: figure(v.refused) })}
          description={v.dryRun ? t('nothingWritten') : v.refused > 0 ? t('mendRest') : <Link to={v.kind === 'products' ? '/goods?sort=-registeredAt' : '/batches?sort=-registeredAt'}>{t('see')}</Link>} />}
        {over && v.dryRun && v.good > 0 && <div style={{ maxWidth: 640 }}><WillStand stands={register.stands} values={{ count: v.good }} /></div>}
        {over && v.dryRun && v.good > 0 && <Flex gap={12} wrap align="center" style={{ marginBottom: 24 }}>
          <WriteButton write={register} disabled={mending !== 'no'} onClick={() => void register.run({ registration: id })}>{t('register', { count: v.good })}</WriteButton>
          {v.refused > 0 && <span className="quiet" role="status">{mending === 'no' ? t('restLater', { count: v.refused }) : t(`mending.${mending}`)}</span>}
        </Flex>}
        <WriteNote write={register} />
        {over && v.refused > 0 && <div style={{ marginBottom: 8 }}><Download href={`/api/v1/imports/${id}/refused?format=xlsx`}>{t('refusedFile')}</Download></div>}
        {over && <Tabs activeKey={tab} onChange={(key) => setSearch((old) => { const now = new URLSearchParams(old); now.set('tab', key); now.delete('after'); return now; })} destroyOnHidden
          items={[
            ...(v.refused > 0 ? [{ key: 'refused', label: t('refusedTab', { count: v.refused }), children: <RefusedRows id={id} kind={v.kind} trial={v.dryRun} onMending={setMending} /> }] : []),
            { key: 'good', label: t('goodTab', { count: v.good }), children: <GoodRows id={id} kind={v.kind} /> },
          ]} />}
      </>}
    </Page>
  );
}
