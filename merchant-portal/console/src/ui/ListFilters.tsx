import { Button, DatePicker, Flex, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListParams } from './listState';

// Filter narrows a list. One with options always shows what holds: the one chosen, else `usual`, else all.
export type Filter = { name: string; label: string; options?: { value: string; label: string }[]; usual?: string; kind?: 'text' | 'date' };
type Set = (changes: Record<string, string | undefined>) => void;

export function ListFilters({ search, filters, params, set, narrowed }: { search?: string; filters: Filter[]; params: ListParams; set: Set; narrowed: boolean }) {
  const { t } = useTranslation();
  const none = Object.fromEntries(['q', ...filters.map((f) => f.name)].map((n) => [n, undefined]));
  return (
    <Flex gap={8} wrap role="search" style={{ flex: '1 1 auto' }}>
      {search && <Words label={search} value={params.q ?? ''} set={(q) => set({ q })} />}
      {filters.map((f) => <One key={f.name} filter={f} value={params[f.name] as string | undefined} set={(v) => set({ [f.name]: v })} />)}
      {narrowed && <Button type="text" onClick={() => set(none)}>{t('list.clear')}</Button>}
    </Flex>
  );
}

// Words searches when Enter is pressed, the field is left, or nothing was typed for a moment.
function Words({ label, value, set }: { label: string; value: string; set: (q?: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => set(text.trim() || undefined), 400);
    return () => clearTimeout(timer);
  });
  return <Input.Search allowClear value={text} placeholder={label} aria-label={label} className="words" onChange={(e) => setText(e.target.value)} onSearch={(q) => set(q.trim() || undefined)} />;
}

function One({ filter, value, set }: { filter: Filter; value?: string; set: (v?: string) => void }) {
  const { name, label, options = [], usual, kind } = filter;
  const { t } = useTranslation();
  if (kind === 'date') return <DatePicker aria-label={label} placeholder={label} value={value ? dayjs(value) : null} onChange={(d) => set(d?.format('YYYY-MM-DD'))} />;
  if (kind === 'text') return <Words label={label} value={value ?? ''} set={set} />;
  const all = usual === undefined ? [{ value: '', label: t('list.all') }, ...options] : options;
  return <Select id={`filter-${name}`} aria-label={label} value={value ?? usual ?? ''} options={all} onChange={(v) => set(v === (usual ?? '') ? undefined : v)}
    labelRender={(chosen) => t('list.filter', { filter: label, value: chosen.label })} style={{ minWidth: 130, maxWidth: '100%' }} popupMatchSelectWidth={false} showSearch={all.length > 12 && { optionFilterProp: 'label' }} />;
}
