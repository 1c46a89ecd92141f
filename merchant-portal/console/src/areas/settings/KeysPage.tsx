import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Popconfirm, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { Empty } from '@/ui/Empty';
import { Page } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { KeyForm } from './KeyForm';

// KeysPage is for owners: the keys that programs of the party call with.
export function Component() {
  const { t } = useTranslation('settings');
  const keys = useQuery({ queryKey: ['keys'], queryFn: () => answer(api.GET('/api/v1/keys')) });
  const [making, setMaking] = useState(false);
  return (
    <Page title={t('keys')} help={t('keysHelp')} main={{ does: t('keyNew'), onAction: () => setMaking(true) }}>
      <ProblemNote error={keys.error} retry={() => void keys.refetch()} />
      {keys.isPending && <Skeleton active />}
      {keys.data?.length === 0 && <Empty main>{t('keysNone')}</Empty>}
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>{keys.data?.map((k) => <Line key={k.account} apiKey={k} />)}</ul>
      {making && <KeyForm onDone={() => setMaking(false)} />}
    </Page>
  );
}

function Line({ apiKey: k }: { apiKey: Schemas['ApiKey'] }) {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/keys/{account}', { params: { path: { account: k.account } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  });
  return (
    <li style={{ padding: '12px 0', borderBottom: '1px solid var(--hairline)' }}>
      <ProblemNote error={revoke.error} />
      <Flex justify="space-between" align="center" wrap gap={12}>
        <span>
          <strong style={{ fontWeight: 600 }}>{k.label}</strong> <span className="quiet">{t(`duty.${k.duty}`)}</span><br />
          <span className="quiet">{t('madeBy', { who: k.madeBy })} <Time at={k.createdAt} /> · {k.lastUsedAt ? <>{t('lastUsed')} <Time at={k.lastUsedAt} /></> : t('neverUsed')}</span>
        </span>
        {k.revokedAt ? <StatusTag tone="none">{t('revoked')}</StatusTag> : (
          <Popconfirm title={t('revokeWhy', { label: k.label })} okText={t('revoke')} onConfirm={() => revoke.mutate()}>
            <Button type="text" danger loading={revoke.isPending}>{t('revoke')}</Button>
          </Popconfirm>
        )}
      </Flex>
    </li>
  );
}
