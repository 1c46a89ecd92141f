import { expect, test } from 'vitest';
import { inside } from './after';

test.each([
  ['/batches?q=1', '/batches?q=1'],
  [null, '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('the way back from %s is %s', (to, want) => expect(inside(to)).toBe(want));
