import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answer, api } from '@/api/client';
import { ProblemNote } from '@/ui/Problem';
import { said } from '@/ui/said';
import { Sideways } from '@/ui/Sideways';
import { fields, type Field, type Kind, type Row } from './calls';

// readAs is what a row was read as in one of its fields.
function readAs(row: Row, field: Field): string {
  const read = row.read ?? {};
  if (field === 'name.zh-CN') return read.name?.['zh-CN'] ?? '';
  if (field === 'name.en') return read.name?.en ?? '';
  const value = read[field];
  return typeof value === 'boolean' ? (value ? '✓' : '') : String(value ?? '');
}

// GoodRows shows what each good row was read as, dates and quantities included.
export function GoodRows({ id, kind }: { id: string; kind: Kind }) {
  const { t } = useTranslation('imports');
  const [search, setSearch] = useSearchParams();
  const after = search.get('after') ?? undefined;
  const rows = useQuery({ queryKey: ['imports', id, 'rows', 'good', after], queryFn: () => answer(api.GET('/api/v1/imports/{id}/rows', { params: { path: { id }, query: { outcome: 'good', limit: 100, after } } })) });
  const page = (to?: string) => setSearch((old) => { const now = new URLSearchParams(old); now.set('tab', 'good'); to ? now.set('after', to) : now.delete('after'); return now; });
  return (
    <>
      <ProblemNote error={rows.error} retry={() => void rows.refetch()} />
      <Sideways label={t('goodGrid')}><Table<Row> size="small" pagination={false} rowKey="row" loading={rows.isFetching} dataSource={rows.data?.items ?? []} aria-label={t('goodGrid')} columns={[
        { key: 'row', title: t('rowNumber'), width: 64, render: (_, row) => <span className="figure">{row.row}</span> },
        ...fields[kind].map((field) => ({ key: field, title: t(`field.${field}`), render: (_: unknown, row: Row) => <span className={field === 'gtin' || field === 'lot' ? 'id' : 'figure'}>{readAs(row, field) || '—'}</span> })),
        { key: 'remarks', title: t('remark'), render: (_, row) => <div style={{ maxWidth: 320, whiteSpace: 'normal' }} className="quiet">{(row.remarks ?? []).map((r) => said(r.messages)).join(' ')}</div> },
      ]} /></Sideways>
      <Flex gap={12} style={{ marginTop: 16 }}>
        {after && <Button onClick={() => page()}>{t('firstPage')}</Button>}
        {rows.data?.next && <Button onClick={() => page(rows.data?.next)}>{t('nextPage')}</Button>}
      </Flex>
    </>
  );
}
