/** Routes with arrowheads, and the pills on them, as SVG. */
import {
  type Board,
  type BoardEdge,
  type EdgeKind,
  formatQuantile,
  type Point,
  type Ratio,
  type Rect,
} from '../graph/index.ts';
import { type EdgeLabel, type EdgeStyle, type PillFace, pillFace } from './edge-face.ts';
import { MESSAGE_GLYPH } from './icons.ts';
import { strikePath } from './out-face.ts';
import { arrowHead, distance, n, ROUTE_RADIUS, roundedPath, towards } from './path.ts';
import { type Extent, escapeXml, svgText } from './svg.ts';
import type { Severity, Tokens } from './tokens.ts';
import { FONTS } from './type.ts';

/** One route with its head. */
export function drawEdge(points: readonly Point[], style: EdgeStyle, faded: boolean, extent: Extent): string {
  extent.addPoints(points, style.arrow / 2 + 1);
  const dash = style.dash ? ` stroke-dasharray="${style.dash.join(' ')}"` : '';
  const head = arrowHead(points, style.arrow);
  const route =
    `<path d="${roundedPath(points, ROUTE_RADIUS, (style.arrow * 2) / 3)}" fill="none" stroke="${style.color}" stroke-width="${n(style.width)}"${dash}/>` +
    (head === '' ? '' : `<path d="${head}" fill="${style.color}"/>`);
  return faded ? `<g opacity="0.5">${route}</g>` : route;
}

/** Across the middle of what carries nothing any more. */
export const drawStrike = (points: readonly Point[], tokens: Tokens): string =>
  `<path d="${strikePath(points)}" fill="none" stroke="${tokens.chalk}" stroke-width="2"/>`;

/** Whether a pill's border and its change take the colour of the severity. */
const isLoud = (severity: Severity) => severity !== 'neutral' && severity !== 'same';

export type Pill = { centre: Point; face: PillFace; rect: Rect };

export function placePill(centre: Point, label: EdgeLabel | null, kind: EdgeKind): Pill | null {
  const face = pillFace(label, kind);
  if (!face) return null;
  const { width, height } = face;
  return { centre, face, rect: { x: centre[0] - width / 2, y: centre[1] - height / 2, width, height } };
}

/** @param name what the pill speaks of, for a reader who does not see it */
export function drawPill(
  { centre: [cx, cy], face, rect }: Pill,
  label: EdgeLabel | null,
  name: string,
  tokens: Tokens,
  faded: boolean,
  extent: Extent,
): string {
  extent.add({ x: rect.x - 1, y: rect.y - 1, width: rect.width + 2, height: rect.height + 2 });
  const severity = label?.severity ?? 'neutral';
  const quiet = !label || label.stale || label.text === '–';
  const border = isLoud(severity) ? tokens.severity[severity] : tokens.line;
  let out =
    `<g transform="translate(${n(cx)} ${n(cy)})"${faded ? ' opacity="0.55"' : ''}><title>${escapeXml(name)}</title>` +
    `<rect x="${n(-face.width / 2)}" y="${-face.height / 2}" width="${n(face.width)}" height="${face.height}" rx="${face.height / 2}" fill="${tokens.surface}" stroke="${border}" stroke-width="1.25"/>`;
  if (face.glyph)
    out += `<path transform="translate(${n(face.glyph.x)} ${n(face.glyph.y)})" d="${MESSAGE_GLYPH.path}" fill="none" stroke="${tokens.inkSecondary}" stroke-width="1.1" stroke-linejoin="round"/>`;
  const y = face.baseline;
  if (face.text) out += svgText({ ...face.text, y, font: FONTS.pill }, quiet ? tokens.inkFaint : tokens.ink);
  if (face.note)
    out += svgText(
      { ...face.note, y, font: FONTS.pill },
      isLoud(severity) ? tokens.severityText[severity] : tokens.inkFaint,
    );
  return `${out}</g>`;
}

/** What an edge says, for a reader who does not see it. */
export function edgeName(edge: BoardEdge, board: Board, label: EdgeLabel | null, q: Ratio): string {
  const ends = `${board.nodes[edge.source]!.name} to ${board.nodes[edge.target]!.name}, ${edge.kind}`;
  if (!label) return ends;
  const note = label.change ?? label.age;
  return `${ends}, ${formatQuantile(q)} ${label.text}${note === null ? '' : `, ${note}`}`;
}

/** The point halfway along a route. */
export function middleOf(points: readonly Point[]): Point {
  let left = 0;
  for (let i = 1; i < points.length; i++) left += distance(points[i - 1]!, points[i]!) / 2;
  for (let i = 1; i < points.length; i++) {
    const length = distance(points[i - 1]!, points[i]!);
    if (left <= length) return towards(points[i - 1]!, points[i]!, left);
    left -= length;
  }
  return points[0] ?? [0, 0];
}

/** A straight line from border to border, for an edge that nobody has routed yet. */
export function straightRoute(source: Rect, target: Rect): Point[] {
  const a: Point = [source.x + source.width / 2, source.y + source.height / 2];
  const b: Point = [target.x + target.width / 2, target.y + target.height / 2];
  return [onBorder(source, a, b), onBorder(target, b, a)];
}

function onBorder(rect: Rect, centre: Point, to: Point): Point {
  const dx = to[0] - centre[0];
  const dy = to[1] - centre[1];
  const share = Math.min(rect.width / 2 / Math.abs(dx), rect.height / 2 / Math.abs(dy));
  return Number.isFinite(share) ? [centre[0] + dx * share, centre[1] + dy * share] : centre;
}
