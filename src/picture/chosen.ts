/** What of a board a picture is about, and that in words. */
import {
  type Board,
  centreOf,
  formatQuantile,
  type Id,
  inflate,
  type Mark,
  nodeRect,
  overlaps,
  type Point,
  type Rect,
  subjectKey,
} from '../graph/index.ts';
import type { TitleText } from './draw-frame.ts';

/** The part of the board that is drawn: the ends of every chosen edge, and the edges within the choice. */
export function chosen(board: Board, only: ReadonlySet<Id> | undefined): Board {
  if (!only) return board;
  const nodes: Board['nodes'] = {};
  for (const node of Object.values(board.nodes)) if (only.has(node.id)) nodes[node.id] = node;
  const edges: Board['edges'] = {};
  for (const edge of Object.values(board.edges)) {
    if (!only.has(edge.id) && !(only.has(edge.source) && only.has(edge.target))) continue;
    edges[edge.id] = edge;
    for (const id of [edge.source, edge.target]) nodes[id] = board.nodes[id]!;
  }
  const notes: Board['notes'] = {};
  for (const note of Object.values(board.notes)) if (only.has(note.id)) notes[note.id] = note;
  return { ...board, nodes, edges, notes };
}

export function marksBySubject(board: Board): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const mark of Object.values(board.marks)) {
    const { type, id } = mark.subject;
    if (type === 'node' ? board.nodes[id] : board.edges[id]) marks.set(subjectKey(mark.subject), mark);
  }
  return marks;
}

export function description(
  board: Board,
  input: TitleText & { withFigures: boolean; quantile: number },
): string {
  const count = (of: object, word: string) => `${Object.keys(of).length} ${word}`;
  const parts = [`${count(board.nodes, 'parts')}, ${count(board.edges, 'connections')}`];
  if (input.withFigures) parts.push(`latency is ${formatQuantile(input.quantile)}`);
  if (input.at) parts.push(input.at);
  parts.push(...input.sources);
  if (input.past !== undefined) parts.push(`not live: as of ${input.past}`);
  if (input.simulated) parts.push('simulated figures');
  return `${parts.join('; ')}.`;
}

/** What of a board shows within a frame: parts and notes that reach into it, and edges that run through it. */
export function within(
  board: Board,
  routes: ReadonlyMap<Id, readonly Point[]>,
  frame: Rect,
): ReadonlySet<Id> {
  const ids = new Set<Id>();
  for (const node of Object.values(board.nodes)) if (overlaps(nodeRect(node), frame)) ids.add(node.id);
  for (const { id, position, size } of Object.values(board.notes)) {
    const [[x, y], [width, height]] = [position, size];
    if (overlaps({ x, y, width, height }, frame)) ids.add(id);
  }
  for (const { id, source, target } of Object.values(board.edges)) {
    const ends = [source, target].map((end) => board.nodes[end]!);
    const points = routes.get(id) ?? ends.map((end) => centreOf(nodeRect(end)));
    if (points.some((point, i) => i > 0 && overlaps(boxOf(points[i - 1]!, point), frame))) ids.add(id);
  }
  return ids;
}

/** Around a stretch of a route, as wide as the widest line. */
const boxOf = ([ax, ay]: Point, [bx, by]: Point): Rect =>
  inflate(
    { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(ax - bx), height: Math.abs(ay - by) },
    4,
  );
