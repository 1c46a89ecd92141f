import { expect, test } from 'vitest';
import { lastWord, type Said } from './receipt';

const line = (from: number, count: number, condition: Said['condition'], lot = 'A'): Said => ({ gtin: '06901234567892', lot, from, count, condition });

test.each([
  ['nothing', [], []],
  ['parts', [line(0, 2, 'good'), line(2, 2, 'damaged')], [line(0, 2, 'good'), line(2, 2, 'damaged')]],
  ['the first of three amended', [line(6, 3, 'good'), line(6, 1, 'damaged')], [line(7, 2, 'good'), line(6, 1, 'damaged')]],
  ['one in the middle, and again', [line(0, 5, 'good'), line(2, 1, 'missing'), line(2, 1, 'good')], [line(0, 2, 'good'), line(3, 2, 'good'), line(2, 1, 'good')]],
  ['over two lines', [line(0, 2, 'good'), line(2, 2, 'missing'), line(1, 2, 'damaged')], [line(0, 1, 'good'), line(3, 1, 'missing'), line(1, 2, 'damaged')]],
  ['another lot', [line(0, 2, 'good'), line(0, 2, 'damaged', 'B')], [line(0, 2, 'good'), line(0, 2, 'damaged', 'B')]],
])('%s', (_, said, counts) => expect(lastWord(said)).toEqual(counts));
