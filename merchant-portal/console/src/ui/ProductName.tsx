// What a product is called, by its GTIN, with a link to it; the GTIN itself where it has no name.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '@/api/client';
import { said } from './said';

// useProductName gives the name alone, where no link may stand; nothing is asked for without a GTIN.
export function useProductName(gtin = ''): string {
  useTranslation(); // speaks anew when the language changes
  const { data, isLoading } = useQuery({ queryKey: ['product', gtin], queryFn: () => answer(api.GET('/api/v1/products/{gtin}', { params: { path: { gtin } } })), staleTime: 300_000, retry: false, enabled: !!gtin });
  return isLoading ? '…' : said(data?.name);
}

export function ProductName({ gtin }: { gtin: string }) {
  const name = useProductName(gtin);
  return <Link to={`/goods/${gtin}`} title={gtin}>{name || <span className="id">{gtin}</span>}</Link>;
}
