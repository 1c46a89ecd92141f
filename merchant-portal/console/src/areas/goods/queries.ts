import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';
import type { paths } from '@/api/schema.gen';
import { asProblem } from '@/api/problem';

export type Product = Schemas['Product'];
export type Batch = Schemas['Batch'];
export type ProductSort = NonNullable<paths['/api/v1/products']['get']['parameters']['query']>['sort'];
export type BatchSort = NonNullable<paths['/api/v1/batches']['get']['parameters']['query']>['sort'];

export const productQuery = (gtin: string) => queryOptions({
  queryKey: ['products', gtin],
  queryFn: () => answer(api.GET('/api/v1/products/{gtin}', { params: { path: { gtin } } })),
  enabled: gtin !== '',
});

// takenQuery asks whether a barcode is registered already; null where it is free.
export const takenQuery = (gtin: string) => queryOptions({
  queryKey: ['products', 'taken', gtin],
  queryFn: () => orNothing(answer(api.GET('/api/v1/products/{gtin}', { params: { path: { gtin } } }))),
  enabled: gtin !== '', retry: false,
});

export const batchQuery = (gtin: string, lot: string) => queryOptions({
  queryKey: ['batches', gtin, lot],
  queryFn: () => answer(api.GET('/api/v1/batches/{gtin}/{lot}', { params: { path: { gtin, lot } } })),
});

export const lotTakenQuery = (gtin: string, lot: string) => queryOptions({
  queryKey: ['batches', 'taken', gtin, lot],
  queryFn: () => orNothing(answer(api.GET('/api/v1/batches/{gtin}/{lot}', { params: { path: { gtin, lot } } }))),
  enabled: gtin !== '' && lot !== '', retry: false,
});

export const partyQuery = (id: string) => queryOptions({
  queryKey: ['parties', id],
  queryFn: () => answer(api.GET('/api/v1/parties/{id}', { params: { path: { id } } })),
  staleTime: 60_000,
});

export const storyQuery = (gtin: string, lot: string) => queryOptions({
  queryKey: ['provenance', gtin, lot],
  queryFn: () => answer(api.GET('/api/v1/provenance/{gtin}/{lot}', { params: { path: { gtin, lot } } })),
});

async function orNothing<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (e) {
    if (asProblem(e).status === 404) return null;
    throw e;
  }
}
