import { describe, expect, it } from 'vitest';
import { codesIn, firstChoice, orderOf } from './order';

describe('orderOf', () => {
  it.each([
    ['the whole batch', {}, false, { format: 'pdf', from: 0, trial: false, template: 'roll-50x30', symbol: 'qr', pin: false }],
    ['a range counted from 1', { units: 'range' as const, first: 11, last: 20 }, false, { format: 'pdf', from: 10, count: 10, trial: false, template: 'roll-50x30', symbol: 'qr', pin: false }],
    ['single labels', { units: 'codes' as const, codes: ['4Z6VVV', 'ABC123'] }, false, { format: 'pdf', from: 0, trial: false, template: 'roll-50x30', symbol: 'qr', pin: false, codes: ['4Z6VVV', 'ABC123'] }],
    ['a trial prints no unit', { units: 'range' as const, first: 11, last: 20 }, true, { format: 'pdf', from: 0, trial: true, template: 'roll-50x30', symbol: 'qr', pin: false }],
    ['a list has no layout', { format: 'csv' as const, pin: true }, false, { format: 'csv', from: 0, trial: false, symbol: 'qr', pin: true }],
    ['the code alone', { template: '', design: { width: 20, height: 20, fields: [] }, format: 'zpl' as const, printer: 'tsc' }, false,
      { format: 'zpl', from: 0, trial: false, design: { width: 20, height: 20, fields: ['none'] }, symbol: 'qr', pin: false, dpi: 300, printer: 'tsc' }],
  ])('%s', (_, change, trial, want) => {
    expect(orderOf({ ...firstChoice, ...change }, trial)).toEqual(want);
  });
});

describe('codesIn', () => {
  it.each([
    [' 4Z6VVV，ABC123\n', ['4Z6VVV', 'ABC123']],
    ['https://t.example/01/06998801900015/10/A,1/21/a;b', ['https://t.example/01/06998801900015/10/A,1/21/a;b']],
    ['(01)06998801900015(10)A 1(21)x', ['(01)06998801900015(10)A 1(21)x']],
    ['0106998801900015' + '10A;1\x1d21x', ['010699880190001510A;1\x1d21x']],
  ])('%j', (typed, want) => expect(codesIn(typed)).toEqual(want));
});
