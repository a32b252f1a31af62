/** What people suspect, drawn by hand in chalk round nodes and pills; and the ring that a panel row asks for. */
import { type BoardEdge, type Id, inflate, type Mark, type Point, type Rect } from '../../graph/index.ts';
import { CHALK, markFace, PILL_HEIGHT, pillFace } from '../../picture/index.ts';
import { rectOf } from '../boxes.ts';
import { DIM, isNodeLit, isPart, onPage, type Pen } from './pen.ts';
import { placeOf } from './pills.ts';

const faces = new WeakMap<Mark, { key: string; strokes: Path2D[]; badge: Path2D[] }>();

/** @param plates what hangs from pills, by edge: it is marked with them */
export function paintMarks(
  pen: Pen,
  visible: readonly (readonly [BoardEdge, readonly Point[]])[],
  plates: ReadonlyMap<Id, Rect>,
): void {
  const { context, tokens, state } = pen;
  const marks = Object.values(state.board.marks);
  if (marks.length === 0 && !state.session.ringed) return;
  const routes = new Map(visible.map(([edge, points]) => [edge.id, [edge, points] as const]));
  const rectFor = ({ type, id }: Mark['subject']): Rect | null => {
    if (type === 'node') return isPart(pen, pen.moved.has(id)) ? rectOf(state.board, pen.moved, id) : null;
    const route = routes.get(id);
    return route ? pillRect(pen, ...route, plates.get(id)) : null;
  };
  for (const mark of marks) {
    const rect = rectFor(mark.subject);
    if (!rect) continue;
    const { strokes, badge } = pathsOf(mark, rect);
    const light = mark.subject.type === 'node' && !isNodeLit(pen, mark.subject.id) ? DIM : 1;
    context.save();
    context.translate(rect.x, rect.y);
    context.strokeStyle = tokens.mark[mark.status];
    context.lineCap = 'round';
    context.lineJoin = 'round';
    for (const { width, opacity, dash, shift } of CHALK) {
      context.globalAlpha = opacity * light;
      context.lineWidth = Math.max(width, onPage(pen, width / 2));
      context.setLineDash(dash ? [...dash] : []);
      context.translate(...shift);
      for (const path of [...strokes, ...badge]) context.stroke(path);
      context.translate(-shift[0], -shift[1]);
    }
    context.restore();
  }
  const ringed = state.session.ringed && rectFor(state.session.ringed);
  if (ringed) paintRing(pen, ringed);
}

/** Drawn about the origin, so that a mark that moves is not drawn anew. */
function pathsOf(mark: Mark, { width, height }: Rect) {
  const key = `${width}x${height}`;
  const known = faces.get(mark);
  if (known?.key === key) return known;
  const face = markFace(mark.status, { x: 0, y: 0, width, height }, mark.id);
  const made = {
    key,
    strokes: face.strokes.map((d) => new Path2D(d)),
    badge: face.badge.map((d) => new Path2D(d)),
  };
  faces.set(mark, made);
  return made;
}

function pillRect(pen: Pen, edge: BoardEdge, points: readonly Point[], plate: Rect | undefined): Rect | null {
  const at = placeOf(pen, edge, points);
  if (!at) return null;
  const { width } = pillFace(pen.workspace.labels.of(edge.id), edge.kind)!;
  // a width in steps: the hand does not redraw its ring for one more digit
  const steady = Math.ceil(Math.max(width, plate?.width ?? 0) / 24) * 24;
  const top = at[1] - PILL_HEIGHT / 2;
  const height = plate ? Math.ceil(plate.y + plate.height - top) : PILL_HEIGHT;
  return { x: at[0] - steady / 2, y: top, width: steady, height };
}

function paintRing(pen: Pen, rect: Rect): void {
  const { context, tokens } = pen;
  const ring = inflate(rect, 16);
  context.beginPath();
  context.roundRect(ring.x, ring.y, ring.width, ring.height, 20);
  context.lineWidth = Math.max(3, onPage(pen, 3));
  context.strokeStyle = tokens.focus;
  context.stroke();
}
