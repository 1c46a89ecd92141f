// What goes into a batch and what comes out of it, in whole numbers of one measure (UN/ECE Recommendation 20), as the ledger balances it.
import type { Schemas } from '@/api/client';
import { figure } from '@/app/figure';

export type Measure = Schemas['Measure'];
type Holding = Pick<Schemas['ProvenanceHolding'], 'party' | 'state' | 'from' | 'count' | 'container'>;

export const measures = ['H87', 'MGM', 'GRM', 'MLT', 'MMT'] as const satisfies Measure[];
export const maxContent = 10_000_000; // of one unit: trace.MaxContent

// Each measure's symbols, the largest first, and how many of it they are. Pieces have no symbol.
const symbols: Record<Measure, [string, number][]> = {
  H87: [], MGM: [['kg', 1_000_000], ['g', 1000], ['mg', 1]], GRM: [['kg', 1000], ['g', 1]], MLT: [['L', 1000], ['mL', 1]], MMT: [['m', 1000], ['mm', 1]],
};

// symbol is a measure's own: "g"; '' for pieces.
export const symbol = (measure: Measure): string => symbols[measure].at(-1)?.[0] ?? '';

// amount writes so many of a measure in the largest unit that keeps it at one or more: 98,500 g is "98.5 kg".
export function amount(measure: Measure, n: number): string {
  const [name, size] = symbols[measure].find(([, s]) => Math.abs(n) >= s) ?? symbols[measure].at(-1) ?? ['', 1];
  return `${figure(n / size)} ${name}`.trim();
}

// free are the runs of units that a party has in hand, in no container: those that it can use.
export const free = (holdings: Holding[], party: string): Holding[] =>
  holdings.filter((h) => h.party === party && h.state === 'held' && !h.container).sort((a, b) => a.from - b.from);

export const countOf = (runs: { count: number }[]): number => runs.reduce((sum, r) => sum + r.count, 0);

// firstOf takes the first so many units of runs, as few runs as that is.
export function firstOf(runs: Holding[], count: number): { from: number; count: number }[] {
  const taken: { from: number; count: number }[] = [];
  let left = count;
  for (const { from, count: there } of runs) {
    if (left <= 0) break;
    taken.push({ from, count: Math.min(there, left) });
    left -= there;
  }
  return taken;
}

export type Part = { count?: number | null; content?: number | null };
export type Balance = { in: number; out: number; loss: number; gap: number };

// balanceOf weighs what goes in against what comes out and is lost; gap is what neither accounts for, negative where more comes out than went in.
export function balanceOf(inputs: Part[], output: Part, loss?: number | null): Balance {
  const of = ({ count, content }: Part) => (count ?? 0) * (content ?? 0);
  const sum = inputs.reduce((total, x) => total + of(x), 0);
  return { in: sum, out: of(output), loss: loss ?? 0, gap: sum - of(output) - (loss ?? 0) };
}

// A batch's name in one text: a GTIN has no slash.
export const nameOf = ({ gtin, lot }: { gtin: string; lot: string }): string => `${gtin}/${lot}`;
export const named = (name = ''): { gtin: string; lot: string } => ({ gtin: name.slice(0, Math.max(0, name.indexOf('/'))), lot: name.slice(name.indexOf('/') + 1) });
