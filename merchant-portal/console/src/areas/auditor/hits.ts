import type { Schemas } from '@/api/client';

export type Hit = Schemas['Hit'];

export const batchPath = (gtin: string, lot: string, serial?: string) =>
  `/auditor/batches/${gtin}/${encodeURIComponent(lot)}${serial ? `?serial=${encodeURIComponent(serial)}` : ''}`;

// pathOf says which page tells about what was found; undefined for what has none of its own.
export function pathOf(h: Hit): string | undefined {
  switch (h.kind) {
    case 'unit': return batchPath(h.gtin!, h.lot!, h.serial);
    case 'batch': return batchPath(h.gtin!, h.lot!);
    case 'product': return `/auditor?q=${h.gtin}`;
    case 'container': return `/auditor/containers/${h.id}`;
    case 'shipment': return `/auditor/shipments/${encodeURIComponent(h.id)}`;
    case 'recall': return `/quality/recalls/${encodeURIComponent(h.id)}`;
    case 'party': return `/platform/parties/${h.id}`;
    case 'transaction': return `/auditor?q=${h.id}&tx=${h.id}`;
  }
}
