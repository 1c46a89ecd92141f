import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { ButtonLink } from '@/plain/Button';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { Id } from '@/ui/Id';
import { LedgerRef } from '@/ui/LedgerRef';
import { Page } from '@/ui/Page';
import { said } from '@/ui/said';
import { Time } from '@/ui/Time';
import type { ProductSort } from './queries';

// Component lists products: one's own first, everybody's on demand.
export function Component() {
  const { t } = useTranslation('goods');
  const me = useMe();
  const can = useCan();
  const maker = me.role === 'producer';
  const may = maker && can('registerProduct');
  return (
    <Page title={t('title')} help={t('help')} main={may && { does: t('newProduct'), to: '/goods/new' }} actions={may && <ButtonLink to="/imports">{t('import')}</ButtonLink>}>
      <DataTable
        name={t('title')}
        queryKey={['products', me.party]}
        list={({ q, sort, after, limit, of }) => answer(api.GET('/api/v1/products', { params: { query: {
          q, sort: sort as ProductSort, after, limit, count: true, owner: maker && of !== 'all' ? me.party : undefined } } }))}
        rowKey={(p) => p.gtin}
        columns={[
          { key: 'gtin', title: t('gtin'), sort: 'gtin', render: (p) => <Id value={p.gtin} to={`/goods/${p.gtin}`} /> },
          { key: 'name', title: t('name'), sort: 'name', render: (p) => said(p.name) },
          { key: 'brand', title: t('brand'), sort: 'brand', render: (p) => p.brand },
          { key: 'specification', title: t('specification'), render: (p) => p.specification || '—' },
          { key: 'category', title: t('category'), render: (p) => p.category || '—' },
          { key: 'registeredAt', title: t('registeredAt'), sort: 'registeredAt', render: (p) => <Time at={p.registeredAt} /> },
          { key: 'tx', title: t('ledger'), render: (p) => <LedgerRef txId={p.changedTxId} /> },
        ]}
        search={t('searchProducts')}
        filters={maker ? [{ name: 'of', label: t('of'), usual: 'mine', options: [{ value: 'mine', label: t('ofMine') }, { value: 'all', label: t('ofAll') }] }] : []}
        views="products"
        rowActions={may ? (p) => p.owner === me.party && <Link to={`/batches/new?gtin=${p.gtin}`}>{t('newBatch')}</Link> : undefined}
        empty={may ? <Empty main>{t('noProducts')}</Empty> : <Empty>{t('noProductsOfOthers')}</Empty>}
      />
    </Page>
  );
}
