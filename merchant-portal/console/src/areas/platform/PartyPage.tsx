import { useQuery } from '@tanstack/react-query';
import { Descriptions, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { answer, api } from '@/api/client';
import { useCan } from '@/app/session';
import { Id } from '@/ui/Id';
import { Page, Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag } from '@/ui/StatusTag';
import { Moment } from '@/ui/Time';
import { joined } from '@/ui/said';
import { Checks } from './Checks';
import { Day } from './Day';
import { Papers } from './Papers';
import { ReviewForm } from './ReviewForm';
import { StatusButtons } from './StatusButtons';
import { SubNav } from './SubNav';
import { say, standingTones } from './words';

// PartyPage is everything that an officer decides about a party by: its application with the documents, how it stands and why, its checks.
export function Component() {
  const { t } = useTranslation('platform');
  const { t: c } = useTranslation();
  const can = useCan();
  const { id = '' } = useParams();
  const path = { params: { path: { id } } };
  const party = useQuery({ queryKey: ['parties', id], queryFn: () => answer(api.GET('/api/v1/parties/{id}', path)) });
  const standing = useQuery({ queryKey: ['parties', id, 'standing'], queryFn: () => answer(api.GET('/api/v1/parties/{id}/standing', path)) });
  const p = party.data;
  const s = standing.data;
  const applied = p?.application?.status === 'submitted' ? p.application : undefined;
  return (
    <Page title={p ? say(p.name) : id} crumbs={[{ title: t('standings.title'), to: '/platform/parties' }]}
      actions={p && can('setPartyStatus') && p.status !== 'revoked' && <StatusButtons party={p} />}>
      <SubNav of="parties" />
      <ProblemNote error={party.error ?? standing.error} retry={() => { void party.refetch(); void standing.refetch(); }} />
      {applied && <Section title={t('party.application')}>
        {applied.note && <p>{applied.note}</p>}
        <Papers party={id} licences={applied.licences ?? []} authorisations={applied.authorisations ?? []} prefixes={applied.prefixes ?? []} />
        {can('reviewApplication') && <ReviewForm id={id} />}
      </Section>}
      {p && s && <Section title={t('party.standing')}>
        <Descriptions bordered size="small" column={{ xs: 1, md: 2 }} items={[
          { key: 'id', label: t('party.id'), children: <Id value={p.id} /> },
          { key: 'roles', label: t('standings.role'), children: joined(p.roles.map((r) => c(`role.${r}`))) },
          { key: 'standing', label: t('standings.standing'), children: <StatusTag tone={standingTones[s.standing]}>{t(`standing.${s.standing}`)}</StatusTag> },
          { key: 'score', label: t('standings.score'), children: <span className="figure">{s.score.points}</span> },
          { key: 'reason', label: t('party.reason'), children: s.reason || '—' },
          { key: 'check', label: t('standings.check'), children: <Day on={s.nextCheckDue} /> },
        ]} />
        {s.score.points < 100 && <ul style={{ paddingLeft: 18 }}>{s.score.parts.filter((x) => x.points > 0).map((x) => <li key={x.deduction}>{t(`deduction.${x.deduction}`)} <span className="figure">× {x.count} · −{x.points}</span></li>)}</ul>}
      </Section>}
      {p && <Section title={t('party.papers')}><Papers party={id} licences={p.licences ?? []} authorisations={p.authorisations ?? []} prefixes={p.prefixes ?? []} /></Section>}
      {p && <Checks party={p} />}
      {s && s.history.length > 0 && <Section title={t('party.history')}>
        <ul className="card-list">{s.history.toReversed().map((h) => <li key={h.at} className="hairline">
          <Flex gap={12} wrap><span className="quiet"><Moment at={h.at} /></span><StatusTag tone={standingTones[h.status]}>{t(`standing.${h.status}`)}</StatusTag>
            {h.application && <span>{t(`application.${h.application}`)}</span>}<span>{say(h.reason)}</span></Flex></li>)}</ul>
      </Section>}
    </Page>
  );
}
