import { expect, test } from 'vitest';
import { type Goods, scopeOf } from './scope';

const scanned = [
  { id: '1', code: '(00)106998801000000017', at: 0 },
  { id: '2', code: 'QX7RZP', at: 0, unit: { gtin: '06998801900015', lot: 'A', index: 4 } },
];

test.each<[string, Partial<Goods>, object]>([
  ['whole lots', { way: 'lots', lots: ['A', 'B'], parts: [{ lot: 'C', first: 1, last: 1 }] }, { lots: ['A', 'B'] }],
  ['pieces 3 to 10 of a lot', { way: 'parts', parts: [{ lot: 'A', first: 3, last: 10 }] }, { lines: [{ gtin: 'G', lot: 'A', from: 2, count: 8 }] }],
  ['one piece', { way: 'parts', parts: [{ lot: 'A', first: 1, last: 1 }] }, { lines: [{ gtin: 'G', lot: 'A', from: 0, count: 1 }] }],
  ['a case, and a unit that was chosen among several', { way: 'codes' }, { codes: ['(00)106998801000000017'], lines: [{ gtin: '06998801900015', lot: 'A', from: 4, count: 1 }] }],
])('%s', (_, goods, want) => {
  expect(scopeOf({ gtin: 'G', way: 'lots', ...goods }, scanned)).toEqual({ gtin: 'G', ...want });
});
