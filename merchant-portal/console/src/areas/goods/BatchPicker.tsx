import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { said } from '@/ui/said';
import { nameOf } from './making';
import type { Batch } from './queries';

type Props = { chosen?: Batch; value?: string; onChange?: (name: string) => void; id?: string };

// BatchPicker finds one of the batches that one made or has had in hand, by lot, barcode or product, among as many as there are; its
// value is GTIN/LOT. Within a Form.Item.
export function BatchPicker({ chosen, ...field }: Props) {
  const { t } = useTranslation('goods');
  const [q, setQ] = useState('');
  const found = useQuery({ queryKey: ['batches', 'select', '', q], placeholderData: (before) => before,
    queryFn: () => answer(api.GET('/api/v1/batches', { params: { query: { q: q || undefined, sort: '-registeredAt', limit: 20 } } })) });
  const items = [...(found.data?.items ?? [])];
  if (chosen && !items.some((b) => nameOf(b) === nameOf(chosen))) items.unshift(chosen);
  return <Select showSearch={{ filterOption: false, onSearch: setQ }} placeholder={t('searchBatches')} loading={found.isFetching} notFoundContent={t('make.noBatch')}
    options={items.map((b) => ({ value: nameOf(b), label: `${b.lot} · ${said(b.productName) || b.gtin}` }))} {...field} />;
}
