import { useQuery } from '@tanstack/react-query';
import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { useMe } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { watches } from '@/areas/platform/SubNav';
import { Id } from '@/ui/Id';
import { Page, Section } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { ProblemNote } from '@/ui/Problem';
import { Deadline, Time } from '@/ui/Time';
import { CaseDecision, CaseReply, CaseWithdrawal } from './CaseSteps';
import { CaseStatus } from './CaseStatus';
import { LotLines } from './LotLines';

// A case: what did not fit, who has to act until when, what each side and the platform said.
export function Component() {
  const { t } = useTranslation('custody');
  const { id = '' } = useParams();
  const { role } = useMe();
  const found = useQuery({ queryKey: ['cases', id], retry: false, queryFn: () => answer(api.GET('/api/v1/cases/{id}', { params: { path: { id } } })) });
  const c = found.data;
  return (
    <Page title={c ? t(`cause.${c.cause}`) : id} crumbs={[...(watches(role) ? [] : [{ title: t('title'), to: '/custody' }]), { title: t('cases.title'), to: '/custody/cases' }]}>
      <ProblemNote error={found.error} retry={() => void found.refetch()} />
      {found.isPending && <Waiting />}
      {c && <><Facts of={c} /><Said of={c} /><CaseReply of={c} /><CaseDecision of={c} /><CaseWithdrawal of={c} /></>}
    </Page>
  );
}

function Facts({ of: c }: { of: Schemas['Case'] }) {
  const { t } = useTranslation('custody');
  return (
    <Section title={t('cases.facts')}>
      <Descriptions column={{ xs: 1, md: 2 }} items={[
        { key: 'id', label: t('cases.id'), children: <Id value={c.id} /> },
        { key: 'status', label: t('shipment.state'), children: <CaseStatus of={c} /> },
        { key: 'opener', label: t('cases.opener'), children: <PartyName id={c.opener} /> },
        ...(c.with ? [{ key: 'with', label: t('cases.with'), children: <PartyName id={c.with} /> }] : []),
        { key: 'fix', label: t('cases.fix'), children: t(`fix.${c.fix}`) },
        { key: 'opened', label: t('cases.openedAt'), children: <Time at={c.openedAt} /> },
        ...(c.owner ? [{ key: 'owner', label: t('cases.owner'), children: <PartyName id={c.owner} /> }, { key: 'due', label: t('cases.due'), children: <Deadline at={c.nextDue} /> }] : []),
        ...(c.shipment ? [{ key: 'shipment', label: t('shipment.id'), children: <Link to={`/custody/shipments/${c.shipment}`}>{c.shipment}</Link> }] : []),
        ...(c.code ? [{ key: 'code', label: t('cases.code'), children: <span className="id">{c.code}</span> }] : []),
      ]} />
      {c.lines && <LotLines lines={c.lines} />}
    </Section>
  );
}

function Said({ of: c }: { of: Schemas['Case'] }) {
  const { t } = useTranslation('custody');
  const all = [
    c.note && { title: t('cases.note'), text: c.note, at: c.openedAt },
    c.answer && { title: t(c.answer.accept ? 'cases.accepted' : 'cases.disputed'), text: c.answer.note, at: c.answer.at },
    c.decision && { title: t(`caseOutcome.${c.decision.outcome}`), text: c.decision.note, at: c.decision.at },
  ].filter((s) => !!s);
  return <>{all.map((s) => (
    <Section key={s.title} title={s.title} actions={<span className="quiet"><Time at={s.at} /></span>}>
      {s.text && <p className="hairline" style={{ padding: 16, margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{s.text}</p>}
    </Section>))}</>;
}
