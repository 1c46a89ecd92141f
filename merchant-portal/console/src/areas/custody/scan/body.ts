// The body of a write from what was scanned: codes go as they were read, units that were chosen among several by index.
import type { Doing } from './doings';
import type { Scanned } from './kept';

export function bodyOf(doing: Doing, scanned: Scanned[], fields: Record<string, unknown>): Record<string, unknown> {
  const whole = scanned.filter((s) => !s.unit);
  const codes = whole.filter((s) => !s.damaged).map((s) => s.code);
  const damaged = whole.filter((s) => s.damaged).map((s) => s.code);
  const lines = scanned.filter((s) => s.unit).map(({ unit, damaged: broken }) => ({
    gtin: unit!.gtin, lot: unit!.lot, from: unit!.index, count: 1, ...(doing === 'receive' ? { condition: broken ? 'damaged' : 'good' } : {}) }));
  return { ...fields, ...(codes.length ? { codes } : {}), ...(damaged.length ? { damaged } : {}), ...(lines.length ? { lines } : {}) };
}
