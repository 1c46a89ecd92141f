import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { Page, Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag, type Tone } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { ApplicationForm } from './ApplicationForm';

type Standing = Schemas['Standing'];
const tones: Record<Standing['standing'], Tone> = { applied: 'wait', qualified: 'good', lapsed: 'bad', suspended: 'bad', revoked: 'bad' };

// How the party stands with the platform, and the application by which it comes in or renews what ends.
export function Component() {
  const { t } = useTranslation('overview');
  const standing = useQuery({ queryKey: ['me', 'standing'], queryFn: () => answer(api.GET('/api/v1/me/standing')), refetchInterval: 30_000 });
  return (
    <Page title={t('application.title')} help={t('application.help')}>
      <ProblemNote error={standing.error} retry={() => void standing.refetch()} />
      {standing.isPending && <Skeleton active />}
      {standing.data && <>
        <Section title={t('application.now')}><Now standing={standing.data} /></Section>
        {standing.data.standing !== 'revoked' && (
          <Section title={t(standing.data.application ? 'application.again' : 'application.first')}><ApplicationForm before={standing.data.application} /></Section>
        )}
      </>}
    </Page>
  );
}

function Now({ standing }: { standing: Standing }) {
  const { t } = useTranslation('overview');
  const a = standing.application;
  return (
    <ul className="lines hairline" style={{ paddingTop: 8 }}>
      <li><StatusTag tone={tones[standing.standing]}>{t(`standing.${standing.standing}`)}</StatusTag><span>{standing.reason}</span></li>
      {a && <li><span>{t('application.sent')} <Time at={a.submittedAt} /></span><span>{t(`application.${a.status}`)}</span></li>}
      {standing.nextCheckDue && <li><span>{t('application.nextCheck')}</span><span className="figure">{standing.nextCheckDue}</span></li>}
      {standing.expired.map((e) => <li key={e.number}><StatusTag tone="bad">{e.kind} {e.number}</StatusTag><span className="figure">{t('application.ended', { day: e.validTo })}</span></li>)}
      {standing.warnings.map((w) => <li key={w.number}><StatusTag tone="wait">{w.kind} {w.number}</StatusTag><span className="figure">{t('application.ends', { day: w.validTo })}</span></li>)}
    </ul>
  );
}
