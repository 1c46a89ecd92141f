import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';

type Props<V> = { gtin: string; multiple?: boolean; value?: V; onChange?: (lots: V) => void; id?: string; 'aria-label'?: string };

// LotPicker finds lots of a product by how they begin, among as many as there are. Within a Form.Item.
export function LotPicker<V extends string | string[]>({ gtin, multiple = false, ...field }: Props<V>) {
  const { t } = useTranslation('quality');
  const [q, setQ] = useState('');
  const found = useQuery({ queryKey: ['batches', 'select', gtin, q], enabled: gtin !== '', placeholderData: (before) => before,
    queryFn: () => answer(api.GET('/api/v1/batches', { params: { query: { gtin, q: q || undefined, limit: 50 } } })) });
  return <Select<V> mode={multiple ? 'multiple' : undefined} disabled={!gtin} loading={found.isFetching} placeholder={t('recall.findLot')} notFoundContent={t('recall.noLot')}
    showSearch={{ filterOption: false, onSearch: setQ }}
    options={found.data?.items.map((b) => ({ value: b.lot, label: `${b.lot} · ${b.producedOn} · ${t('recall.pieces', { count: b.quantity })}` }))} {...field} />;
}
