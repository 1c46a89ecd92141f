// A graph that can be read: what is alike is folded into one node until somebody opens it.
import type { Schemas } from '@/api/client';

export type Node = Schemas['GraphNode'];
export type Graph = Schemas['ProvenanceGraph'];
export type Fold = { id: string; kind: Node['kind']; members: Node[]; open: false };
export type Shown = { id: string; node?: Node; fold?: Fold };

// Up to so many alike stand side by side.
const together = 6;

const neighbours = (graph: Graph) => {
  const before = new Map<string, string[]>();
  const after = new Map<string, string[]>();
  for (const e of graph.edges) {
    before.set(e.to, [...(before.get(e.to) ?? []), e.from]);
    after.set(e.from, [...(after.get(e.from) ?? []), e.to]);
  }
  return { before, after };
};

// fold joins shipments and containers with one source, then parties that only these lead to. Nodes of folds that are
// open, and the one in the middle, stand for themselves.
export function fold(graph: Graph, open: ReadonlySet<string>): { shown: Shown[]; edges: { from: string; to: string; units: number; kind: string }[] } {
  const { before, after } = neighbours(graph);
  const stands = new Map(graph.nodes.map((n) => [n.id, n.id]));
  const folds = new Map<string, Fold>();
  const gather = (candidates: Node[], key: (n: Node) => string) => {
    const groups = new Map<string, Node[]>();
    for (const n of candidates) groups.set(key(n), [...(groups.get(key(n)) ?? []), n]);
    for (const [id, members] of groups) {
      if (members.length <= together || open.has(id)) continue;
      folds.set(id, { id, kind: members[0]!.kind, members, open: false });
      for (const m of members) stands.set(m.id, id);
    }
  };
  const from = (n: Node) => [...new Set((before.get(n.id) ?? []).map((id) => stands.get(id) ?? id))].sort().join();
  gather(graph.nodes.filter((n) => n.kind === 'shipment' || n.kind === 'container'), (n) => `${n.kind}|${from(n)}|${n.status ?? ''}`);
  gather(graph.nodes.filter((n) => n.kind === 'party' && !after.get(n.id)?.length), (n) => `party|${from(n)}`);
  gather(graph.nodes.filter((n) => n.kind === 'batch' && n.id !== graph.center && !after.get(n.id)?.length), (n) => `batch|${from(n)}`);
  const merged = new Map<string, { from: string; to: string; units: number; kind: string }>();
  for (const e of graph.edges) {
    const [a, b] = [stands.get(e.from)!, stands.get(e.to)!];
    const key = `${a}>${b}>${e.kind}`;
    const edge = merged.get(key) ?? { from: a, to: b, units: 0, kind: e.kind };
    edge.units += e.units ?? 0;
    merged.set(key, edge);
  }
  const shown: Shown[] = graph.nodes.filter((n) => stands.get(n.id) === n.id).map((node) => ({ id: node.id, node }));
  return { shown: [...shown, ...[...folds.values()].map((f) => ({ id: f.id, fold: f }))], edges: [...merged.values()] };
}
