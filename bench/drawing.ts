/** What a drawing is measured by, whoever drew it: crossings, length of its lines, and what moved since the last one. */
import { type Board, centreOf, type Id, nodeRect, type Point } from '../src/graph/index.ts';

/** `corners`: where the nodes stand; `paths`: the lines. Board pixels. */
export type Drawing = { ms: number; corners: ReadonlyMap<Id, Point>; paths: readonly Point[][] };

export const cornersOf = ({ nodes }: Pick<Board, 'nodes'>): Map<Id, Point> =>
  new Map(Object.values(nodes).map(({ id, position }) => [id, position]));

/** How often runs of different routes properly cross (touching and lying on one another do not count). */
export function crossings(paths: readonly Point[][]): number {
  const runs = paths
    .flatMap((path, route) => path.slice(1).map((to, i) => ({ from: path[i]!, to, route })))
    .sort((a, b) => Math.min(a.from[0], a.to[0]) - Math.min(b.from[0], b.to[0]));
  let count = 0;
  runs.forEach((a, i) => {
    const right = Math.max(a.from[0], a.to[0]);
    for (let j = i + 1; j < runs.length; j++) {
      const b = runs[j]!;
      if (Math.min(b.from[0], b.to[0]) > right) break;
      if (a.route === b.route) continue;
      const separates = (p: typeof a, q: typeof a) =>
        turn(p.from, p.to, q.from) * turn(p.from, p.to, q.to) < 0;
      if (separates(a, b) && separates(b, a)) count++;
    }
  });
  return count;
}

const turn = (a: Point, b: Point, c: Point): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

export const lengthOf = (paths: readonly Point[][]): number =>
  paths.reduce(
    (total, path) =>
      total + path.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - path[i]![0], y - path[i]![1]), 0),
    0,
  );

/** Mean distance, in pixels, between where the nodes of `before` stood and where they stand after. */
export function meanShift(before: ReadonlyMap<Id, Point>, after: ReadonlyMap<Id, Point>): number {
  let sum = 0;
  for (const [id, [x, y]] of before) {
    const [toX, toY] = after.get(id)!;
    sum += Math.hypot(toX - x, toY - y);
  }
  return sum / Math.max(1, before.size);
}

/** The drawing moved as a whole so that the nodes of `before` keep their middle: a peer's origin means nothing. */
export function onto(before: ReadonlyMap<Id, Point>, after: ReadonlyMap<Id, Point>): Map<Id, Point> {
  const mean = (axis: 0 | 1) => {
    let sum = 0;
    for (const [id, corner] of before) sum += corner[axis] - after.get(id)![axis];
    return sum / Math.max(1, before.size);
  };
  const [dx, dy] = [mean(0), mean(1)];
  return new Map([...after].map(([id, [x, y]]) => [id, [x + dx, y + dy]]));
}

/** Percent of all pairs of which the one was left of or above the other, by their centres, and is right or below now. */
export function flippedPairs(
  nodes: Board['nodes'],
  before: ReadonlyMap<Id, Point>,
  after: ReadonlyMap<Id, Point>,
): number {
  const ids = [...before.keys()];
  const centres = (corners: ReadonlyMap<Id, Point>) =>
    ids.map((id) => centreOf(nodeRect({ ...nodes[id]!, position: corners.get(id)! })));
  const [was, is] = [centres(before), centres(after)];
  let flipped = 0;
  for (let i = 0; i < ids.length; i++)
    for (let j = i + 1; j < ids.length; j++)
      if (([0, 1] as const).some((k) => (was[i]![k] - was[j]![k]) * (is[i]![k] - is[j]![k]) < 0)) flipped++;
  return (100 * flipped) / Math.max(1, (ids.length * (ids.length - 1)) / 2);
}
