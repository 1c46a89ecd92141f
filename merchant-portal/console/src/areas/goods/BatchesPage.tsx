import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { figure } from '@/app/figure';
import { ButtonLink } from '@/plain/Button';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { LedgerRef } from '@/ui/LedgerRef';
import { Page } from '@/ui/Page';
import { said } from '@/ui/said';
import { Time } from '@/ui/Time';
import { BatchStatus, Expiry } from './BatchStatus';
import { batchPath, labelsPath } from './paths';
import type { BatchSort } from './queries';

// Component lists the batches that one made or has had in hand.
export function Component() {
  const { t } = useTranslation('goods');
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const maker = me.role === 'producer';
  const may = maker && can('registerBatch');
  return (
    <Page title={t('batches')} help={t('batchesHelp')} main={may && { does: t('newBatch'), to: '/batches/new' }} actions={may && <>
      <ButtonLink to="/imports?kind=batches">{t('import')}</ButtonLink>
      {can('transform') && <ButtonLink to="/batches/make">{t('make.title')}</ButtonLink>}
    </>}>
      <DataTable
        name={t('batches')}
        queryKey={['batches', me.party]}
        list={({ q, sort, after, limit, status, gtin, expiresBefore, of }) => answer(api.GET('/api/v1/batches', { params: { query: {
          q, sort: sort as BatchSort, after, limit, count: true, gtin: gtin as string | undefined, status: status as Schemas['BatchStatus'] | undefined,
          expiresBefore: expiresBefore as string | undefined, producer: maker && of !== 'all' ? me.party : undefined } } }))}
        rowKey={(b) => `${b.gtin} ${b.lot}`}
        columns={[
          { key: 'lot', title: t('lot'), sort: 'lot', render: (b) => <Id value={b.lot} to={batchPath(b)} /> },
          { key: 'product', title: t('product'), sort: 'gtin', wrap: 180, render: (b) => <><Link to={`/goods/${b.gtin}`}>{said(b.productName) || b.gtin}</Link><div className="id quiet">{b.gtin}</div></> },
          { key: 'quantity', title: t('quantity'), sort: 'quantity', align: 'right', render: (b) => figure(b.quantity) },
          { key: 'producedOn', title: t('producedOn'), sort: 'producedOn', render: (b) => <span className="figure">{b.producedOn}</span> },
          { key: 'expiresOn', title: t('expiresOn'), sort: 'expiresOn', render: (b) => <Expiry on={b.expiresOn} /> },
          { key: 'status', title: t('status'), render: (b) => <BatchStatus status={b.status} /> },
          { key: 'registeredAt', title: t('registeredAt'), sort: 'registeredAt', render: (b) => <Time at={b.registeredAt} /> },
          { key: 'tx', title: t('ledger'), render: (b) => <LedgerRef txId={b.changedTxId} /> },
        ]}
        search={t('searchBatches')}
        filters={[
          { name: 'status', label: t('status'), options: [{ value: 'registered', label: t('state.registered') }, { value: 'awaiting_approval', label: t('state.awaiting_approval') }] },
          { name: 'expiresBefore', label: t('expiresBefore'), kind: 'date' },
          ...(maker ? [{ name: 'of', label: t('of'), usual: 'mine', options: [{ value: 'mine', label: t('ofMine') }, { value: 'all', label: t('ofHandled') }] }] : []),
        ]}
        bulk={maker && can('printLabels') ? [{ key: 'labels', label: t('printLabels'), run: (rows) => navigate(labelsPath(rows)) }] : []}
        views="batches"
        empty={maker ? <Empty main>{t('noBatches')}</Empty> : <Empty>{t('noBatchesOfOthers')}</Empty>}
      />
    </Page>
  );
}
