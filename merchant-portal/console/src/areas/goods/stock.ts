// What goes into a batch: units of batches by their count, the first that one has in hand, and units that were scanned.
import { useQueries } from '@tanstack/react-query';
import type { Schemas } from '@/api/client';
import type { Row as ScanRow } from '@/areas/custody/scan/useScanList';
import { useMe } from '@/app/session';
import { said } from '@/ui/said';
import { countOf, firstOf, free, named, nameOf, type Part } from './making';
import { batchQuery, storyQuery } from './queries';

export type Chosen = Part & { batch?: string };
export type Making = { inputs?: (Chosen | undefined)[]; scanned?: Record<string, number | null> }; // scanned: what each scanned unit of a batch contains
export type Ingredient = Required<Part> & { name: string; lot: string; product: string; expiresOn?: string };
export type Stock = ReturnType<typeof useStock>;

const unitOf = (r: ScanRow) => (r.unit ? r.named?.choices?.find((c) => c.lot === r.unit!.lot && c.index === r.unit!.index) : r.named?.unit);

// useStock gives, for each batch that is named, what it is and which of its units one has in hand.
export function useStock(inputs: Making['inputs'] = []) {
  const { party } = useMe();
  const names = [...new Set(inputs.flatMap((r) => r?.batch ?? []))];
  const batches = useQueries({ queries: names.map((n) => batchQuery(named(n).gtin, named(n).lot)) });
  const stories = useQueries({ queries: names.map((n) => storyQuery(named(n).gtin, named(n).lot)) });
  return new Map(names.map((n, i) => [n, { batch: batches[i]?.data, runs: stories[i]?.data && free(stories[i].data.holdings, party), error: batches[i]?.error ?? stories[i]?.error }]));
}

// ofScans groups what was scanned by its batch.
export function ofScans(scans: ScanRow[], contents: Making['scanned'] = {}): Ingredient[] {
  const groups = new Map<string, Ingredient>();
  for (const u of scans.flatMap((r) => unitOf(r) ?? [])) {
    const name = nameOf(u);
    groups.set(name, { name, lot: u.lot, product: said(u.name), expiresOn: u.expiresOn, content: contents[name] ?? null, count: (groups.get(name)?.count ?? 0) + 1 });
  }
  return [...groups.values()];
}

// ofBatches are the batches that were chosen with a count.
export const ofBatches = (inputs: Making['inputs'] = [], stock: Stock): Ingredient[] => inputs.flatMap((r) => (r?.batch ? [{
  name: r.batch, lot: named(r.batch).lot, product: said(stock.get(r.batch)?.batch?.productName), expiresOn: stock.get(r.batch)?.batch?.expiresOn, count: r.count ?? null, content: r.content ?? null }] : []));

// inputsOf is what goes in as it is sent: a code as it was read, everything else by its place in its batch.
export function inputsOf({ inputs = [], scanned = {} }: Making, scans: ScanRow[], stock: Stock): Pick<Schemas['NewTransformation'], 'inputs' | 'codes'> {
  const lines = inputs.flatMap((r) => firstOf(stock.get(r?.batch ?? '')?.runs ?? [], r?.count ?? 0).map((l) => ({ ...named(r?.batch), ...l, content: r?.content ?? 0 })));
  const contentOf = (r: ScanRow) => { const u = unitOf(r); return (u && scanned[nameOf(u)]) ?? 0; };
  const picked = scans.flatMap((r) => (r.unit ? [{ gtin: r.unit.gtin, lot: r.unit.lot, from: r.unit.index, count: 1, content: contentOf(r) }] : []));
  const codes = scans.filter((r) => !r.unit).map((r) => ({ code: r.code, content: contentOf(r) }));
  const all = [...lines, ...picked];
  return { ...(all.length ? { inputs: all } : {}), ...(codes.length ? { codes } : {}) };
}

// earliest is when the first of them expires; undefined where none does.
export const earliest = (all: Ingredient[]): string | undefined => all.flatMap((x) => x.expiresOn || []).sort()[0];

export const inHand = (stock: Stock, name = ''): number | undefined => { const runs = stock.get(name)?.runs; return runs && countOf(runs); };
