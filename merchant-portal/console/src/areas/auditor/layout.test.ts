import { expect, test } from 'vitest';
import type { Shown } from './collapse';
import { place } from './layout';

const nodes = (n: number): Shown[] => Array.from({ length: n }, (_, i) => ({ id: `n${i}`, node: { id: `n${i}`, kind: 'shipment', depth: 0 } }));
const edge = (from: number, to: number) => ({ from: `n${from}`, to: `n${to}`, units: 1, kind: 'shipped' });
const frame = { width: 600, height: 540 };
const drawn = (count: number, edges: ReturnType<typeof edge>[]) => place(nodes(count), edges, 'n0', () => '', frame);

test('a long way leads downwards, a wide one from left to right', () => {
  expect(drawn(7, [0, 1, 2, 3, 4, 5].map((i) => edge(i, i + 1))).nodes[0]!.data.down).toBe(true);
  expect(drawn(7, [1, 2, 3, 4, 5, 6].map((i) => edge(0, i))).nodes[0]!.data.down).toBe(false);
});

test('a thousand unfolded nodes are placed at once, none upon another, each behind what it comes from', () => {
  const begun = performance.now();
  const ways = Array.from({ length: 999 }, (_, i) => edge(Math.floor(i / 4), i + 1));
  const { nodes: placed } = drawn(1000, ways);
  const took = performance.now() - begun;
  console.info(`1,000 nodes placed in ${Math.round(took)} ms`);
  expect(new Set(placed.map((n) => `${n.position.x} ${n.position.y}`)).size).toBe(1000);
  const x = new Map(placed.map((n) => [n.id, n.position.x]));
  expect(ways.filter((w) => x.get(w.from)! >= x.get(w.to)!)).toEqual([]);
});

test('goods that came back make a circle, which is drawn too', () => {
  const { nodes: placed } = drawn(300, Array.from({ length: 300 }, (_, i) => edge(i, (i + 1) % 300)));
  expect(new Set(placed.map((n) => `${n.position.x} ${n.position.y}`)).size).toBe(300);
});
