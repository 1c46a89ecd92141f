import { expect, it } from 'vitest';
import { lotFault } from './lot';

it.each([
  ['202610A01', null], ['A/B-1.2', null], ["'Q'", null], ['L'.repeat(20), null],
  ['', 'missing'], ['L'.repeat(21), 'long'], ['批号', 'signs'], ['A 1', 'signs'], ['A#1', 'signs'], ['.', 'dots'], ['..', 'dots'],
])('the lot %s is %s', (lot, fault) => expect(lotFault(lot)).toBe(fault));
