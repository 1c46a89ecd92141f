import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';

export type Presentation = Schemas['Presentation'];

// presentationQuery is not read again by itself: the form begins with what it gave.
export const presentationQuery = (gtin: string) => queryOptions({
  queryKey: ['presentation', gtin], staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false,
  queryFn: () => answer(api.GET('/api/v1/products/{gtin}/presentation', { params: { path: { gtin } } })),
});
