// What a standard is made of (ISO 2859-1, which is GB/T 2828.1), and what its form holds.
import type { Schemas } from '@/api/client';

export type Standard = Schemas['Standard'];
export type DefectClass = Schemas['ClassLimit']['class'];
export const levels = ['S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III'] as const satisfies Standard['level'][];
export const defectClasses = ['critical', 'major', 'minor'] as const satisfies DefectClass[];
export const aqls = ['0.010', '0.015', '0.025', '0.040', '0.065', '0.10', '0.15', '0.25', '0.40', '0.65', '1.0', '1.5', '2.5',
  '4.0', '6.5', '10', '15', '25', '40', '65', '100', '150', '250', '400', '650', '1000'];

type Item = { id?: string; name?: { 'zh-CN'?: string; en?: string }; class?: DefectClass; method?: string; unit?: string; min?: number | null; max?: number | null; samples?: number | null };
export type Values = Pick<Standard, 'id' | 'category' | 'name' | 'level'> & { limits: Partial<Record<DefectClass, string>>; items: Item[]; mayReduce?: boolean };

export const measured = (i: Item) => (i.min ?? undefined) !== undefined || (i.max ?? undefined) !== undefined;

// limitsOf writes what a measurement has to lie within: "0–10 mg/kg", "≤ 10 mg/kg".
export function limitsOf({ min, max, unit }: Item): string {
  const some = (n?: number | null): n is number => typeof n === 'number';
  const range = some(min) && some(max) ? `${min}–${max}` : some(max) ? `≤ ${max}` : `≥ ${min}`;
  return `${range} ${unit ?? ''}`.trim();
}

// valuesOf fills the form for the next version of a standard, or for a first one.
export function valuesOf(s?: Standard): Partial<Values> {
  if (!s) return { level: 'II', limits: {}, items: [{ class: 'major' }] };
  return { id: s.id, category: s.category, name: s.name, level: s.level, mayReduce: s.mayReduce, items: s.items, limits: Object.fromEntries(s.limits.map((l) => [l.class, l.aql])) };
}

// bodyOf is what the form says, as it is sent.
export function bodyOf(v: Values, version: number): Schemas['NewStandard'] {
  const given = (text?: string) => text?.trim() || undefined;
  return {
    id: v.id.trim(), version, category: v.category.trim(), name: v.name, level: v.level, mayReduce: v.mayReduce || undefined,
    limits: defectClasses.flatMap((c) => (v.limits[c] ? [{ class: c, aql: v.limits[c] }] : [])),
    items: v.items.map((i) => ({
      id: i.id?.trim() ?? '', name: { 'zh-CN': i.name?.['zh-CN']?.trim() ?? '', en: i.name?.en?.trim() ?? '' }, class: i.class ?? 'major', method: given(i.method), unit: given(i.unit),
      min: i.min ?? undefined, max: i.max ?? undefined, samples: (measured(i) && i.samples) || undefined,
    })),
  };
}
