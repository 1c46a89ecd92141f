import { useQuery } from '@tanstack/react-query';
import { Descriptions } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { Id } from '@/ui/Id';
import { Page, Section } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { ProblemNote } from '@/ui/Problem';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { ContainerHolder } from './ContainerHolder';
import { LotLines } from './LotLines';

const SsccLabel = lazy(() => import('./SsccLabel').then((m) => ({ default: m.SsccLabel }))); // the drawing of bars is a large library

// A case or a pallet: what is in it and where it is, its label to print again, and its opening.
export function Component() {
  const { t } = useTranslation('custody');
  const { sscc = '' } = useParams();
  const found = useQuery({ queryKey: ['containers', sscc], retry: false, queryFn: () => answer(api.GET('/api/v1/containers/{sscc}', { params: { path: { sscc } } })) });
  const c = found.data;
  return (
    <Page title={t('pack.title', { sscc })} crumbs={[{ title: t('title'), to: '/custody' }, { title: t('boxes.title'), to: '/custody/containers' }]}>
      <ProblemNote error={found.error} retry={() => void found.refetch()} />
      {c && <><Facts of={c} /><Contents of={c} /><Unpacking of={c} /></>}
      {c && <Section title={t('pack.label')}><Suspense><SsccLabel sscc={sscc} /></Suspense></Section>}
    </Page>
  );
}

function Facts({ of: c }: { of: Schemas['Container'] }) {
  const { t } = useTranslation('custody');
  return (
    <Section title={t('pack.facts')}><Descriptions column={{ xs: 1, md: 2 }} items={[
      { key: 'sscc', label: 'SSCC', children: <Id value={c.sscc} /> },
      { key: 'state', label: t('shipment.state'), children: <StatusTag tone={c.unpackedAt ? 'none' : 'good'}>{t(c.unpackedAt ? 'pack.opened' : 'pack.closed')}</StatusTag> },
      { key: 'holder', label: t('pack.holder'), children: <ContainerHolder of={c} /> },
      { key: 'packed', label: t('pack.packedAt'), children: <><PartyName id={c.packedBy} /> · <Time at={c.packedAt} /></> },
      ...(c.parent ? [{ key: 'parent', label: t('pack.parent'), children: <Link to={`/custody/containers/${c.parent}`}>{c.parent}</Link> }] : []),
      ...(c.unpackedAt ? [{ key: 'unpacked', label: t('pack.openedAt'), children: <Time at={c.unpackedAt} /> }] : []),
    ]} /></Section>
  );
}

function Contents({ of: c }: { of: Schemas['Container'] }) {
  const { t } = useTranslation('custody');
  return (
    <Section title={t('shipment.contents')}>
      {c.containers && <ul style={{ paddingLeft: 20 }}>{c.containers.map((inner) => <li key={inner}>{t('scan.container')} <Link className="figure" to={`/custody/containers/${inner}`}>{inner}</Link></li>)}</ul>}
      {c.lines && <LotLines lines={c.lines} />}
    </Section>
  );
}

function Unpacking({ of: c }: { of: Schemas['Container'] }) {
  const { t } = useTranslation('custody');
  const { party } = useMe();
  const can = useCan();
  const write = useLedgerWrite('unpack', { send: (_: object, header) => api.POST('/api/v1/containers/{sscc}/unpacking', { params: { path: { sscc: c.sscc }, header } }), refresh: [['containers']] });
  if (c.holder !== party || c.unpackedAt || !can('unpack')) return null;
  return (
    <Section title={t('pack.unpack')}>
      <WriteNote write={write} />
      {c.parent ? <p className="quiet">{t('pack.unpackOuter')}</p> : <>
        <div style={{ maxWidth: 560 }}><WillStand stands={write.stands} values={{ sscc: c.sscc }} /></div>
        <WriteButton write={write} onClick={() => void write.run({})}>{t('pack.unpack')}</WriteButton>
      </>}
    </Section>
  );
}
