import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Flex, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useCan, useMe } from '@/app/session';
import { PinFacts } from '@/areas/labels/PinFacts';
import { ButtonLink } from '@/plain/Button';
import { Id } from '@/ui/Id';
import { LedgerRef } from '@/ui/LedgerRef';
import { Page, Section } from '@/ui/Page';
import { PartialNote } from '@/ui/PartialNote';
import { PartyName } from '@/ui/PartyName';
import { ProblemNote } from '@/ui/Problem';
import { said } from '@/ui/said';
import { Time } from '@/ui/Time';
import { Approval } from './Approval';
import { BatchStatus, Expiry } from './BatchStatus';
import { Circulation } from './Circulation';
import { BatchCorrections } from './Corrections';
import { Holdings } from './Holdings';
import { MadeOf } from './MadeOf';
import { labelsPath, makePath } from './paths';
import { batchQuery, storyQuery } from './queries';
import { UndoAction } from './UndoAction';
import { UnitLookup } from './UnitLookup';
import { Voids } from './Voids';

// Component is one batch: what stands on the ledger, where its units are, and what happened to them.
export function Component() {
  const { t } = useTranslation('goods');
  const { gtin = '', lot = '' } = useParams();
  const me = useMe();
  const can = useCan();
  const batch = useQuery(batchQuery(gtin, lot));
  const story = useQuery(storyQuery(gtin, lot));
  const b = batch.data;
  const mine = b?.producer === me.party;
  return (
    <Page title={lot} crumbs={[{ title: t('batches'), to: '/batches' }]} actions={mine && can('printLabels') && b.status === 'registered' &&
      <Link to={labelsPath([b])}><Button type="primary">{t('printLabels')}</Button></Link>}>
      <ProblemNote error={batch.error} retry={() => void batch.refetch()} />
      {batch.isPending && <Skeleton active />}
      {b && <>
        <Approval key={b.lot} batch={b} />
        <Section title={t('facts')}>
          <Descriptions column={{ xs: 1, md: 2 }} items={[
            { key: 'product', label: t('product'), children: <Link to={`/goods/${b.gtin}`}>{said(b.productName) || b.gtin}</Link> },
            { key: 'gtin', label: t('gtin'), children: <Id value={b.gtin} /> },
            { key: 'quantity', label: t('quantity'), children: t('unitsCount', { count: b.quantity }) },
            { key: 'status', label: t('status'), children: <BatchStatus status={b.status} /> },
            { key: 'produced', label: t('producedOn'), children: <span className="figure">{b.producedOn}</span> },
            { key: 'expires', label: t('expiresOn'), children: <Expiry on={b.expiresOn} /> },
            { key: 'origin', label: t('origin'), children: b.origin || '—' },
            { key: 'line', label: t('line'), children: b.line || '—' },
            { key: 'producer', label: t('producer'), children: <PartyName id={b.producer} /> },
            ...(b.labels ? [{ key: 'labels', label: t('labelsMade'), children: <PinFacts counts={b.labels} /> }] : []),
            { key: 'at', label: t('registeredAt'), children: <Time at={b.registeredAt} /> },
            { key: 'root', label: t('root'), children: <Id value={b.unitsRoot} short /> },
            { key: 'tx', label: t('ledger'), children: <LedgerRef txId={b.txId} /> },
            ...(b.changedTxId !== b.txId ? [{ key: 'changed', label: t('changed'), children: <LedgerRef txId={b.changedTxId} /> }] : []),
          ]} />
        </Section>
        {(b.documents?.length ?? 0) > 0 && <Section title={t('documents')}>
          <ul>{b.documents?.map((d) => <li key={d.hash}>{d.kind} <Id value={d.hash} short /></li>)}</ul>
        </Section>}
        <Circulation batch={b} />
        <Section title={t('whereTitle')}>
          <ProblemNote error={story.error} retry={() => void story.refetch()} />
          <PartialNote of={story.data} />
          {story.data ? <Holdings holdings={story.data.holdings} quantity={b.quantity} /> : story.isPending && <Skeleton active title={false} />}
          {b.status === 'registered' && <Flex gap={8} wrap align="start" style={{ marginTop: 12 }}>
            <Voids batch={b} />
            {can('transform') && <ButtonLink to={makePath(b)}>{t('make.of')}</ButtonLink>}
          </Flex>}
        </Section>
        {story.data && <MadeOf batch={b} story={story.data} />}
        <Section title={t('unitTitle')}><UnitLookup gtin={gtin} lot={lot} /></Section>
        <BatchCorrections batch={b} />
        <Section title={t('story')}>
          <ol style={{ listStyle: 'none', margin: 0, padding: 0, borderLeft: '1px solid var(--hairline)' }}>
            {story.data?.events.slice(-200).reverse().map((e) => (
              <li key={e.txId} style={{ padding: '0 0 16px 16px' }}>
                <strong>{t(`event.${e.type}`, { defaultValue: e.type })}</strong> <span className="quiet figure">{t('unitsCount', { count: e.units })}</span>
                <div className="quiet">{e.to ? <><PartyName id={e.from ?? e.by} /> → <PartyName id={e.to} /></> : <PartyName id={e.by} />} · <Time at={e.at} /> · <LedgerRef txId={e.txId} /></div>
                <UndoAction event={e} />
              </li>
            ))}
          </ol>
        </Section>
      </>}
    </Page>
  );
}
