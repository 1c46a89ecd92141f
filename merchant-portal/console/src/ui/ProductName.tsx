// What a product is called, by its GTIN, with a link to it; the GTIN itself where it has no name.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '@/api/client';
import { said } from './said';

export function ProductName({ gtin }: { gtin: string }) {
  useTranslation(); // speaks anew when the language changes
  const { data, isLoading } = useQuery({ queryKey: ['product', gtin], queryFn: () => answer(api.GET('/api/v1/products/{gtin}', { params: { path: { gtin } } })), staleTime: 300_000, retry: false });
  return <Link to={`/goods/${gtin}`} title={gtin}>{isLoading ? '…' : said(data?.name) || <span className="id">{gtin}</span>}</Link>;
}
