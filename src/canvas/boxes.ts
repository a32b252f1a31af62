/**
 * Where everything stands right now, drags included, and what lies under a point. Plain scans: 5,000 boxes
 * take less than a tenth of a millisecond, and nothing has to be kept in step.
 */
import { type Board, type Id, nodeRect, overlaps, type Point, type Rect } from '../graph/index.ts';
import type { Workspace } from '../workspace/index.ts';

export type Moved = ReadonlyMap<Id, Point>;

/** A node's rectangle, where it is being dragged. */
export function rectOf(board: Board, moved: Moved, id: Id): Rect | null {
  const node = board.nodes[id];
  if (!node) return null;
  const at = moved.get(id);
  const rect = nodeRect(node);
  return at ? { ...rect, x: at[0], y: at[1] } : rect;
}

export function noteRect(board: Board, moved: Moved, id: Id): Rect | null {
  const note = board.notes[id];
  if (!note) return null;
  const [x, y] = moved.get(id) ?? note.position;
  return { x, y, width: note.size[0], height: note.size[1] };
}

/** The board as it looks during a drag: same records, moved positions. */
export function withMoved(board: Board, moved: Moved): Board {
  if (moved.size === 0) return board;
  const nodes = { ...board.nodes };
  for (const [id, position] of moved) if (nodes[id]) nodes[id] = { ...nodes[id], position };
  return { ...board, nodes };
}

/** The groups that these nodes stand in. */
export function groupsOf(board: Board, nodes: Iterable<Id>): Set<Id> {
  const groups = new Set<Id>();
  for (const id of nodes) {
    const group = board.nodes[id]?.group;
    if (group !== undefined) groups.add(group);
  }
  return groups;
}

export function nodesIn(board: Board, moved: Moved, area: Rect): Id[] {
  const found: Id[] = [];
  for (const id in board.nodes) {
    const node = board.nodes[id]!;
    const at = moved.get(id) ?? node.position;
    if (at[0] > area.x + area.width || at[1] > area.y + area.height) continue;
    if (at[0] < area.x - 200 || at[1] < area.y - 80) continue;
    if (overlaps(rectOf(board, moved, id)!, area)) found.push(id);
  }
  return found;
}

export function nodeAt(board: Board, [x, y]: Point): Id | null {
  return nodesIn(board, new Map(), { x, y, width: 0.01, height: 0.01 }).at(-1) ?? null;
}

/** The edge whose route passes within `reach` board pixels of a point; the nearest one. */
export function edgeAt(workspace: Workspace, [x, y]: Point, reach: number): Id | null {
  const { labels, routes } = workspace.routes;
  for (const [id, [lx, ly]] of labels)
    if (Math.abs(lx - x) < 40 && Math.abs(ly - y) < 11 && id in workspace.shown().board.edges) return id;
  let nearest: Id | null = null;
  let best = reach;
  for (const [id, points] of routes)
    for (let i = 1; i < points.length; i++) {
      const away = distanceToSegment(x, y, points[i - 1]!, points[i]!, best);
      if (away >= best) continue;
      best = away;
      nearest = id;
    }
  return nearest;
}

function distanceToSegment(x: number, y: number, a: Point, b: Point, within: number): number {
  const left = Math.min(a[0], b[0]) - within;
  const right = Math.max(a[0], b[0]) + within;
  if (x < left || x > right) return Number.POSITIVE_INFINITY;
  if (y < Math.min(a[1], b[1]) - within || y > Math.max(a[1], b[1]) + within) return Number.POSITIVE_INFINITY;
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / length));
  return Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy);
}
