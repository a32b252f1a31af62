/** A place for a new node next to those it is joined to. Nothing else moves. */

import type { Id } from './fields.ts';
import {
  centreOf,
  EDGE_ROOM,
  groupRects,
  inflate,
  nodeRect,
  overlaps,
  type Rect,
  sizeOfKind,
} from './geometry.ts';
import { type Board, COORDINATE_LIMIT, type NodeKind, type Point } from './schema.ts';

/** Where traffic goes on a board: most edges lead this way. */
export type Flow = 'RIGHT' | 'DOWN' | 'LEFT' | 'UP';

/** Kept free around the new node, pixels. */
const GAP = 32;
/** So far around the place wished for is looked first, pixels. */
const FAR = 700;
/** To stand on a line or a label is as bad as to stand so many pixels further off. */
const COVERING = 160;

/** The way most edges go: to the right where nothing says otherwise. */
export function flowOf({ nodes, edges }: Pick<Board, 'nodes' | 'edges'>): Flow {
  let right = 0;
  let down = 0;
  for (const id in edges) {
    const [source, target] = [nodes[edges[id]!.source], nodes[edges[id]!.target]];
    if (!source || !target) continue;
    const { width, height } = sizeOfKind(source.kind);
    const dx = target.position[0] - source.position[0];
    const dy = target.position[1] - source.position[1];
    if (Math.abs(dx) >= width) right += Math.sign(dx);
    if (Math.abs(dy) >= height) down += Math.sign(dy);
  }
  if (Math.abs(down) > Math.abs(right)) return down > 0 ? 'DOWN' : 'UP';
  return right >= 0 ? 'RIGHT' : 'LEFT';
}

export type Neighbours = { sources?: readonly Id[]; targets?: readonly Id[]; flow?: Flow };

/**
 * Where a new node of this kind best stands: along the flow after its sources and before its targets, with
 * room for the edges' labels between, as near to that as there is room. It is clear of nodes, of groups it is
 * not in, and, if there is such a place near by, of what else is drawn (`drawn`: lines and labels).
 */
export function placeBeside(
  board: Pick<Board, 'nodes' | 'edges' | 'groups'>,
  args: Neighbours & { kind: NodeKind; group?: Id; drawn?: Iterable<Rect> },
): Point {
  const flow = args.flow ?? flowOf(board);
  const place = wishedPlace(board, { ...args, flow });
  const joined = new Set([...(args.sources ?? []), ...(args.targets ?? [])]);
  const takenWithin = (far: number): Rect[] => {
    const window = inflate(place, far);
    const taken: Rect[] = [];
    for (const id in board.nodes) {
      const rect = nodeRect(board.nodes[id]!);
      if (overlaps(rect, window)) taken.push(joined.has(id) ? withRoom(rect, flow) : inflate(rect, GAP));
    }
    for (const [id, rect] of groupRects(board))
      if (id !== args.group && overlaps(rect, window)) taken.push(inflate(rect, GAP));
    return taken;
  };
  const near = takenWithin(FAR);
  const covering = nearestFree(place, near, FAR);
  if (!covering)
    return nearestFree(place, takenWithin(2 * COORDINATE_LIMIT), Infinity)?.at ?? [place.x, place.y];
  const window = inflate(place, COVERING + covering.distance);
  const drawn = [...(args.drawn ?? [])].filter((rect) => overlaps(rect, window));
  const clear = nearestFree(place, near, covering.distance + COVERING, drawn);
  return (clear ?? covering).at;
}

/**
 * The nearest corner less than `far` away where the place overlaps nothing: straight above or below it, or of
 * a place beside something taken.
 */
