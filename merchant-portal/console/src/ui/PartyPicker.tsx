// PartyPicker finds a party that goods can be sent to by its name; those dealt with before are offered at once. Within a Form.Item.
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { said } from './said';

export function PartyPicker({ id, value, onChange }: { id?: string; value?: string; onChange?: (party?: string) => void }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const q = search.trim();
  const found = useQuery({
    queryKey: ['receivers', q], placeholderData: (before) => before, staleTime: 60_000,
    queryFn: () => answer(api.GET('/api/v1/party-names', { params: { query: q ? { q } : {} } })),
  });
  const options = found.data?.items.map((p) => ({ value: p.id, label: `${said(p.name)} · ${p.id}` })) ?? [];
  return (
    <Select id={id} value={value} onChange={onChange} allowClear filterOption={false} options={options} placeholder={t('party.search')}
      showSearch onSearch={setSearch} loading={found.isFetching} notFoundContent={q ? t('party.none') : t('party.type')} style={{ width: '100%' }} />
  );
}
