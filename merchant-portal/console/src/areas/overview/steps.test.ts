import { expect, test } from 'vitest';
import { stepsOf } from './steps';

const nothing = { documents: 0, products: 0, batches: 0, labels: 0, shipments: 0 };
const done = (steps: Parameters<typeof stepsOf>[0], makes = true) => stepsOf(steps, makes).filter((s) => s.done).map((s) => s.name);

test.each([
  ['nothing yet', { ...nothing, standing: 'applied' as const }, []],
  ['applied', { ...nothing, standing: 'applied' as const, applied: 'submitted' as const }, ['apply']],
  ['sent back', { ...nothing, standing: 'applied' as const, applied: 'more_needed' as const }, []],
  ['qualified without an application of its own', { ...nothing, standing: 'qualified' as const }, ['apply', 'qualify']],
  ['with goods', { ...nothing, standing: 'qualified' as const, products: 2 }, ['apply', 'qualify', 'goods']],
  ['with labels', { documents: 1, standing: 'lapsed' as const, products: 1, batches: 1, labels: 3, shipments: 0 }, ['apply', 'qualify', 'goods', 'batch', 'labels']],
  ['that ships what it labelled elsewhere', { ...nothing, standing: 'qualified' as const, products: 1, batches: 1, shipments: 2 }, ['apply', 'qualify', 'goods', 'batch', 'labels']],
])('%s', (_, steps, want) => { expect(done(steps)).toEqual(want); });

test('who makes nothing is done once it may act', () => {
  expect(stepsOf({ ...nothing, standing: 'qualified' }, false).every((s) => s.done)).toBe(true);
});
