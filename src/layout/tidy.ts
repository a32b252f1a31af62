/**
 * Tidy: the board as it is drawn, a little more in order. Rows and columns that are nearly in line come into
 * line, and what stands too close makes room; who is left of or above whom stays, and so does all that is
 * pinned. Groups in two levels: first their members, then the boxes among the free cards.
 */
import {
  type Board,
  type BoardNode,
  boundsOf,
  centreOf,
  EDGE_ROOM,
  groupRects,
  type Id,
  nodeRect,
  type Point,
  type Rect,
  sameValue,
} from '../graph/index.ts';
import { align } from './align.ts';
import { isGrouped, type Proposal } from './elk-graph.ts';
import { GAP, type Placement, padded, place, staysPut } from './place.ts';
import { type Item, separate } from './separate.ts';

/** What moves as one: a card, or a box with the cards in it. */
type Part = { ids: readonly Id[]; item: Item };
type IsFixed = (node: BoardNode) => boolean;

/** Centres of columns, and of rows, that are at most so far apart come into line. Pixels. */
const ALIGN: Point = [48, 36];
/** Making room takes a few cards out of line again; after so many passes another tidy moves next to nothing. */
const PASSES = 4;

/** Places for the nodes of the board, or for those of `only`; all others stay where they are. */
export function tidy(board: Board, { only }: { only?: ReadonlySet<Id> } = {}): Placement {
  const isFixed: IsFixed = (node) => staysPut(node) || (only !== undefined && !only.has(node.id));
  const rects = new Map(Object.values(board.nodes).map((node) => [node.id, nodeRect(node)]));
  for (let pass = 0; pass < PASSES; pass++) {
    comeIntoLine(board, rects, isFixed);
    clearAll(board, rects, isFixed);
  }
  return place(board, proposalOf(board, rects, only), [0, 0]);
}

/** How many nodes would move, and how far those do on average, pixels. */
export function movement(board: Board, { positions }: Pick<Placement, 'positions'>) {
  const shifts = Object.entries(positions)
    .map(([id, [x, y]]) => {
      const [fromX, fromY] = board.nodes[id]!.position;
      return Math.hypot(x - fromX, y - fromY);
    })
    .filter((shift) => shift > 0);
  const sum = shifts.reduce((total, shift) => total + shift, 0);
  return { count: shifts.length, mean: sum / Math.max(1, shifts.length) };
}

/** Moves the cards in `rects` to where their column and their row would have them. */
function comeIntoLine(board: Board, rects: Map<Id, Rect>, isFixed: IsFixed): void {
  const nodes = Object.values(board.nodes);
  const along = (axis: 0 | 1) =>
    align(
      nodes.map((node) => ({ at: centreOf(rects.get(node.id)!)[axis], isFixed: isFixed(node) })),
      ALIGN[axis],
    );
  const [xs, ys] = [along(0), along(1)];
  nodes.forEach((node, i) => {
    if (isFixed(node)) return;
    const { width, height } = rects.get(node.id)!;
    rects.set(node.id, { x: xs[i]! - width / 2, y: ys[i]! - height / 2, width, height });
  });
}

/** Makes room within every group, then between the groups and the free cards. */
function clearAll(board: Board, rects: Map<Id, Rect>, isFixed: IsFixed): void {
  const card = (node: BoardNode): Part => ({
    ids: [node.id],
    item: { from: nodeRect(node), to: rects.get(node.id)!, weight: isFixed(node) ? Infinity : 1 },
  });
  const nodes = Object.values(board.nodes);
  const free = nodes.filter((node) => !isGrouped(board, node));
  const groups = Map.groupBy(
    nodes.filter((node) => isGrouped(board, node)),
    (node) => node.group,
  );
  for (const members of groups.values()) makeRoom(board, members.map(card), rects);
  const boxes = groupRects(board);
  const box = ([group, members]: readonly [Id, readonly BoardNode[]]): Part => ({
    ids: members.map(({ id }) => id),
    item: {
      from: boxes.get(group)!,
      to: padded(boundsOf(members.map(({ id }) => rects.get(id)!))!),
      weight: members.some(isFixed) ? Infinity : members.length,
    },
  });
  makeRoom(board, [...free.map(card), ...[...groups].map(box)], rects);
}

/** Moves the cards in `rects` so that the parts stand clear of each other, and the joined ones leave room for a label. */
function makeRoom(board: Board, parts: readonly Part[], rects: Map<Id, Rect>): void {
  const partOf = new Map(parts.flatMap(({ ids }, i) => ids.map((id) => [id, i] as const)));
  const joined = new Set<number>();
  for (const id in board.edges) {
    const { source, target } = board.edges[id]!;
    const [a, b] = [partOf.get(source), partOf.get(target)];
    if (a !== undefined && b !== undefined) joined.add(a * parts.length + b).add(b * parts.length + a);
  }
  const corners = separate(
    parts.map(({ item }) => item),
    (a, b) => (joined.has(a * parts.length + b) ? [EDGE_ROOM.level, EDGE_ROOM.upright] : [GAP, GAP]),
    EDGE_ROOM.level,
  );
  parts.forEach(({ ids, item }, i) => {
    const [dx, dy] = [corners[i]![0] - item.to.x, corners[i]![1] - item.to.y];
    for (const id of ids) {
      const rect = rects.get(id)!;
      rects.set(id, { ...rect, x: rect.x + dx, y: rect.y + dy });
    }
  });
}

/** The places in whole pixels; routes that hold stay with ends that move together. */
function proposalOf(board: Board, rects: ReadonlyMap<Id, Rect>, only?: ReadonlySet<Id>): Proposal {
  const corners = new Map<Id, Point>();
  for (const [id, { x, y }] of rects) {
    if (only && !only.has(id)) continue;
    const node = board.nodes[id]!;
    // the 0 added makes 0 of -0, which JSON does not keep
    corners.set(id, staysPut(node) ? node.position : [Math.round(x) + 0, Math.round(y) + 0]);
  }
  const paths = new Map<Id, Point[]>();
  for (const id in board.edges) {
    const { source, target, route } = board.edges[id]!;
    const shift = shiftOf(board, corners, source);
    if (!route || !shift || !sameValue(shift, shiftOf(board, corners, target))) continue;
    const holds =
      sameValue(route.source, board.nodes[source]!.position) &&
      sameValue(route.target, board.nodes[target]!.position);
    if (holds)
      paths.set(
        id,
        route.points.map(([x, y]): Point => [x + shift[0], y + shift[1]]),
      );
  }
  return { corners, paths };
}

function shiftOf(board: Board, corners: ReadonlyMap<Id, Point>, id: Id): Point | null {
  const [from, to] = [board.nodes[id]?.position, corners.get(id)];
  return from && to ? [to[0] - from[0], to[1] - from[1]] : null;
}
