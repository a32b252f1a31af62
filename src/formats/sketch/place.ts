/** Where new nodes stand: to the right of what leads to them, in rows. Nothing that stands is moved. */
import {
  type Board,
  type BoardNode,
  boundsOf,
  COORDINATE_LIMIT,
  centreOf,
  edgesAt,
  freePlace,
  type Id,
  inflate,
  nodeRect,
  overlaps,
  type Point,
  type Rect,
  sizeOfKind,
} from '../../graph/index.ts';

/** Between two columns: room for an arrow and its figures; between two rows; and around a card. Pixels. */
const COLUMN_GAP = 136;
const ROW_GAP = 48;
const CARD_GAP = 24;
/** Rows further down that are tried before any other place nearby. */
const ROWS_DOWN = 3;

/**
 * Places for new nodes next to their neighbours.
 * @param nodes all of them, `fresh` ones with whatever position
 * @param at where to begin when nothing stands yet
 */
export function placeFresh(
  nodes: Record<Id, BoardNode>,
  edges: Board['edges'],
  fresh: readonly Id[],
  at: Point,
): Map<Id, Point> {
  const waiting = new Set(fresh);
  const standing: Record<Id, BoardNode> = {};
  for (const id in nodes) if (!waiting.has(id)) standing[id] = nodes[id]!;
  const taken = Object.values(standing).map((node) => inflate(nodeRect(node), CARD_GAP));
  /** How far down the places beside a node are filled with what came from there. */
  const filled = new Map<string, number>();
  const places = new Map<Id, Point>();

  const neighbours = (id: Id) => {
    const around = edgesAt(edges, id);
    const rects = (ids: Id[]) => ids.flatMap((each) => (standing[each] ? [nodeRect(standing[each])] : []));
    return {
      before: rects(around.filter(({ target }) => target === id).map(({ source }) => source)),
      after: rects(around.filter(({ source }) => source === id).map(({ target }) => target)),
    };
  };

  const wantedFor = (node: BoardNode): Point => {
    const { before, after } = neighbours(node.id);
    if (before.length + after.length === 0) return beginning(node, standing, at);
    const { width, height } = sizeOfKind(node.kind);
    const beside = before.length > 0 ? before : after;
    const x =
      before.length > 0
        ? Math.max(...before.map((rect) => rect.x + rect.width)) + COLUMN_GAP
        : Math.min(...after.map((rect) => rect.x)) - COLUMN_GAP - width;
    const row = beside.reduce((sum, rect) => sum + centreOf(rect)[1], 0) / beside.length - height / 2;
    const column = `${x} ${beside.map((rect) => `${rect.x},${rect.y}`).join(' ')}`;
    const y = Math.max(row, filled.get(column) ?? row);
    const place = nearest([x, y], node, standing, taken);
    if (place[0] === x) filled.set(column, place[1] + height + ROW_GAP);
    return place;
  };

  while (waiting.size > 0) {
    const id = firstWhere(waiting, (each) => {
      const { before, after } = neighbours(each);
      return before.length + after.length > 0;
    });
    const node = nodes[id]!;
    const position = wantedFor(node);
    waiting.delete(id);
    places.set(id, position);
    standing[id] = { ...node, position };
    taken.push(inflate(nodeRect(standing[id]), CARD_GAP));
  }
  return places;
}

/** The first that fits, or just the first. */
function firstWhere(ids: ReadonlySet<Id>, fits: (id: Id) => boolean): Id {
  for (const id of ids) if (fits(id)) return id;
  const [first] = ids;
  return first!;
}

/** For what has no neighbour yet: by the others of its group, or below everything. */
function beginning(node: BoardNode, standing: Record<Id, BoardNode>, at: Point): Point {
  const all = Object.values(standing);
  const mates = all.filter(({ group }) => group !== undefined && group === node.group);
  const bounds = boundsOf((mates.length > 0 ? mates : all).map(nodeRect));
  if (!bounds) return at;
  const below: Point = [bounds.x, Math.min(bounds.y + bounds.height + 2 * CARD_GAP, COORDINATE_LIMIT)];
  return freePlace({ nodes: standing }, below, sizeOfKind(node.kind), CARD_GAP);
}

/** The wanted place, or one a few rows further down, so that a fan reads from top to bottom; or any nearby. */
function nearest(
  [x, y]: Point,
  node: BoardNode,
  standing: Record<Id, BoardNode>,
  taken: readonly Rect[],
): Point {
  const size = sizeOfKind(node.kind);
  for (let row = 0; row <= ROWS_DOWN; row++) {
    const rect = { x, y: y + row * (size.height + ROW_GAP), ...size };
    const isOnBoard = Math.max(Math.abs(rect.x), Math.abs(rect.y)) <= COORDINATE_LIMIT;
    if (isOnBoard && !taken.some((other) => overlaps(other, rect))) return [rect.x, rect.y];
  }
  return freePlace({ nodes: standing }, [x, y], size, CARD_GAP);
}
