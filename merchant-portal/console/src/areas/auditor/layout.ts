import dagre from '@dagrejs/dagre';
import { MarkerType, type Edge, type Node } from '@xyflow/react';
import type { Shown } from './collapse';
import { tiers } from './tiers';

export const size = { width: 208, height: 68 };

export type Card = Node<{ shown: Shown; center: boolean; down: boolean }, 'card'>;
type Way = { from: string; to: string; units: number; kind: string };
type Frame = { width: number; height: number };

// A picture of more nodes is not tried both ways, but laid out in columns: dagre takes seconds for a thousand nodes.
const few = 200;

// Up to so large a picture is drawn.
export const maxZoom = 1.35;

function laid(shown: Shown[], edges: Way[], down: boolean) {
  const g = new dagre.graphlib.Graph({ multigraph: true }).setDefaultEdgeLabel(() => ({}))
    .setGraph({ rankdir: down ? 'TB' : 'LR', nodesep: 20, ranksep: down ? 48 : 88 });
  for (const s of shown) g.setNode(s.id, { ...size });
  edges.forEach((e, i) => g.setEdge(e.from, e.to, {}, String(i)));
  dagre.layout(g);
  return g;
}

// place puts the nodes as goods went, from left to right or downwards, whichever fills the frame with larger writing.
export function place(shown: Shown[], edges: Way[], center: string, label: (e: Way) => string, frame: Frame): { nodes: Card[]; edges: Edge[] } {
  const zoom = (g: ReturnType<typeof laid>) => Math.min(frame.width / (g.graph().width ?? 1), frame.height / (g.graph().height ?? 1), maxZoom);
  const many = shown.length > few;
  const across = many ? undefined : laid(shown, edges, false);
  const downwards = many ? undefined : laid(shown, edges, true);
  const down = !!across && !!downwards && zoom(downwards) > zoom(across);
  const g = down ? downwards : across;
  const columns = many ? tiers(shown.map((s) => s.id), edges, { x: size.width + 88, y: size.height + 20 }) : undefined;
  const spot = (id: string) => columns?.get(id) ?? { x: g!.node(id).x - size.width / 2, y: g!.node(id).y - size.height / 2 };
  return {
    nodes: shown.map((s) => ({ id: s.id, type: 'card', position: spot(s.id), ...size, data: { shown: s, center: s.id === center, down } })),
    edges: edges.map((e, i) => ({ id: String(i), source: e.from, target: e.to, label: label(e), focusable: false, markerEnd: { type: MarkerType.ArrowClosed, color: 'var(--quiet)' } })),
  };
}
