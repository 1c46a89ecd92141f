import { api, type Schemas } from '@/api/client';
import { nameIn } from '@/ui/Download';
import type { Order } from './order';

export type Printed = { job: string } | { file: Blob; name: string };

// printed sends an order: few labels are a file at once, many a job to follow.
export async function printed(gtin: string, lot: string, body: Order, key: string): Promise<Printed> {
  const { data, response } = await api.POST('/api/v1/batches/{gtin}/{lot}/labels', { params: { path: { gtin, lot }, header: { 'Idempotency-Key': key } }, body, parseAs: 'blob' });
  const file = data as unknown as Blob;
  if (response.status === 202) return { job: (JSON.parse(await file.text()) as Schemas['Job']).id };
  return { file, name: nameIn(response.headers.get('Content-Disposition')) };
}