function nearestFree(place: Rect, taken: readonly Rect[], far: number, drawn: readonly Rect[] = []) {
  const xs = new Set([place.x]);
  for (const rect of taken) xs.add(Math.ceil(rect.x + rect.width)).add(Math.floor(rect.x - place.width));
  const aside = (x: number) => Math.abs(x - place.x);
  let best: { at: Point; distance: number } | null = null;
  for (const x of [...xs].sort((a, b) => aside(a) - aside(b))) {
    if (aside(x) >= (best?.distance ?? far)) break;
    const isIn = (rect: Rect) => rect.x < x + place.width && x < rect.x + rect.width;
    const column = [...taken.filter(isIn), ...drawn.filter(isIn)];
    for (const y of [lowerFree(place, column), upperFree(place, column)]) {
      const distance = aside(x) + Math.abs(y - place.y);
      const isOnBoard = Math.max(Math.abs(x), Math.abs(y)) <= COORDINATE_LIMIT;
      if (isOnBoard && distance < (best?.distance ?? far)) best = { at: [x, y], distance };
    }
  }
  return best;
}

/** From the place downwards, the first y where nothing of the column is in the way. */
function lowerFree(place: Rect, column: readonly Rect[]): number {
  let { y } = place;
  for (const rect of column.toSorted((a, b) => a.y - b.y))
    if (rect.y < y + place.height && y < rect.y + rect.height) y = Math.ceil(rect.y + rect.height);
  return y;
}

function upperFree(place: Rect, column: readonly Rect[]): number {
  let { y } = place;
  for (const rect of column.toSorted((a, b) => b.y + b.height - (a.y + a.height)))
    if (rect.y < y + place.height && y < rect.y + rect.height) y = Math.floor(rect.y - place.height);
  return y;
}

/** Where it would stand with nothing in the way. */
function wishedPlace(
  board: Pick<Board, 'nodes'>,
  { kind, sources = [], targets = [], flow }: Neighbours & { kind: NodeKind; flow: Flow },
): Rect {
  const size = sizeOfKind(kind);
  const rectsOf = (ids: readonly Id[]) =>
    ids.flatMap((id) => (board.nodes[id] ? [nodeRect(board.nodes[id])] : []));
  const [before, after] = [rectsOf(sources), rectsOf(targets)];
  const all = [...before, ...after];
  if (all.length === 0) return { x: 0, y: 0, ...size };

  const axis = axisOf(flow);
  const sign = flow === 'RIGHT' || flow === 'DOWN' ? 1 : -1;
  const half = lengthAlong({ x: 0, y: 0, ...size }, axis) / 2;
  const room = (axis === 0 ? EDGE_ROOM.level : EDGE_ROOM.upright) + half;
  /** Along the flow, for the middle of the new node. */
  const afterSources = before.map((rect) => sign * centreOf(rect)[axis] + lengthAlong(rect, axis) / 2 + room);
  const beforeTargets = after.map((rect) => sign * centreOf(rect)[axis] - lengthAlong(rect, axis) / 2 - room);
  const [earliest, latest] = [Math.max(...afterSources), Math.min(...beforeTargets)];
  const isBetween = Number.isFinite(earliest) && earliest < latest && Number.isFinite(latest);
  const along = isBetween ? (earliest + latest) / 2 : before.length > 0 ? earliest : latest;

  const centre: Point = [0, 0];
  const across = axis === 0 ? 1 : 0;
  centre[axis] = sign * along;
  centre[across] = all.reduce((sum, rect) => sum + centreOf(rect)[across], 0) / all.length;
  const [x, y] = centre;
  return { x: Math.round(x - size.width / 2), y: Math.round(y - size.height / 2), ...size };
}

/** A neighbour, with the space that its edge's label needs along the flow. */
function withRoom(rect: Rect, flow: Flow): Rect {
  const [dx, dy] = axisOf(flow) === 0 ? [EDGE_ROOM.level, GAP] : [GAP, EDGE_ROOM.upright];
  return { x: rect.x - dx, y: rect.y - dy, width: rect.width + 2 * dx, height: rect.height + 2 * dy };
}

const axisOf = (flow: Flow): 0 | 1 => (flow === 'RIGHT' || flow === 'LEFT' ? 0 : 1);
const lengthAlong = (rect: Rect, axis: 0 | 1): number => (axis === 0 ? rect.width : rect.height);
