/** Lines and arrowheads of all edges in view: one path per style, so that thousands stay one stroke each. */
import { type BoardEdge, edgesAt, type Id, type Point, type Rect } from '../../graph/index.ts';
import { arrowCorners, type EdgeStyle, edgeStyle, traceRounded } from '../../picture/index.ts';
import { rectOf } from '../boxes.ts';
import { DIM, isEdgeLit, isPart, onPage, type Pen } from './pen.ts';

/** Below this zoom, and with more edges than this in view, corners are not rounded nor dashes drawn. */
const DETAIL_FROM_ZOOM = 0.3;
const DETAIL_AT_MOST = 300;
const ARROWS_FROM_ZOOM = 0.18;
/** Outlines in one path: the cost of filling a path grows faster than what is in it. */
const A_PATH = 64;

type Batch = { style: EdgeStyle; lit: boolean; routes: (readonly Point[])[] };

/** Routes as they are on the page now: those of moved nodes follow them. */
function routesNow(pen: Pen): (id: Id) => readonly Point[] | undefined {
  const { workspace, moved, state } = pen;
  const { routes } = workspace.routes;
  if (moved.size === 0) return (id) => routes.get(id);
  const following = new Map<Id, readonly Point[]>();
  for (const node of moved.keys())
    for (const edge of edgesAt(state.board.edges, node)) {
      if (following.has(edge.id)) continue;
      const route = routes.get(edge.id);
      const carried = route && carriedAlong(route, moved.get(edge.source), moved.get(edge.target), edge, pen);
      const source = rectOf(state.board, moved, edge.source);
      const target = rectOf(state.board, moved, edge.target);
      if (carried) following.set(edge.id, carried);
      else if (source && target) following.set(edge.id, workspace.routes.quick(source, target));
    }
  return (id) => following.get(id) ?? routes.get(id);
}

/** A route between two nodes that moved by the same amount moves with them. */
function carriedAlong(
  route: readonly Point[],
  source: Point | undefined,
  target: Point | undefined,
  edge: BoardEdge,
  { state }: Pen,
): Point[] | null {
  if (!source || !target) return null;
  const [sx, sy] = state.board.nodes[edge.source]!.position;
  const [tx, ty] = state.board.nodes[edge.target]!.position;
  const [dx, dy] = [source[0] - sx, source[1] - sy];
  if (Math.abs(target[0] - tx - dx) > 0.5 || Math.abs(target[1] - ty - dy) > 0.5) return null;
  return route.map(([x, y]): Point => [x + dx, y + dy]);
}

const boxes = new WeakMap<readonly Point[], Rect>();

function boxOf(points: readonly Point[]): Rect {
  const known = boxes.get(points);
  if (known) return known;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  boxes.set(points, box);
  return box;
}

const REACH = 20;
const inView = (points: readonly Point[], view: Rect) => {
  const box = boxOf(points);
  return (
    box.x - REACH < view.x + view.width &&
    box.x + box.width + REACH > view.x &&
    box.y - REACH < view.y + view.height &&
    box.y + box.height + REACH > view.y
  );
};

/** @returns the edges in view that are lit, with their routes. */
export function paintEdges(pen: Pen): [BoardEdge, readonly Point[]][] {
  const { state, workspace, tokens, zoom, view } = pen;
  const { selection } = state.session;
  const routeOf = routesNow(pen);
  const visible: [BoardEdge, readonly Point[]][] = [];
  const batches = new Map<string, Batch>();
  let count = 0;
  for (const id in state.board.edges) {
    const edge = state.board.edges[id]!;
    if (!isPart(pen, pen.moved.has(edge.source) || pen.moved.has(edge.target))) continue;
    const points = routeOf(id);
    if (!points || points.length < 2 || !inView(points, view)) continue;
    count++;
    const lit = isEdgeLit(pen, edge);
    if (lit) visible.push([edge, points]);
    const severity = lit ? workspace.labels.severity(id) : 'neutral';
    const selected = selection.edges.has(id) || pen.hoveredEdge === id;
    const key = `${edge.kind}|${severity}|${selected}|${lit}`;
    const batch = batches.get(key);
    if (batch) batch.routes.push(points);
    else {
      const style = edgeStyle(tokens, { kind: edge.kind, severity, selected });
      batches.set(key, { style, lit, routes: [points] });
    }
  }
  paintBatches(pen, [...batches.values()], zoom >= DETAIL_FROM_ZOOM && count <= DETAIL_AT_MOST);
  return visible;
}

