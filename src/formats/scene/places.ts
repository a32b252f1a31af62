/** Where parts stand that were drawn in other sizes: in the middles of their boxes, spread until no card lies on another. */
import {
  type Board,
  boundsOf,
  COORDINATE_LIMIT,
  freePlace,
  type Id,
  type NodeKind,
  overlaps,
  type Point,
  type Rect,
  sizeOfKind,
} from '../../graph/index.ts';

/** Between two cards, pixels. */
const GAP = 24;
/** Boxes closer than this would make the rest a desert; they are moved aside instead. */
const MOST_SPREAD = 3;
/** So many cards are moved aside one by one; a layout does more of them better. */
const MOST_MOVED = 30;

export type Stand = {
  id: Id;
  kind: NodeKind;
  rect: Rect /** Where it stood, when we drew it. */;
  was: Point | null;
};
export type Places = {
  of: ReadonlyMap<Id, Point>;
  /** Places of anything else. */
  moved(point: Point): Point;
  spread: number;
  /** False where boxes lie on each other in heaps, so that a layout has to find places. */
  areGood: boolean;
};

const clamped = (value: number): number =>
  Math.max(-COORDINATE_LIMIT, Math.min(COORDINATE_LIMIT, value)) || 0;

export function placesOf(stands: readonly Stand[]): Places {
  const origin = boundsOf(stands.map(({ rect }) => rect)) ?? { x: 0, y: 0 };
  const spread = Math.min(MOST_SPREAD, spreadOf(stands));
  const scaled = (value: number, from: number) =>
    clamped(spread === 1 ? value : (value - from) * spread + from);
  const moved = ([x, y]: Point): Point => [scaled(x, origin.x), scaled(y, origin.y)];
  const standing: Record<Id, Board['nodes'][Id]> = {};
  const places = new Map<Id, Point>();
  let aside = 0;
  const grid = gridOf();
  for (const { id, kind, rect, was } of stands) {
    const size = sizeOfKind(kind);
    const middle = moved([rect.x + rect.width / 2, rect.y + rect.height / 2]);
    let position: Point = [clamped(middle[0] - size.width / 2), clamped(middle[1] - size.height / 2)];
    if (spread === 1 && was) position = moved(was);
    else if (grid.isTaken({ x: position[0], y: position[1], ...size })) {
      aside++;
      if (aside <= MOST_MOVED) position = freePlace({ nodes: standing }, position, size);
    }
    places.set(id, position);
    grid.take({ x: position[0], y: position[1], ...size });
    standing[id] = { id, name: '', kind, position };
  }
  return { of: places, moved, spread, areGood: aside <= MOST_MOVED };
}

/** How many times as far apart they must stand; Infinity where two have one middle. */
function spreadOf(stands: readonly Stand[]): number {
  const cards = stands.map(({ kind, rect, was }) => {
    const { width, height } = sizeOfKind(kind);
    return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2, width, height, isOurs: was !== null };
  });
  cards.sort((a, b) => a.x - b.x);
  let spread = 1;
  for (const [i, a] of cards.entries())
    for (let j = i + 1; j < cards.length && spread < MOST_SPREAD; j++) {
      const b = cards[j]!;
      const [wide, high] = [(a.width + b.width) / 2 + GAP, (a.height + b.height) / 2 + GAP];
      const [dx, dy] = [b.x - a.x, Math.abs(b.y - a.y)];
      if (dx >= wide) break;
      if (dy < high && !(a.isOurs && b.isOurs)) spread = Math.max(spread, Math.min(wide / dx, high / dy));
    }
  return spread;
}

/** Which places are taken, without looking at every card for each. */
function gridOf() {
  const cell = 200;
  const taken = new Map<string, Rect[]>();
  const cellsOf = ({ x, y, width, height }: Rect): string[] => {
    const cells: string[] = [];
    for (let i = Math.floor(x / cell); i <= Math.floor((x + width) / cell); i++)
      for (let j = Math.floor(y / cell); j <= Math.floor((y + height) / cell); j++) cells.push(`${i} ${j}`);
    return cells;
  };
  return {
    isTaken: (rect: Rect) =>
      cellsOf(rect).some((key) => (taken.get(key) ?? []).some((other) => overlaps(other, rect))),
    take(rect: Rect) {
      for (const key of cellsOf(rect)) taken.set(key, [...(taken.get(key) ?? []), rect]);
    },
  };
}
