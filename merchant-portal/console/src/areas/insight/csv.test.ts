import { expect, test } from 'vitest';
import { csv } from './csv';

test('quotes are doubled and formulas are text', () => {
  expect(csv([['=1+1', 'a"b'], ['-5', '杭州']])).toBe('\ufeff"\'=1+1","a""b"\r\n"\'-5","杭州"\r\n');
});
