import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Popconfirm, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { Empty } from '@/ui/Empty';
import { Page } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { useKinds } from './useKinds';
import { WebhookFault } from './WebhookFault';
import { WebhookForm } from './WebhookForm';

// WebhooksPage is for owners: the addresses at which the party's own systems are told what its inbox says.
export function Component() {
  const { t } = useTranslation('settings');
  const hooks = useQuery({ queryKey: ['webhooks'], queryFn: () => answer(api.GET('/api/v1/webhooks')) });
  const [adding, setAdding] = useState(false);
  return (
    <Page title={t('webhooks')} help={t('webhooksHelp')} main={{ does: t('webhookNew'), onAction: () => setAdding(true) }}>
      <ProblemNote error={hooks.error} retry={() => void hooks.refetch()} />
      {hooks.isPending && <Skeleton active />}
      {hooks.data?.length === 0 && <Empty main>{t('webhooksNone')}</Empty>}
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>{hooks.data?.map((h) => <Line key={h.id} hook={h} />)}</ul>
      {adding && <WebhookForm onDone={() => setAdding(false)} />}
    </Page>
  );
}

function Line({ hook }: { hook: Schemas['Webhook'] }) {
  const { t } = useTranslation('settings');
  const kinds = useKinds();
  const queries = useQueryClient();
  const params = { path: { id: hook.id } };
  const trial = useMutation({ mutationFn: () => answer(api.POST('/api/v1/webhooks/{id}/trial', { params })) });
  const end = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/webhooks/{id}', { params })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['webhooks'] }),
  });
  return (
    <li style={{ padding: '12px 0', borderBottom: '1px solid var(--hairline)' }}>
      <ProblemNote error={trial.error ?? end.error} />
      <Flex justify="space-between" align="center" wrap gap={12}>
        <span style={{ minWidth: 0 }}>
          <Link to={`/settings/webhooks/${hook.id}`} className="id" style={{ overflowWrap: 'anywhere' }}>{hook.url}</Link><br />
          <span className="quiet">{hook.events.length ? hook.events.map(kinds).join(' · ') : t('webhookAll')} · <Time at={hook.createdAt} /></span>
        </span>
        <Flex gap={4} wrap>
          <Button loading={trial.isPending} onClick={() => trial.mutate()}>{t('webhookTry')}</Button>
          <Link to={`/settings/webhooks/${hook.id}`}><Button type="text" tabIndex={-1}>{t('deliveries')}</Button></Link>
          <Popconfirm title={t('webhookEndWhy')} okText={t('webhookEnd')} onConfirm={() => end.mutate()}>
            <Button type="text" danger loading={end.isPending}>{t('webhookEnd')}</Button>
          </Popconfirm>
        </Flex>
      </Flex>
      <div role="status">{trial.data && <Trial trial={trial.data} />}</div>
    </li>
  );
}

function Trial({ trial }: { trial: Schemas['WebhookTrial'] }) {
  const { t } = useTranslation('settings');
  if (trial.arrived) return <StatusTag tone="good">{t('webhookArrived', { answer: trial.answer })}</StatusTag>;
  return (
    <>
      <StatusTag tone="bad">{t('webhookNotArrived')}</StatusTag>{' '}
      <span className="quiet"><WebhookFault status={trial.answer} error={trial.error} /></span>
    </>
  );
}
