/** Where new nodes stand: to the right of what leads to them, in rows. Nothing that stands is moved. */
import {
  type Board,
  type BoardNode,
  boundsOf,
  COORDINATE_LIMIT,
  centreOf,
  EDGE_ROOM,
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

/** Between two rows, and around a card. Pixels. */
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
  let bounds = boundsOf(taken);
  /** How far down the places beside a node are filled with what came from there. */
  const filled = new Map<string, number>();
  const places = new Map<Id, Point>();

  const neighboursOf = (id: Id) => {
    const around = edgesAt(edges, id);
    return {
      before: around.filter(({ target }) => target === id).map(({ source }) => source),
      after: around.filter(({ source }) => source === id).map(({ target }) => target),
    };
  };
  const rectsOf = (ids: readonly Id[]) => ids.flatMap((id) => (standing[id] ? [nodeRect(standing[id])] : []));

  const placeFor = (node: BoardNode): Point => {
    const around = neighboursOf(node.id);
    const before = rectsOf(around.before);
    const beside = before.length > 0 ? before : rectsOf(around.after);
    if (beside.length === 0) {
      const below = belowMates(node, standing) ?? (bounds && belowOf(bounds));
      return below ? nearest(below, node, standing, taken) : at;
    }
    const { width, height } = sizeOfKind(node.kind);
    const x =
      before.length > 0
        ? Math.max(...before.map((rect) => rect.x + rect.width)) + EDGE_ROOM.level
        : Math.min(...beside.map((rect) => rect.x)) - EDGE_ROOM.level - width;
    const row = beside.reduce((sum, rect) => sum + centreOf(rect)[1], 0) / beside.length - height / 2;
    const column = `${x} ${beside.map((rect) => `${rect.x},${rect.y}`).join(' ')}`;
    const place = nearest([x, Math.max(row, filled.get(column) ?? row)], node, standing, taken);
    if (place[0] === x) filled.set(column, place[1] + height + ROW_GAP);
    return place;
  };

  /** Those with a neighbour that stands, in the order in which they came to it. */
  const ready = new Set<Id>();
  const makeReady = (id: Id) => {
    if (waiting.has(id)) ready.add(id);
  };
  for (const id of fresh) {
    const { before, after } = neighboursOf(id);
    if ([...before, ...after].some((each) => standing[each])) ready.add(id);
  }
  while (waiting.size > 0) {
    const [id] = ready.size > 0 ? ready : waiting;
    const node = { ...nodes[id!]!, position: placeFor(nodes[id!]!) };
    ready.delete(node.id);
    waiting.delete(node.id);
    places.set(node.id, node.position);
    standing[node.id] = node;
    const rect = inflate(nodeRect(node), CARD_GAP);
    taken.push(rect);
    bounds = boundsOf(bounds ? [bounds, rect] : [rect]);
    const { before, after } = neighboursOf(node.id);
    for (const each of [...after, ...before]) makeReady(each);
  }
  return places;
}

/** Where a part begins that nothing leads to yet. The rectangle has its gap around it. */
const belowOf = (rect: Rect): Point => [rect.x + CARD_GAP, rect.y + rect.height + CARD_GAP];

function belowMates({ group }: BoardNode, standing: Record<Id, BoardNode>): Point | null {
  if (group === undefined) return null;
  const mates = Object.values(standing).filter((node) => node.group === group);
  const bounds = boundsOf(mates.map((mate) => inflate(nodeRect(mate), CARD_GAP)));
  return bounds && belowOf(bounds);
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
