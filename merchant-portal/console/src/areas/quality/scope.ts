import type { Schemas } from '@/api/client';
import { bodyOf } from '@/areas/custody/scan/body';
import type { Scanned } from '@/areas/custody/scan/kept';

// The ways in which a recall names its goods: whole lots, pieces of lots, or what was scanned, units and cases.
export const ways = ['lots', 'parts', 'codes'] as const;
export type Way = (typeof ways)[number];
export type Part = { lot?: string; first?: number | null; last?: number | null };
export type Goods = { gtin: string; way: Way; lots?: string[]; parts?: Part[] };

// scopeOf is what a recall names. People count pieces from one, lines from zero.
export function scopeOf({ gtin, way, lots = [], parts = [] }: Goods, scanned: Scanned[]): Schemas['RecallScope'] {
  if (way === 'lots') return { gtin, lots };
  if (way === 'codes') return bodyOf('return', scanned, { gtin }) as Schemas['RecallScope'];
  return { gtin, lines: parts.map(({ lot = '', first, last }) => ({ gtin, lot, from: (first ?? 1) - 1, count: (last ?? 0) - (first ?? 1) + 1 })) };
}
