import { expect, test } from 'vitest';
import { bars, square } from './bars';
import { ssccUnder } from './sscc';

const sscc = ssccUnder('6998801');

test('the bars are 156 modules wide, and the square has a viewBox of its own', () => {
  expect(bars(sscc)).toMatch(/^<svg preserveAspectRatio="none" viewBox="0 0 156 /);
  expect(square(sscc)).toMatch(/viewBox="0 0 (\d+) \1"/);
});

test('an SSCC with a wrong check digit has no bars', () => {
  expect(() => bars(sscc.slice(0, 17) + ((Number(sscc[17]) + 1) % 10))).toThrow();
});
