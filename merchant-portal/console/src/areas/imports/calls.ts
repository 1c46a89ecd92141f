import { answer, api, type Schemas } from '@/api/client';

export type Kind = Schemas['ImportKind'];
export type Preview = Schemas['ImportPreview'];
export type Row = Schemas['ImportRow'];
export type Mapping = Schemas['ImportMapping'];

// maxSize is how large a file may be, in bytes; the gateway refuses larger ones.
export const maxSize = 20 * 1024 * 1024;

function form(kind: Kind, file: File, mapping?: Mapping): FormData {
  const data = new FormData();
  data.set('kind', kind);
  if (mapping) data.set('mapping', JSON.stringify(mapping));
  data.set('file', file);
  return data;
}

const as = (data: FormData) => ({ body: data as never, bodySerializer: () => data });

export const preview = (kind: Kind, file: File, mapping?: Mapping): Promise<Preview> =>
  answer(api.POST('/api/v1/imports/preview', as(form(kind, file, mapping))));

export const check = (kind: Kind, file: File, mapping: Mapping | undefined, key: { 'Idempotency-Key': string }) =>
  api.POST('/api/v1/imports', { ...as(form(kind, file, mapping)), params: { query: { dryRun: true, summary: true }, header: key } });

export const importQuery = (id: string) => ({
  queryKey: ['imports', id],
  queryFn: () => answer(api.GET('/api/v1/imports/{id}', { params: { path: { id }, query: { summary: true } } })),
  refetchInterval: (query: { state: { data?: Schemas['Import'] } }) => (isOver(query.state.data) ? false as const : 1000),
});

export const isOver = (v?: Schemas['Import']): boolean => v?.status === 'done' || v?.status === 'failed';

// fields are what a row of a kind may say, in the order of the template.
export const fields = {
  products: ['gtin', 'name.zh-CN', 'name.en', 'brand', 'specification', 'category', 'origin', 'shelfLifeDays', 'inspectionRequired'],
  batches: ['gtin', 'lot', 'quantity', 'producedOn', 'expiresOn', 'origin', 'line'],
  serials: ['gtin', 'lot', 'serial', 'producedOn', 'expiresOn', 'origin', 'line'],
} as const;
export const kinds = Object.keys(fields) as Kind[];
export type Field = (typeof fields)[Kind][number];