/** What is dimmed first and the worst last, so that it lies on top. */
function paintBatches(pen: Pen, batches: Batch[], detailed: boolean): void {
  const { context } = pen;
  context.lineJoin = 'round';
  const order = (a: Batch, b: Batch) => Number(a.lit) - Number(b.lit) || a.style.width - b.style.width;
  for (const batch of batches.sort(order)) {
    context.globalAlpha = batch.lit ? 1 : DIM;
    context.strokeStyle = batch.style.color;
    context.fillStyle = batch.style.color;
    if (detailed) strokeRounded(pen, batch);
    else paintPlain(pen, batch);
    if (pen.zoom >= ARROWS_FROM_ZOOM) fillHeads(pen, batch);
  }
  context.globalAlpha = 1;
}

function strokeRounded(pen: Pen, { style, routes }: Batch): void {
  const { context } = pen;
  context.lineWidth = widthOf(pen, style);
  context.setLineDash([...(style.dash ?? [])]);
  for (let from = 0; from < routes.length; from += A_PATH) {
    const path = new Path2D();
    for (const points of routes.slice(from, from + A_PATH))
      traceRounded(path, points, undefined, (style.arrow * 2) / 3);
    context.stroke(path);
  }
  context.setLineDash([]);
}

const widthOf = (pen: Pen, { width }: EdgeStyle) => Math.max(width, onPage(pen, Math.min(width * 0.6, 2.2)));

/**
 * Thousands of lines. A software renderer draws lines of at most one device pixel twenty times faster than wider
 * ones, and level or upright bars several times faster; so a line is one or the other.
 */
function paintPlain(pen: Pen, { style, routes }: Batch): void {
  const { context, zoom } = pen;
  const onDevice = Math.max(1, Math.floor(widthOf(pen, style) * zoom * pen.ratio));
  const width = onDevice / (zoom * pen.ratio);
  context.lineWidth = width;
  const path = new Path2D();
  for (const points of routes)
    if (onDevice === 1) traceStraight(path, points);
    else fillBars(context, path, points, width);
  context.stroke(path);
}

/** A route's level and upright runs as bars; what is neither goes into the path. */
function fillBars(
  context: CanvasRenderingContext2D,
  path: Path2D,
  points: readonly Point[],
  width: number,
): void {
  for (let i = 1; i < points.length; i++) {
    const [ax, ay] = points[i - 1]!;
    const [bx, by] = points[i]!;
    if (ax === bx || ay === by)
      context.fillRect(
        Math.min(ax, bx) - width / 2,
        Math.min(ay, by) - width / 2,
        Math.abs(ax - bx) + width,
        Math.abs(ay - by) + width,
      );
    else traceStraight(path, [points[i - 1]!, points[i]!]);
  }
}

function fillHeads({ context }: Pen, { style, routes }: Batch): void {
  for (let from = 0; from < routes.length; from += A_PATH) {
    const path = new Path2D();
    for (const points of routes.slice(from, from + A_PATH)) traceHead(path, points, style.arrow);
    context.fill(path);
  }
}

function traceStraight(path: Path2D, points: readonly Point[]): void {
  path.moveTo(points[0]![0], points[0]![1]);
  for (let i = 1; i < points.length; i++) path.lineTo(points[i]![0], points[i]![1]);
}

function traceHead(path: Path2D, points: readonly Point[], length: number): void {
  const corners = arrowCorners(points, length);
  if (!corners) return;
  traceStraight(path, corners);
  path.closePath();
}
