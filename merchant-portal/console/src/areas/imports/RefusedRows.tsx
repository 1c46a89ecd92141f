import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Input, Table } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answer, api } from '@/api/client';
import { ProblemNote } from '@/ui/Problem';
import { said } from '@/ui/said';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { fields, type Kind, type Row } from './calls';

// Mending is what becomes of rows that somebody mends: they wait for him to send them, or are under way.
export type Mending = 'no' | 'unsent' | 'sent';
type Edits = Record<number, Record<string, string>>;

// RefusedRows is the grid in which wrong rows are mended: each cell with what stands in it, and below it what is wrong.
export function RefusedRows({ id, kind, trial, onMending }: { id: string; kind: Kind; trial: boolean; onMending: (mending: Mending) => void }) {
  const { t } = useTranslation('imports');
  const [search, setSearch] = useSearchParams();
  const after = search.get('after') ?? undefined;
  const [edits, setEdits] = useState<Edits>({});
  const rows = useQuery({ queryKey: ['imports', id, 'rows', 'refused', after], queryFn: () => answer(api.GET('/api/v1/imports/{id}/rows', { params: { path: { id }, query: { outcome: 'refused', limit: 50, after } } })) });
  const mend = useLedgerWrite('mendImport', { trial,
    send: (mended: Edits, key) => api.POST('/api/v1/imports/{id}/rows', { params: { path: { id }, header: key }, body: { rows: Object.entries(mended).map(([row, values]) => ({ row: Number(row), values })) } }),
    refresh: [['imports', id], ['products'], ['batches']], onDone: () => setEdits({}),
  });
  const page = (to?: string) => setSearch((old) => { const now = new URLSearchParams(old); to ? now.set('after', to) : now.delete('after'); return now; });
  const set = (row: Row, field: string, value: string) => setEdits((old) => ({ ...old, [row.row]: { ...row.values, ...old[row.row], [field]: value } }));
  const mended = Object.keys(edits).length;
  const mending: Mending = mend.busy ? 'sent' : mended > 0 ? 'unsent' : 'no';
  useEffect(() => { onMending(mending); return () => onMending('no'); }, [mending, onMending]);
  const faultOf = (row: Row, field: string) => row.cells?.find((c) => c.field === field || (field === 'name.zh-CN' && c.field === 'name'));
  const others = (row: Row) => (row.cells ?? []).filter((c) => !(fields[kind] as readonly string[]).includes(c.field ?? '') && c.field !== 'name');
  return (
    <>
      <ProblemNote error={rows.error} retry={() => void rows.refetch()} />
      <p className="quiet" style={{ marginTop: 0 }}>{t('mendWhy')}</p>
      <Table<Row> size="small" pagination={false} rowKey="row" loading={rows.isFetching} dataSource={rows.data?.items ?? []} scroll={{ x: 'max-content' }} aria-label={t('refusedGrid')} columns={[
        { key: 'row', title: t('rowNumber'), fixed: 'left', width: 64, onCell: () => ({ style: { verticalAlign: 'top' } }), render: (_, row) => <span className="figure">{row.row}</span> },
        ...fields[kind].map((field) => ({
          key: field, title: t(`field.${field}`), onCell: () => ({ style: { verticalAlign: 'top' as const } }), render: (_: unknown, row: Row) => {
            const fault = faultOf(row, field);
            const value = edits[row.row]?.[field] ?? row.values?.[field] ?? '';
            const changed = edits[row.row]?.[field] !== undefined && edits[row.row]?.[field] !== (row.values?.[field] ?? '');
            return (
              <div style={{ minWidth: 150, maxWidth: 240 }}>
                <Input size="small" value={value} status={fault && !changed ? 'error' : undefined} aria-invalid={!!fault && !changed} aria-label={t('cell', { row: row.row, field: t(`field.${field}`) })}
                  className={field === 'gtin' || field === 'lot' ? 'id' : undefined} onChange={(e) => set(row, field, e.target.value)} />
                {fault && <div style={{ fontSize: 12, color: changed ? 'var(--quiet)' : 'var(--red)', whiteSpace: 'normal', marginTop: 2 }}>{said(fault.messages)}</div>}
              </div>
            );
          },
        })),
        { key: 'other', title: t('reason'), onCell: () => ({ style: { verticalAlign: 'top' } }), render: (_, row) => <div style={{ maxWidth: 260, whiteSpace: 'normal', color: 'var(--red)' }}>{others(row).map((c) => said(c.messages)).join(' ')}</div> },
      ]} />
      {!trial && mended > 0 && <div style={{ maxWidth: 640, marginTop: 16 }}><WillStand stands={mend.stands} values={{ count: mended }} /></div>}
      <Flex gap={12} wrap align="center" style={{ marginTop: 16 }}>
        <WriteButton write={mend} disabled={mended === 0} onClick={() => void mend.run(edits)}>{t('again', { count: mended })}</WriteButton>
        {after && <Button onClick={() => page()}>{t('firstPage')}</Button>}
        {rows.data?.next && <Button disabled={mended > 0} onClick={() => page(rows.data?.next)}>{t('nextPage')}</Button>}
      </Flex>
      <div style={{ height: 12 }} />
      <WriteNote write={mend} />
    </>
  );
}
