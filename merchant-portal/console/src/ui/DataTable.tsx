// DataTable is every list: search, filters, sort and paging in the address, and cards instead of a table on a phone.
//
//   <DataTable
//     name={t('title')}
//     queryKey={['products']}
//     list={(p) => answer(api.GET('/api/v1/products', { params: { query: { ...paging(p), sort: p.sort as ProductSort } } }))}
//     rowKey={(row) => row.gtin}
//     columns={[{ key: 'gtin', title: 'GTIN', render: (row) => <Id value={row.gtin} to={`/goods/${row.gtin}`} />, sort: 'gtin' }, ...]}
//     search={t('search')} filters={[{ name: 'status', label: t('status'), options: [...] }]} views="products"
//     bulk={[{ key: 'print', label: t('print'), run: (rows) => ... }]}
//     empty={<Empty main>{t('none')}</Empty>}
//   />
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Flex, Grid, Skeleton, Table, type TableColumnType } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/app/session';
import { CardList } from './CardList';
import { ListFilters, type Filter } from './ListFilters';
import { ListPager } from './ListPager';
import { type ListParams, useListState } from './listState';
import { ProblemNote } from './Problem';
import { SavedViews } from './SavedViews';

export type Column<Row> = {
  key: string;
  title: ReactNode;
  render: (row: Row) => ReactNode;
  sort?: string; // the name by which the gateway sorts; "-name" the other way round
  align?: 'left' | 'right';
  width?: number;
  wrap?: number; // in pixels, beyond which its words go to the next line
  card?: false | 'title' | 'head'; // not on a card; its heading (the first column is, unless another says so); or beside that
};
export type Bulk<Row> = { key: string; label: ReactNode; danger?: boolean; run: (rows: Row[]) => void };
export type ListPage<Row> = { items: Row[]; next?: string; total?: number; more?: boolean };

type Props<Row> = {
  name: string;
  queryKey: readonly unknown[];
  list: (params: ListParams) => Promise<ListPage<Row>>;
  rowKey: (row: Row) => string;
  columns: Column<Row>[];
  search?: string;
  filters?: Filter[];
  bulk?: Bulk<Row>[];
  rowActions?: (row: Row) => ReactNode;
  empty: ReactNode;
  views?: string; // the name under which what is searched, filtered and sorted can be kept
  refetchInterval?: number;
};

export function DataTable<Row extends object>(props: Props<Row>) {
  const { name, queryKey, list, rowKey, columns, search, filters = [], bulk = [], rowActions, empty, views, refetchInterval } = props;
  const { t } = useTranslation();
  const wide = Grid.useBreakpoint().md !== false;
  const can = useCan();
  const state = useListState(filters.map((f) => f.name));
  const { params } = state;
  const [chosen, setChosen] = useState<Row[]>([]);
  const page = useQuery({ queryKey: [...queryKey, params], queryFn: () => list(params), placeholderData: keepPreviousData, refetchInterval });
  const rows = page.data?.items ?? [];
  const narrowed = !!params.q || filters.some((f) => params[f.name]);
  const nothing = page.isSuccess && rows.length === 0;
  const all: Column<Row>[] = rowActions ? [...columns, { key: 'actions', title: '', render: rowActions, align: 'right' }] : columns;

  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap justify="space-between" align="center">
        {(search || filters.length > 0) ? <ListFilters search={search} filters={filters} params={params} set={state.set} narrowed={narrowed} /> : <span />}
        {views && can('listViews') && <SavedViews list={views} />}
      </Flex>
      {chosen.length > 0 && (
        <Flex gap={8} align="center" wrap role="status">
          <span>{t('list.chosen', { count: chosen.length })}</span>
          {bulk.map((b) => <Button key={b.key} danger={b.danger} onClick={() => b.run(chosen)}>{b.label}</Button>)}
          <Button type="text" onClick={() => setChosen([])}>{t('list.chooseNone')}</Button>
        </Flex>
      )}
      <ProblemNote error={page.error} retry={() => void page.refetch()} />
      {page.isPending && <Skeleton active paragraph={{ rows: 8 }} title={false} aria-label={t('loading')} />}
      {nothing && (narrowed ? <NoMatch clear={() => state.set(Object.fromEntries(['q', ...filters.map((f) => f.name)].map((n) => [n, undefined])))} /> : !params.after && empty)}
      {rows.length > 0 && (wide
        ? <Table<Row> aria-label={name} size="middle" dataSource={rows} rowKey={rowKey} pagination={false} loading={page.isPlaceholderData ? { delay: 200 } : false}
            scroll={{ x: 'max-content' }} columns={all.map((c) => antdColumn(c, params.sort))}
            onChange={(_, __, sorter) => { if (!Array.isArray(sorter)) state.set({ sort: sortName(columns, sorter.columnKey as string, sorter.order) }); }}
            rowSelection={bulk.length > 0 ? { selectedRowKeys: chosen.map(rowKey), onChange: (_, r) => setChosen(r), preserveSelectedRowKeys: true } : undefined} />
        : <CardList name={name} rows={rows} rowKey={rowKey} columns={all} chosen={bulk.length > 0 ? { rows: chosen, set: setChosen } : undefined} />)}
      {page.isSuccess && <ListPager state={state} count={rows.length} next={page.data.next} total={page.data.total} more={page.data.more} />}
    </Flex>
  );
}

function NoMatch({ clear }: { clear: () => void }) {
  const { t } = useTranslation();
  return <div style={{ padding: '40px 16px', textAlign: 'center' }}><p className="quiet">{t('list.noMatch')}</p><Button onClick={clear}>{t('list.clear')}</Button></div>;
}

function antdColumn<Row>(c: Column<Row>, sort?: string): TableColumnType<Row> {
  const order = c.sort && sort === c.sort ? 'ascend' : c.sort && sort === `-${c.sort}` ? 'descend' : null;
  return { key: c.key, title: c.title, align: c.align, width: c.width, className: c.align === 'right' ? 'figure' : undefined, render: (_, row) => (c.wrap ? <div className="wrap" style={{ maxWidth: c.wrap }}>{c.render(row)}</div> : c.render(row)), ...(c.sort ? { sorter: true, sortOrder: order } : {}) };
}

function sortName<Row>(columns: Column<Row>[], key: string, order?: 'ascend' | 'descend' | null): string | undefined {
  const name = columns.find((c) => c.key === key)?.sort;
  if (!name || !order) return undefined;
  return order === 'ascend' ? name : `-${name}`;
}
