import { expect, test } from 'vitest';
import { doubled, serialsIn } from './serials';

test('serials are read however they are divided', () => {
  expect(serialsIn('A1\r\nA2,A3；A4\tA5、A6\n\n')).toEqual(['A1', 'A2', 'A3', 'A4', 'A5', 'A6']);
  expect(serialsIn(undefined)).toEqual([]);
});

test('a serial that stands there twice is named', () => {
  expect(doubled(['A1', 'a1', 'A1'])).toBe('A1');
  expect(doubled(['A1', 'a1'])).toBeUndefined();
});
