import { Alert, Button, Flex, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '@/ui/Page';
import { joined, said } from '@/ui/said';
import type { Write } from '@/ui/useWrite';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import type { Mapping, Preview } from './calls';

const none = '-';

// Seen shows how a file is read: the sheet, the heading row, each column with what it is taken for, and what was passed
// over. A column can be told what it means.
export function Seen<V>({ seen, write, run, map, busy }: { seen: Preview; write: Write<V>; run: () => void; map: (m: Mapping) => void; busy: boolean }) {
  const { t } = useTranslation('imports');
  const columns = seen.columns ?? [];
  const [changed, setChanged] = useState<Record<string, string>>({});
  const taken = (letter: string, field?: string) => changed[letter] ?? field ?? '';
  const options = [{ value: none, label: t('ignore') }, ...seen.fields.map((f) => ({ value: f.field, label: said(f.title) + (f.required ? ' *' : '') }))];
  const apply = (letter: string, value: string) => {
    const next = { ...changed, [letter]: value === none ? '' : value };
    for (const c of columns) if (c.column !== letter && value !== none && taken(c.column, c.field) === value) next[c.column] = '';
    setChanged(next);
    map({ headingRow: seen.headingRow ?? 1, columns: Object.fromEntries(columns.map((c) => [c.column, next[c.column] ?? c.field ?? ''])) });
  };
  const missing = seen.fields.filter((f) => seen.missing.includes(f.field)).map((f) => said(f.title));
  return (
    <>
      <Section title={t('columns')}>
        <p className="quiet" style={{ marginTop: 0 }}>{seen.sheet ? t('foundSheet', { sheet: seen.sheet, row: seen.headingRow }) : t('foundRow', { row: seen.headingRow })}</p>
        {seen.problem && <Alert type="error" showIcon role="alert" style={{ marginBottom: 12 }} title={said(seen.problem.titles)}
          description={missing.length > 0 ? t('missing', { names: joined(missing) }) : said(seen.problem.details)} />}
        <Table size="small" pagination={false} loading={busy} rowKey="column" dataSource={columns} scroll={{ x: 'max-content' }} aria-label={t('columns')} columns={[
          { title: t('column'), key: 'column', render: (_, c) => <span className="id">{c.column}</span> },
          { title: t('heading'), key: 'heading', render: (_, c) => c.heading || '—' },
          { title: t('takenFor'), key: 'field', render: (_, c) => <Select id={`map-${c.column}`} aria-label={t('takenForOf', { column: c.column })} style={{ minWidth: 160 }} value={taken(c.column, c.field) || none} options={options} onChange={(v) => apply(c.column, v)} /> },
          { title: t('samples'), key: 'samples', render: (_, c) => <span className="quiet">{(c.samples ?? []).join(' · ') || '—'}</span> },
        ]} />
        {(seen.remarks?.length ?? 0) > 0 && <details style={{ marginTop: 12 }}><summary>{t('remarks', { count: seen.remarks?.length })}</summary>
          <ul>{seen.remarks?.map((r, i) => <li key={i}>{r.row ? t('row', { row: r.row }) + ' ' : ''}{said(r.messages)}</li>)}</ul></details>}
      </Section>
      {!seen.problem && (
        <Flex gap={12} wrap align="center" style={{ marginBottom: 32 }}>
          <WriteButton write={write} onClick={run} disabled={busy || seen.total === 0}>{t('check', { count: seen.total })}</WriteButton>
          <span className="quiet">{seen.total === 0 ? t('noRows') : seen.refused > 0 ? t('refusedSeen', { count: seen.refused }) : t('checkWhy')}</span>
        </Flex>
      )}
      {seen.problem && Object.keys(changed).length === 0 && missing.length > 0 && <p className="quiet">{t('mapWhy')}</p>}
      <WriteNote write={write} />
      {seen.problem && columns.length === 0 && <Button href="/imports">{t('otherFile', { name: '' })}</Button>}
    </>
  );
}
