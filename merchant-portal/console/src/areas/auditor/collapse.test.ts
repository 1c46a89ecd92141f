import { expect, test } from 'vitest';
import { fold, type Graph } from './collapse';

// A batch that went to so many shops, each in a shipment of its own.
function wide(shops: number): Graph {
  const graph: Graph = { center: 'batch:b', nodes: [{ id: 'batch:b', kind: 'batch', depth: 0 }], edges: [], left: 0 };
  for (let i = 0; i < shops; i++) {
    graph.nodes.push({ id: `shipment:${i}`, kind: 'shipment', status: 'received', depth: 0 }, { id: `party:${i}`, kind: 'party', depth: 0 });
    graph.edges.push({ from: 'batch:b', to: `shipment:${i}`, kind: 'shipped', units: 2 }, { from: `shipment:${i}`, to: `party:${i}`, kind: 'received', units: 2 });
  }
  return graph;
}

test('a few stand for themselves', () => {
  expect(fold(wide(3), new Set()).shown).toHaveLength(7);
});

test('a thousand nodes fold into what can be read, and no unit is lost', () => {
  const { shown, edges } = fold(wide(499), new Set());
  expect(shown).toHaveLength(3);
  expect(shown.map((s) => s.fold?.members.length ?? 1).reduce((a, b) => a + b)).toBe(999);
  expect(edges.filter((e) => e.kind === 'shipped').map((e) => e.units)).toEqual([998]);
});

test('what is opened stands for itself, and what follows stays folded as far as it is alike', () => {
  const folded = fold(wide(20), new Set());
  const shipments = folded.shown.find((s) => s.fold?.kind === 'shipment')!;
  const { shown } = fold(wide(20), new Set([shipments.id]));
  expect(shown.filter((s) => s.node?.kind === 'shipment')).toHaveLength(20);
});

test('every edge leads between nodes that are shown', () => {
  const { shown, edges } = fold(wide(50), new Set());
  const ids = new Set(shown.map((s) => s.id));
  expect(edges.every((e) => ids.has(e.from) && ids.has(e.to))).toBe(true);
});
