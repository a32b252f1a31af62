/** From ELK's proposal to positions on the board: pinned nodes stay, the rest follows and makes room. */
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  boundsOf,
  GROUP_PADDING,
  groupRects,
  type Id,
  isLocked,
  nodeRect,
  overlaps,
  type Point,
  type Rect,
  sizeOfKind,
} from '../graph/index.ts';
import { isGrouped, type Proposal } from './elk-graph.ts';
import { settle } from './free-space.ts';

/** Space left around what is pushed apart: two stubs of the router. Less than ELK's own spacing. */
export const GAP = 32;

export type Route = NonNullable<BoardEdge['route']>;
export type Placement = { positions: Record<Id, Point>; routes: Record<Id, Route> };

/** Pinned, layout leaves it where it is; locked, everything does. */
export const staysPut = (node: BoardNode): boolean => node.pinned === true || isLocked(node);

/**
 * Positions for the nodes of the proposal, and those of its routes that still hold.
 *
 * The proposal is shifted by the median of the pinned nodes' shifts, or, with none pinned, so that its centre
 * of mass stays. What then overlaps a fixed node moves to the nearest free place. Whole groups move as boxes;
 * a group that holds a fixed node is a fixed box, and its other members find places of their own near by.
 */
export function place(board: Board, proposal: Proposal, shift = shiftOf(board, proposal)): Placement {
  const wanted = wantedRects(board, proposal, shift);
  const standing = new Map<Id, BoardNode>();
  const anchored = new Set<Id>();
  for (const id in board.nodes) {
    const node = board.nodes[id]!;
    if (wanted.has(id)) continue;
    standing.set(id, node);
    if (isGrouped(board, node)) anchored.add(node.group);
  }
  const put = (id: Id, [x, y]: Point) => standing.set(id, { ...board.nodes[id]!, position: [x, y] });

  const loners: Id[] = [];
  const groups = new Map<Id, Id[]>();
  for (const id of wanted.keys()) {
    const node = board.nodes[id]!;
    if (!isGrouped(board, node)) loners.push(id);
    else groups.set(node.group, [...(groups.get(node.group) ?? []), id]);
  }

  for (const [group, members] of groups) {
    if (!anchored.has(group)) continue;
    const items = members.map((id) => [id, wanted.get(id)!] as const);
    for (const [id, rect] of settle(items, obstacles(board, standing, group), GAP)) put(id, [rect.x, rect.y]);
  }

  const boxes = [...groups]
    .filter(([group]) => !anchored.has(group))
    .map(
      ([, members]): [Id[], Rect] =>
        [members, padded(boundsOf(members.map((id) => wanted.get(id)!))!)] as const,
    );
  const cards = loners.map((id): [Id[], Rect] => [[id], wanted.get(id)!]);
  const from = new Map<Id[], Rect>([...boxes, ...cards]);
  for (const [members, rect] of settle(from, obstacles(board, standing), GAP)) {
    const start = from.get(members)!;
    for (const id of members) {
      const { x, y } = wanted.get(id)!;
      put(id, [x + rect.x - start.x, y + rect.y - start.y]);
    }
  }

  const positions: Record<Id, Point> = {};
  for (const id of wanted.keys()) positions[id] = standing.get(id)!.position;
  return { positions, routes: validRoutes(board, proposal, shift, standing) };
}

/** Where the nodes that may move would go: the proposal, shifted. */
function wantedRects(board: Board, proposal: Proposal, [dx, dy]: Point): Map<Id, Rect> {
  const wanted = new Map<Id, Rect>();
  for (const [id, [x, y]] of proposal.corners) {
    const node = board.nodes[id]!;
    if (!staysPut(node)) wanted.set(id, { x: x + dx, y: y + dy, ...sizeOfKind(node.kind) });
  }
  return wanted;
}

/** Whole pixels, so that the proposal's routes shift with it exactly. */
function shiftOf(board: Board, { corners }: Proposal): Point {
  const shifts = [...corners].map(([id, corner]): [BoardNode, Point] => {
    const node = board.nodes[id]!;
    return [node, [node.position[0] - corner[0], node.position[1] - corner[1]]];
  });
  const pinned = shifts.filter(([node]) => staysPut(node));
  const along = (axis: 0 | 1): number => {
    if (pinned.length > 0) {
      const sorted = pinned.map(([, shift]) => shift[axis]).sort((a, b) => a - b);
      return Math.round(sorted[sorted.length >> 1]!);
    }
    const sum = shifts.reduce((total, [, shift]) => total + shift[axis], 0);
    return Math.round(sum / Math.max(1, shifts.length));
  };
  return [along(0), along(1)];
}

/** What stands: free nodes and the boxes of groups; of the group `inside`, its members instead of its box. */
function obstacles(board: Board, standing: ReadonlyMap<Id, BoardNode>, inside?: Id): Rect[] {
  const rects: Rect[] = [];
  for (const node of standing.values())
    if (!isGrouped(board, node) || node.group === inside) rects.push(nodeRect(node));
  for (const [group, rect] of groupRects({ nodes: Object.fromEntries(standing), groups: board.groups }))
    if (group !== inside) rects.push(rect);
  return rects;
}

export const padded = (rect: Rect): Rect => ({
  x: rect.x - GROUP_PADDING.side,
  y: rect.y - GROUP_PADDING.top,
  width: rect.width + 2 * GROUP_PADDING.side,
  height: rect.height + GROUP_PADDING.top + GROUP_PADDING.side,
});

/**
 * Routes whose two ends stand as proposed, and that no other node has come into the way of; and the routes
 * that layout had nothing to do with.
 */
function validRoutes(
  board: Board,
  proposal: Proposal,
  [dx, dy]: Point,
  standing: ReadonlyMap<Id, BoardNode>,
): Record<Id, Route> {
  const astray = new Set<Id>();
  const intruders: Rect[] = [];
  for (const [id, node] of standing) {
    const corner = proposal.corners.get(id);
    const isAsProposed = corner && corner[0] + dx === node.position[0] && corner[1] + dy === node.position[1];
    if (isAsProposed) continue;
    astray.add(id);
    intruders.push(nodeRect(node));
  }
  const routes: Record<Id, Route> = {};
  for (const id in board.edges) {
    const { source, target, route } = board.edges[id]!;
    const stays = !proposal.corners.has(source) && !proposal.corners.has(target);
    if (route && stays) routes[id] = route;
  }
  for (const [id, path] of proposal.paths) {
    const { source, target } = board.edges[id]!;
    if (astray.has(source) || astray.has(target)) continue;
    const points = path.map(([x, y]): Point => [x + dx, y + dy]);
    const isBlocked = points.some((point, i) => {
      const next = points[i + 1];
      return next && intruders.some((rect) => overlaps(rect, segmentRect(point, next)));
    });
    if (isBlocked) continue;
    routes[id] = {
      source: standing.get(source)!.position,
      target: standing.get(target)!.position,
      points,
    };
  }
  return routes;
}

const segmentRect = ([ax, ay]: Point, [bx, by]: Point): Rect => ({
  x: Math.min(ax, bx),
  y: Math.min(ay, by),
  width: Math.abs(ax - bx),
  height: Math.abs(ay - by),
});
