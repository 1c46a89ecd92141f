import { useQuery } from '@tanstack/react-query';
import { Descriptions, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { answer, api } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { figure } from '@/app/figure';
import { ButtonLink } from '@/plain/Button';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { LedgerRef } from '@/ui/LedgerRef';
import { Page, Section } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { ProblemNote } from '@/ui/Problem';
import { said } from '@/ui/said';
import { Time } from '@/ui/Time';
import { BatchStatus, Expiry } from './BatchStatus';
import { ProductCorrections } from './Corrections';
import { batchPath } from './paths';
import { productQuery, type BatchSort } from './queries';

// Component is one product: what stands on the ledger, and its batches.
export function Component() {
  const { t } = useTranslation('goods');
  const { gtin = '' } = useParams();
  const me = useMe();
  const can = useCan();
  const product = useQuery(productQuery(gtin));
  const p = product.data;
  const mine = p?.owner === me.party;
  return (
    <Page title={p ? said(p.name) : gtin} crumbs={[{ title: t('title'), to: '/goods' }]} main={mine && can('registerBatch') && { does: t('newBatch'), to: `/batches/new?gtin=${gtin}` }}
      actions={!mine ? p && can('setBuyLinks') && <ButtonLink to={`/goods/${p.gtin}/buy-links`}>{t('buyLinks')}</ButtonLink> : can('setPresentation') && <ButtonLink to={`/goods/${p.gtin}/presentation`}>{t('presentation')}</ButtonLink>}>
      <ProblemNote error={product.error} retry={() => void product.refetch()} />
      {product.isPending && <Skeleton active />}
      {p && <>
        <Section title={t('facts')}>
          <Descriptions column={{ xs: 1, md: 2 }} items={[
            { key: 'gtin', label: t('gtin'), children: <Id value={p.gtin} /> },
            { key: 'brand', label: t('brand'), children: p.brand },
            { key: 'en', label: t('nameEn'), children: p.name.en || '—' },
            { key: 'spec', label: t('specification'), children: p.specification || '—' },
            { key: 'category', label: t('category'), children: p.category || '—' },
            { key: 'origin', label: t('origin'), children: p.origin || '—' },
            { key: 'shelf', label: t('shelfLife'), children: p.shelfLifeDays ? t('daysCount', { count: p.shelfLifeDays }) : t('noExpiry') },
            { key: 'inspection', label: t('inspection'), children: p.inspectionRequired ? t('yes') : t('no') },
            { key: 'owner', label: t('owner'), children: <PartyName id={p.owner} /> },
            { key: 'at', label: t('registeredAt'), children: <Time at={p.registeredAt} /> },
            { key: 'tx', label: t('ledger'), children: <LedgerRef txId={p.txId} /> },
            ...(p.changedTxId !== p.txId ? [{ key: 'changed', label: t('changed'), children: <LedgerRef txId={p.changedTxId} /> }] : []),
          ]} />
        </Section>
        <ProductCorrections product={p} />
        <Section title={t('batches')}>
          <DataTable
            name={t('batches')} queryKey={['batches', 'of', gtin]}
            list={({ q, sort, after, limit }) => answer(api.GET('/api/v1/batches', { params: { query: { gtin, q, sort: sort as BatchSort, after, limit, count: true } } }))}
            rowKey={(b) => b.lot} search={t('searchLots')}
            columns={[
              { key: 'lot', title: t('lot'), sort: 'lot', render: (b) => <Id value={b.lot} to={batchPath(b)} /> },
              { key: 'quantity', title: t('quantity'), sort: 'quantity', align: 'right', render: (b) => figure(b.quantity) },
              { key: 'producedOn', title: t('producedOn'), sort: 'producedOn', render: (b) => <span className="figure">{b.producedOn}</span> },
              { key: 'expiresOn', title: t('expiresOn'), sort: 'expiresOn', render: (b) => <Expiry on={b.expiresOn} /> },
              { key: 'status', title: t('status'), render: (b) => <BatchStatus status={b.status} /> },
            ]}
            empty={mine ? <Empty main>{t('noBatches')}</Empty> : <Empty>{t('noBatchesOfOthers')}</Empty>}
          />
        </Section>
      </>}
    </Page>
  );
}
