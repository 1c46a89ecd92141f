// ProductPicker finds one of a party's products by barcode or name, among as many as there are. Within a Form.Item.
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { said } from './said';

type Props = { owner: string; chosen?: Schemas['Product']; value?: string; onChange?: (gtin: string) => void; id?: string };

export function ProductPicker({ owner, chosen, ...field }: Props) {
  const { t } = useTranslation();
  const [q, setQ] = useState('');
  const found = useQuery({ queryKey: ['products', owner, 'select', q], placeholderData: (before) => before,
    queryFn: () => answer(api.GET('/api/v1/products', { params: { query: { owner, q: q || undefined, sort: q ? 'gtin' : '-registeredAt', limit: 20 } } })) });
  const items = [...(found.data?.items ?? [])];
  if (chosen && !items.some((p) => p.gtin === chosen.gtin)) items.unshift(chosen);
  return <Select showSearch={{ filterOption: false, onSearch: setQ }} placeholder={t('product.search')} loading={found.isFetching} notFoundContent={t('product.none')}
    options={items.map((p) => ({ value: p.gtin, label: `${p.gtin} ${said(p.name)}` }))} {...field} />;
}
