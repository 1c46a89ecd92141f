import { expect, test } from 'vitest';
import { sameRecord } from './proof';

test.each([
  [{ a: 1, b: [1, { c: 'x' }] }, { b: [1, { c: 'x' }], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: undefined }, false],
  [{ a: [1, 2] }, { a: [2, 1] }, false],
  [{ a: '1' }, { a: 1 }, false],
  [null, {}, false],
  [[], {}, false],
])('%j and %j', (a, b, same) => {
  expect(sameRecord(a, b)).toBe(same);
  expect(sameRecord(b, a)).toBe(same);
});
