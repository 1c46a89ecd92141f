// A layout for pictures of many nodes, in time that grows with them: each node stands in the column after the last of
// those that it comes from, at the height of their middle, and columns that would be too tall are wrapped into several.
export type Way = { from: string; to: string };
export type Spot = { x: number; y: number };

const rounds = 4;
const tall = 40; // nodes in a column

export function tiers(ids: string[], ways: Way[], step: { x: number; y: number }): Map<string, Spot> {
  const before = neighbours(ids, ways, (w) => [w.to, w.from]);
  const after = neighbours(ids, ways, (w) => [w.from, w.to]);
  const columns = columnsOf(ids, before, after);
  const rank = new Map<string, number>();
  columns.forEach((column) => column.forEach((id, i) => rank.set(id, i)));
  for (let round = 0; round < rounds; round++) {
    const forth = round % 2 === 0;
    const near = forth ? before : after;
    for (const column of forth ? columns : [...columns].reverse()) {
      const middle = new Map(column.map((id) => [id, middleOf(near.get(id)!, rank) ?? rank.get(id)!]));
      column.sort((a, b) => middle.get(a)! - middle.get(b)!);
      column.forEach((id, i) => rank.set(id, i));
    }
  }
  return spots(columns, step);
}

function neighbours(ids: string[], ways: Way[], ends: (w: Way) => [string, string]): Map<string, string[]> {
  const near = new Map(ids.map((id) => [id, [] as string[]]));
  for (const w of ways) {
    const [of, other] = ends(w);
    if (of !== other) near.get(of)?.push(other);
  }
  return near;
}

// columnsOf puts each node behind all that it comes from. Goods that come back make a circle, which is cut where it is met.
function columnsOf(ids: string[], before: Map<string, string[]>, after: Map<string, string[]>): string[][] {
  const waits = new Map(ids.map((id) => [id, before.get(id)!.length]));
  const column = new Map<string, number>();
  const left = new Set(ids);
  let ready = ids.filter((id) => waits.get(id) === 0);
  while (left.size > 0) {
    if (ready.length === 0) ready = [left.values().next().value!];
    const next: string[] = [];
    for (const id of ready) {
      if (!left.delete(id)) continue;
      column.set(id, 1 + Math.max(-1, ...before.get(id)!.map((b) => column.get(b) ?? -1)));
      for (const to of after.get(id)!) {
        waits.set(to, waits.get(to)! - 1);
        if (waits.get(to) === 0) next.push(to);
      }
    }
    ready = next;
  }
  const columns: string[][] = [];
  for (const id of ids) (columns[column.get(id)!] ??= []).push(id);
  return columns;
}

function middleOf(near: string[], rank: Map<string, number>): number | undefined {
  if (near.length === 0) return undefined;
  return near.reduce((sum, id) => sum + rank.get(id)!, 0) / near.length;
}

function spots(columns: string[][], step: { x: number; y: number }): Map<string, Spot> {
  const at = new Map<string, Spot>();
  let x = 0;
  for (const column of columns) {
    const wrapped = Math.ceil(column.length / tall);
    const height = Math.ceil(column.length / wrapped);
    column.forEach((id, i) => at.set(id, { x: x + Math.floor(i / height) * step.x, y: ((i % height) - (Math.min(height, column.length) - 1) / 2) * step.y }));
    x += wrapped * step.x;
  }
  return at;
}
