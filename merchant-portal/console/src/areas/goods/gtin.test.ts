import { describe, expect, it } from 'vitest';
import { checkDigit, gtin14, gtinFault, under } from './gtin';

describe('a barcode while it is typed', () => {
  it.each([
    ['6998801000012', null], ['06998801000012', null], ['４００６３８１３３３９３１', null], ['4006381 333931', null], ['96385074', null],
    ['6998801000013', 'check'], ['699880100003', 'check'], ['69988', 'short'], ['', 'short'], ['699880100001234', 'long'], ['69988010000l2', 'digits'],
  ])('%s is %s', (typed, fault) => expect(gtinFault(typed)).toBe(fault));

  it('has the digit that the others ask for', () => expect(checkDigit('699880100001')).toBe(2));
  it('is written with 14 digits', () => expect(gtin14('96385074')).toBe('00000096385074'));
  it('is under its company prefix', () => {
    expect(under('6998801000012', '6998801')).toBe(true);
    expect(under('16998801000019', '6998801')).toBe(true);
    expect(under('6998802000019', '6998801')).toBe(false);
  });
});
