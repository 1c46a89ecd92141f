import { expect, test } from 'vitest';
import { amount, balanceOf, countOf, firstOf, free, named, nameOf } from './making';

test.each([['GRM', 100_000, '100 kg'], ['GRM', 98_500, '98.5 kg'], ['GRM', 999, '999 g'], ['MGM', 1500, '1.5 g'], ['MLT', 0, '0 mL'], ['MMT', -2500, '-2.5 m'], ['H87', 1200, '1,200']] as const)(
  '%s %d is read as %s', (measure, n, read) => expect(amount(measure, n)).toBe(read));

test.each([
  ['nothing is left over', 2, { in: 100, out: 98, loss: 2, gap: 0 }],
  ['what is not accounted for', 0, { in: 100, out: 98, loss: 0, gap: 2 }],
  ['more than went in', 5, { in: 100, out: 98, loss: 5, gap: -3 }],
  ['nothing said of the loss', undefined, { in: 100, out: 98, loss: 0, gap: 2 }],
])('the balance: %s', (_, loss, balance) => expect(balanceOf([{ count: 3, content: 30 }, { count: 10, content: 1 }, { count: 1 }], { count: 49, content: 2 }, loss)).toEqual(balance));

const run = (from: number, count: number, more: object = {}) => ({ party: 'me', state: 'held' as const, from, count, ...more });
const holdings = [run(60, 10), run(0, 20), run(20, 10, { container: '369988010000000013' }), run(30, 10, { party: 'other' }), run(40, 20, { state: 'sold' })];

test('what one has in hand and in no box can be used, from the first on', () => {
  const runs = free(holdings, 'me');
  expect(countOf(runs)).toBe(30);
  expect(firstOf(runs, 5)).toEqual([{ from: 0, count: 5 }]);
  expect(firstOf(runs, 20)).toEqual([{ from: 0, count: 20 }]);
  expect(firstOf(runs, 25)).toEqual([{ from: 0, count: 20 }, { from: 60, count: 5 }]);
  expect(firstOf(runs, 0)).toEqual([]);
});

test('a batch is named by its GTIN and its lot, whatever that has in it', () => {
  expect(named(nameOf({ gtin: '06998801900015', lot: 'J/1' }))).toEqual({ gtin: '06998801900015', lot: 'J/1' });
  expect(named()).toEqual({ gtin: '', lot: '' });
});
