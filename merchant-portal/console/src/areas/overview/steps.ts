import type { Schemas } from '@/api/client';

export type Steps = Schemas['Steps'];
export type Name = 'apply' | 'qualify' | 'goods' | 'batch' | 'labels';

// stepsOf gives what a party has to do until its first labels, and what of it is done. Who makes nothing is done once it may act.
export function stepsOf(steps: Steps, makes: boolean): { name: Name; done: boolean }[] {
  const qualified = steps.standing !== undefined && steps.standing !== 'applied';
  const all: { name: Name; done: boolean }[] = [
    { name: 'apply', done: qualified || (steps.applied !== undefined && steps.applied !== 'more_needed' && steps.applied !== 'refused') },
    { name: 'qualify', done: qualified },
  ];
  if (!makes) return all;
  const shipped = steps.shipments > 0; // whoever ships goods has long had labels, from here or elsewhere
  return [...all, { name: 'goods', done: steps.products > 0 }, { name: 'batch', done: steps.batches > 0 }, { name: 'labels', done: steps.labels > 0 || shipped }];
}
