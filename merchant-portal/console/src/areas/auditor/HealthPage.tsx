import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { figure } from '@/app/figure';
import { Page, Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag, type Tone } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { Sideways } from '@/ui/Sideways';

type Peer = Schemas['PeerState'];
const tones: Record<Peer['agreement'], Tone> = { agrees: 'good', differs: 'bad', other_height: 'wait', unknown: 'none' };

// HealthPage tells how far every copy of the ledger is, and whether what people read here is what a rebuild gives.
export function Component() {
  const { t } = useTranslation('auditor');
  const { t: c } = useTranslation();
  const health = useQuery({ queryKey: ['ledger', 'health'], queryFn: () => answer(api.GET('/api/v1/ledger/health')), refetchInterval: 15_000 });
  const h = health.data;
  return (
    <Page title={t('health.title')} crumbs={[{ title: t('title'), to: '/auditor' }]} help={t('health.help')} actions={<Button loading={health.isFetching} onClick={() => void health.refetch()}>{t('health.again')}</Button>}>
      <ProblemNote error={health.error} retry={() => void health.refetch()} />
      <Section title={t('health.peers')}>
        <Sideways label={t('health.peers')}><Table<Peer> size="middle" loading={health.isPending} pagination={false} rowKey="msp" dataSource={h?.peers ?? []} columns={[
          { title: t('health.organisation'), render: (_, p) => <>{c(`role.${p.organization as 'platform'}`, p.organization)} <span className="quiet">{p.msp}</span></> },
          { title: t('health.height'), align: 'right', render: (_, p) => <span className="figure">{p.answers ? figure(p.height ?? 0) : '—'}</span> },
          { title: t('health.agreement'), render: (_, p) => <StatusTag tone={tones[p.agreement]}>{t(`health.${p.agreement}`)}</StatusTag> },
          { title: t('health.took'), align: 'right', render: (_, p) => <span className="figure">{p.milliseconds} ms</span> },
        ]} /></Sideways>
      </Section>
      {h && <Section title={t('health.model')}>
        <Descriptions column={1} size="small" bordered items={[
          { key: 'blocks', label: t('health.height'), children: <span className="figure">{figure(h.blocks)}</span> },
          { key: 'lag', label: t('health.lag'), children: <StatusTag tone={h.halted ? 'bad' : h.lag > 0 ? 'wait' : 'good'}>{h.halted || t('health.behind', { count: h.lag })}</StatusTag> },
          { key: 'checked', label: t('health.level'), children: <Time at={h.checkedAt} /> },
          { key: 'reconciliation', label: t('health.reconciliation'), children: h.reconciliation
            ? <><StatusTag tone={h.reconciliation.equal ? 'good' : 'bad'}>{t(h.reconciliation.equal ? 'health.equal' : 'health.unequal', { blocks: h.reconciliation.blocks })}</StatusTag> <Time at={h.reconciliation.at} /></>
            : <span className="quiet">{t('health.never')}</span> },
        ]} />
      </Section>}
    </Page>
  );
}
