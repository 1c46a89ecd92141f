import dagre from '@dagrejs/dagre';
import type { Edge, Node } from '@xyflow/react';
import type { Shown } from './collapse';

export const size = { width: 208, height: 68 };

export type Card = Node<{ shown: Shown; center: boolean; chosen: boolean }, 'card'>;

// place puts the nodes in columns from left to right, as goods went.
export function place(shown: Shown[], edges: { from: string; to: string; units: number; kind: string }[], center: string, label: (e: { units: number; kind: string }) => string): { nodes: Card[]; edges: Edge[] } {
  const g = new dagre.graphlib.Graph({ multigraph: true }).setGraph({ rankdir: 'LR', nodesep: 20, ranksep: 88, ranker: shown.length > 300 ? 'longest-path' : 'network-simplex' }).setDefaultEdgeLabel(() => ({}));
  for (const s of shown) g.setNode(s.id, { ...size });
  edges.forEach((e, i) => g.setEdge(e.from, e.to, {}, String(i)));
  dagre.layout(g);
  return {
    nodes: shown.map((s) => {
      const at = g.node(s.id);
      return { id: s.id, type: 'card', position: { x: at.x - size.width / 2, y: at.y - size.height / 2 }, ...size, data: { shown: s, center: s.id === center, chosen: false } };
    }),
    edges: edges.map((e, i) => ({ id: String(i), source: e.from, target: e.to, label: label(e), focusable: false })),
  };
}
