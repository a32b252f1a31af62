/** Latency pills of the edges in view: the chosen first, then the worst; one that has no room is left out. */
import { type BoardEdge, type Id, markOn, type Point, type Rect } from '../../graph/index.ts';
import {
  cssFont,
  type EdgeLabel,
  FONTS,
  MESSAGE_GLYPH,
  PILL_HEIGHT,
  pillFace,
  SEVERITIES,
  type Severity,
} from '../../picture/index.ts';
import { onPage, type Pen } from './pen.ts';
import { type Hung, paintTags } from './tags.ts';

/** At most so many a frame: text is what costs. */
const AT_MOST = 400;
/** With more edges than this in view, and from further away, only what is worse than usual keeps its pill. */
const FEW = 60;
const ALL_FROM_ZOOM = 0.45;
/** Smallest text on the page, as a share of its size at zoom 1; and the smallest where room is tight. */
const SMALLEST = 0.82;
const TIGHT = 0.6;
const WORST: readonly Severity[] = ['slower', 'much slower', 'severe'];

type Visible = readonly [BoardEdge, readonly Point[]];

/** @returns where the plates of instances are that hang from pills, by edge */
export function paintPills(pen: Pen, visible: readonly Visible[]): ReadonlyMap<Id, Rect> {
  const { workspace, moved } = pen;
  const taken = new Occupied(onPage(pen, 64));
  const drawn: Hung[] = [];
  for (const [edge, points] of inOrder(pen, visible)) {
    if (drawn.length >= AT_MOST) break;
    const at = placeOf(pen, edge, points);
    if (!at) continue;
    const label = workspace.labels.of(edge.id);
    const face = pillFace(label, edge.kind)!;
    const scale = scaleFor(pen, face.width, roomFor(points, at));
    const width = face.width * scale;
    const height = PILL_HEIGHT * scale;
    const rect = { x: at[0] - width / 2, y: at[1] - height / 2, width, height };
    // at full size their places have been worked out apart; only enlarged ones can be in each other's way
    if (!taken.claim(rect) && (scale > 1 || moved.size > 0) && !isChosen(pen, edge)) continue;
    paintPill(pen, edge, label, at, scale);
    drawn.push({ edge, at, scale });
  }
  return paintTags(pen, drawn, (rect) => taken.claim(rect));
}

/** Enlarged to be read, but where the cards would cover its ends no more than it takes. */
function scaleFor({ zoom, painting }: Pen, width: number, room: number): number {
  const wanted = Math.max(1, SMALLEST / zoom);
  if (painting || width * wanted <= room) return wanted;
  return Math.min(wanted, Math.max(1, TIGHT / zoom, room / width));
}

/** How long the level run is that a pill lies on; between others a pill has all the room it needs. */
function roomFor(points: readonly Point[], [x, y]: Point): number {
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    if (a[1] === y && b[1] === y && Math.min(a[0], b[0]) <= x && x <= Math.max(a[0], b[0]))
      return Math.abs(a[0] - b[0]);
  }
  return Number.POSITIVE_INFINITY;
}

/** Who chooses very many has not asked to read each of them. */
function isChosen({ state, hoveredEdge }: Pen, { id }: BoardEdge): boolean {
  const { edges } = state.session.selection;
  return hoveredEdge === id || (edges.size <= FEW && edges.has(id));
}

function inOrder(pen: Pen, visible: readonly Visible[]): Visible[] {
  const { workspace, state, zoom } = pen;
  const hasMarks = Object.keys(state.board.marks).length > 0;
  const weight = ([edge]: Visible) => {
    if (isChosen(pen, edge)) return 100;
    if (hasMarks && markOn(state.board, { type: 'edge', id: edge.id })) return 50;
    const severity = workspace.labels.severity(edge.id);
    if (WORST.includes(severity)) return 10 + SEVERITIES.indexOf(severity);
    return zoom >= ALL_FROM_ZOOM || visible.length <= FEW ? 1 : 0;
  };
  return visible
    .map((each) => ({ each, weight: weight(each) }))
    .filter(({ weight: w }) => w > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ each }) => each);
}

/** Where layout put the pill; while the edge is being dragged about, the middle of its line. */
export function placeOf(pen: Pen, edge: BoardEdge, points: readonly Point[]): Point | null {
  const { workspace, moved } = pen;
  const isMoving = moved.has(edge.source) || moved.has(edge.target);
  return (isMoving ? null : workspace.routes.labels.get(edge.id)) ?? middleOf(points);
}

function middleOf(points: readonly Point[]): Point | null {
  let length = 0;
  for (let i = 1; i < points.length; i++) length += along(points[i - 1]!, points[i]!);
  let left = length / 2;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    const step = along(a, b);
    if (step > 0 && left <= step) {
      const t = left / step;
      return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
    }
    left -= step;
  }
  return points[0] ?? null;
}

const along = (a: Point, b: Point) => Math.hypot(b[0] - a[0], b[1] - a[1]);

function paintPill(pen: Pen, edge: BoardEdge, label: EdgeLabel, [x, y]: Point, scale: number): void {
  const { context, tokens } = pen;
  const face = pillFace(label, edge.kind)!;
  const colour = tokens.severity[label.severity];
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  context.beginPath();
  context.roundRect(-face.width / 2, -face.height / 2, face.width, face.height, face.height / 2);
  context.fillStyle = tokens.surface;
  context.fill();
  context.lineWidth = isChosen(pen, edge) ? 2 : 1;
  context.strokeStyle = isChosen(pen, edge)
    ? tokens.accent
    : label.severity === 'neutral'
      ? tokens.line
      : colour;
  context.stroke();
  if (face.glyph) {
    context.translate(face.glyph.x, face.glyph.y);
    context.strokeStyle = tokens.inkSecondary;
    context.lineWidth = 1;
    context.stroke(messageGlyph());
    context.translate(-face.glyph.x, -face.glyph.y);
  }
  context.font = cssFont(FONTS.pill);
  context.fillStyle = label.stale || label.text === '–' ? tokens.inkFaint : tokens.ink;
  if (face.text) context.fillText(face.text.text, face.text.x, face.baseline);
  if (face.note) {
    context.fillStyle = label.stale ? tokens.inkFaint : tokens.severityText[label.severity];
    context.fillText(face.note.text, face.note.x, face.baseline);
  }
  context.restore();
}

let glyph: Path2D | null = null;
const messageGlyph = () => (glyph ??= new Path2D(MESSAGE_GLYPH.path));

/** Rectangles that are taken, by coarse cells. */
class Occupied {
  private readonly cells = new Map<string, Rect[]>();
  private readonly cell: number;
  constructor(cell: number) {
    this.cell = cell;
  }
  /** True, and taken from now on, where nothing else stands. */
  claim(rect: Rect): boolean {
    const keys: string[] = [];
    for (let cx = Math.floor(rect.x / this.cell); cx <= Math.floor((rect.x + rect.width) / this.cell); cx++)
      for (
        let cy = Math.floor(rect.y / this.cell);
        cy <= Math.floor((rect.y + rect.height) / this.cell);
        cy++
      )
        keys.push(`${cx},${cy}`);
    for (const key of keys)
      for (const other of this.cells.get(key) ?? [])
        if (
          rect.x < other.x + other.width &&
          other.x < rect.x + rect.width &&
          rect.y < other.y + other.height &&
          other.y < rect.y + rect.height
        )
          return false;
    for (const key of keys) this.cells.set(key, [...(this.cells.get(key) ?? []), rect]);
    return true;
  }
}
