import { useQuery } from '@tanstack/react-query';
import { Flex, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { useCan } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { Page, Section } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { Picture } from '@/ui/Picture';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag } from '@/ui/StatusTag';
import { Moment } from '@/ui/Time';
import { AlertDecision } from './AlertDecision';
import { SubNav } from './SubNav';
import { alertTones, say } from './words';

// AlertPage shows why a unit's code may have been copied: the reasons, the scans on a map, and where the unit was meanwhile.
export function Component() {
  const { t } = useTranslation('platform');
  const can = useCan();
  const { id = '' } = useParams();
  const alert = useQuery({ queryKey: ['alerts', id], queryFn: () => answer(api.GET('/api/v1/alerts/{id}', { params: { path: { id } } })) });
  const a = alert.data;
  return (
    <Page title={a ? say(a.product) : id} crumbs={[{ title: t('alerts.title'), to: '/platform/watch' }]}>
      <SubNav of="watch" />
      <ProblemNote error={alert.error} retry={() => void alert.refetch()} />
      {alert.isPending && <Waiting />}
      {a && <>
        <Flex gap={24} wrap style={{ marginBottom: 16 }}>
          <StatusTag tone={alertTones[a.status]}>{t(`alert.${a.status}`)}</StatusTag>
          <span>{t('alerts.risk')} <span className="figure">{Math.round(a.risk * 100)}%</span></span>
          <span className="id"><Link to={`/auditor/batches/${a.gtin}/${encodeURIComponent(a.lot)}?serial=${a.serial}`}>{a.lot} · {a.serial}</Link></span>
          <span className="quiet"><PartyName id={a.producer} /></span>
        </Flex>
        <Section title={t('alerts.why')}>
          {a.reasons.length === 0 && <p className="quiet">{t('alerts.explained')}</p>}
          {a.reasons.map((r) => <div key={r.code}><p style={{ marginBottom: 4 }}>{say(r.text)}</p><ul style={{ paddingLeft: 18 }}>{r.signs.map((s) => <li key={s.sign}>{say(s.text)}</li>)}</ul></div>)}
        </Section>
        <Section title={t('alerts.map')}>
          <Picture href={`/api/v1/alerts/${id}/map`} alt={t('alerts.mapAlt', { count: a.scans.length })} width="min(100%, 720px)" className="hairline" style={{ background: '#fff' }} />
        </Section>
        {can('decideAlert') && <Section title={t('decide.title')}><AlertDecision alert={a} /></Section>}
        <Section title={t('alerts.scans')}>
          <Table<Schemas['AlertScan']> size="small" rowKey={(s) => s.at + s.device + s.kind} dataSource={a.scans} pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }} columns={[
            { title: t('alerts.at'), render: (_, s) => <Moment at={s.at} /> },
            { title: t('alerts.what'), render: (_, s) => t(`scan.${s.kind}`) },
            { title: t('alerts.city'), render: (_, s) => s.city ?? '—' },
            { title: t('alerts.device'), dataIndex: 'device' },
          ]} />
        </Section>
        {a.decisions.length > 0 && <Section title={t('party.history')}>
          <ul className="card-list">{a.decisions.map((d) => <li key={d.at} className="hairline"><span className="quiet"><Moment at={d.at} /></span> {t(`alertOutcome.${d.outcome}`)} · {d.note}{d.account && <span className="quiet"> · {d.account}</span>}</li>)}</ul>
        </Section>}
      </>}
    </Page>
  );
}
