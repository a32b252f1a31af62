/** Suspicions in chalk, with their hypotheses written where there is room, as SVG. */
import { type Mark, type MarkStatus, overlaps, type Rect } from '../graph/index.ts';
import { CHALK, type MarkFace, markFace } from './chalk.ts';
import { type Extent, svgText, textRect } from './svg.ts';
import type { Tokens } from './tokens.ts';
import { FONTS, textWidth, wrap } from './type.ts';

const LINE = 18;
const WRAP = 220;
const MAX_LINES = 8;

/** Strokes of chalk in one colour. */
export function chalkStrokes(paths: readonly string[], color: string): string {
  const d = paths.join('');
  const layers = CHALK.map(
    ({ width, opacity, dash, shift: [x, y] }) =>
      `<path d="${d}" stroke-width="${width}" opacity="${opacity}"${
        dash ? ` stroke-dasharray="${dash.join(' ')}" transform="translate(${x} ${y})"` : ''
      }/>`,
  );
  return `<g fill="none" stroke="${color}" stroke-linecap="round" stroke-linejoin="round">${layers.join('')}</g>`;
}

/** A mark around `rect`, and its hypothesis at the first side where it covers none of `taken`. */
export function drawMark(
  mark: Mark,
  rect: Rect,
  taken: readonly Rect[],
  tokens: Tokens,
  extent: Extent,
): string {
  const face = markFace(mark.status, rect, mark.id);
  const color = tokens.mark[mark.status];
  extent.add(face.bounds);
  const out = chalkStrokes([...face.strokes, ...face.badge], color);
  const lines = hypothesisLines(mark.hypothesis ?? '');
  if (lines.length === 0) return out;
  const width = Math.max(...lines.map((line) => textWidth(line, FONTS.hypothesis)));
  const box = placeBox(face, mark.status, { width, height: lines.length * LINE }, taken);
  const halo = ` stroke="${tokens.board}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"`;
  return (
    out +
    lines
      .map((text, i) => {
        const y = box.y + 13 + i * LINE;
        extent.add(textRect(box.x - 2, y, text, FONTS.hypothesis));
        return svgText({ x: box.x, y, text, font: FONTS.hypothesis }, color, halo);
      })
      .join('')
  );
}

function hypothesisLines(text: string): string[] {
  const lines = wrap(text, WRAP, FONTS.hypothesis);
  if (lines.length <= MAX_LINES) return lines;
  return [...lines.slice(0, MAX_LINES - 1), `${lines[MAX_LINES - 1]!.slice(0, -1)}…`];
}

function placeBox(
  { bounds }: MarkFace,
  status: MarkStatus,
  size: { width: number; height: number },
  taken: readonly Rect[],
): Rect {
  const gap = status === 'cleared' ? -14 : 0;
  const inset = 20;
  const left = bounds.x + inset;
  const candidates: Rect[] = [
    { ...size, x: left, y: bounds.y + bounds.height + gap },
    { ...size, x: left, y: bounds.y - size.height - gap },
    { ...size, x: bounds.x + bounds.width + 4, y: bounds.y + (bounds.height - size.height) / 2 },
    { ...size, x: bounds.x - size.width - 4, y: bounds.y + (bounds.height - size.height) / 2 },
  ];
  return candidates.find((box) => !taken.some((rect) => overlaps(rect, box))) ?? candidates[0]!;
}
