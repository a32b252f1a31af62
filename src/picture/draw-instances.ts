/** Instances beside each other, as SVG: the plates under pills, and ticks and plates on cards. */
import {
  type BoardEdge,
  type BoardNode,
  type Id,
  nodeRect,
  overlaps,
  type Point,
  type Rect,
  type Subject,
} from '../graph/index.ts';
import type { Pill } from './draw-edges.ts';
import { severityOf } from './edge-face.ts';
import {
  cardStrip,
  cardTag,
  cardTagAt,
  isNotable,
  pillTagAt,
  pillTags,
  type TagFace,
  type Ticks,
  type TicksFace,
} from './instance-face.ts';
import { nodeFace } from './node-face.ts';
import { n } from './path.ts';
import { type Extent, svgText } from './svg.ts';
import type { Tokens } from './tokens.ts';
import { FONTS } from './type.ts';

type Input = {
  spreads?: (subject: Subject) => Ticks | null;
  instance?: string | null;
  withFigures: boolean;
};
type Drawn = {
  cards: readonly BoardNode[];
  /** The nodes whose cards have a strip of figures, which ticks stand over. */
  figured: ReadonlySet<Id>;
  edges: readonly { edge: BoardEdge; pill: Pill | null }[];
};

/**
 * No plate under a pill covers a card, a pill or another plate: where there is no room it is left out.
 * @returns also where the plates of pills are, by edge
 */
export function drawInstances(
  { spreads, instance = null, withFigures }: Input,
  { cards, figured, edges }: Drawn,
  tokens: Tokens,
  extent: Extent,
): { svg: string; plates: ReadonlyMap<Id, Rect> } {
  const plates = new Map<Id, Rect>();
  if (!spreads || !withFigures) return { svg: '', plates };
  let out = '';
  const taken: Rect[] = edges.flatMap(({ pill }) => pill?.rect ?? []);
  for (const node of cards) {
    const rect = nodeRect(node);
    taken.push(rect);
    const ticks = spreads({ type: 'node', id: node.id });
    if (!ticks) continue;
    const divider = figured.has(node.id) ? nodeFace(node, STRIP_ONLY).divider : null;
    if (divider) out += drawStrip(cardStrip(ticks, divider, instance), [rect.x, rect.y], tokens);
    const tag = cardTag(ticks);
    if (tag) out += drawTag(tag, ticks, moved(cardTagAt(tag, rect), rect.x, rect.y), tokens, extent);
  }
  for (const { edge, pill } of edges) {
    const ticks = pill && spreads({ type: 'edge', id: edge.id });
    if (!ticks) continue;
    for (const tag of pillTags(ticks, instance)) {
      const rect = moved(pillTagAt(tag), pill.centre[0], pill.centre[1]);
      if (taken.some((other) => overlaps(other, rect))) continue;
      taken.push(rect);
      plates.set(edge.id, rect);
      out += drawTag(tag, ticks, rect, tokens, extent);
      break;
    }
  }
  return { svg: out, plates };
}

/** Any figure: where the line over it stands is asked. */
const STRIP_ONLY = [{ label: '', text: '', stale: false }];

const moved = (rect: Rect, x: number, y: number): Rect => ({ ...rect, x: rect.x + x, y: rect.y + y });

function drawTag(
  { strip, text, width, height }: TagFace,
  { skew }: Ticks,
  { x, y }: Rect,
  tokens: Tokens,
  extent: Extent,
): string {
  extent.add({ x: x - 1, y: y - 1, width: width + 2, height: height + 2 });
  const severity = isNotable(skew) ? severityOf(skew) : null;
  let out = `<g transform="translate(${n(x)} ${n(y)})"><rect width="${n(width)}" height="${height}" rx="${n(height / 2)}" fill="${tokens.surface}" stroke="${severity ? tokens.severity[severity] : tokens.line}"/>`;
  if (strip) out += drawStrip(strip, [0, 0], tokens);
  if (text) out += svgText({ ...text, font: FONTS.pill }, tokens.severityText[severity ?? 'neutral']);
  return `${out}</g>`;
}

export function drawStrip(
  { ticks, highest, chosen, severity, x, y }: TicksFace & { x: number; y: number },
  by: Point,
  tokens: Tokens,
): string {
  const path = (d: string | null, colour: string) =>
    d ? `<path d="${d}" fill="none" stroke="${colour}" stroke-width="1.5"/>` : '';
  return (
    `<g transform="translate(${n(by[0] + x)} ${n(by[1] + y)})">` +
    path(ticks, tokens.inkSecondary) +
    path(highest, tokens.severity[severity]) +
    path(chosen, tokens.accent) +
    '</g>'
  );
}
