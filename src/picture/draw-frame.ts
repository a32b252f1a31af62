/** What surrounds the drawing: title, time and sources above it, the legend beneath. */
import { type EdgeKind, formatQuantile, type MarkStatus, type NodeKind, type Point } from '../graph/index.ts';
import { chalkLine, markFace } from './chalk.ts';
import { drawStrip } from './draw-instances.ts';
import { chalkStrokes } from './draw-marks.ts';
import { iconId } from './draw-nodes.ts';
import { edgeStyle } from './edge-face.ts';
import { MESSAGE_GLYPH } from './icons.ts';
import { type Ticks, ticksFace } from './instance-face.ts';
import { arrowHead, n } from './path.ts';
import { type Extent, svgRect, svgText, textRect } from './svg.ts';
import { SEVERITIES, type Severity, type Tokens } from './tokens.ts';
import { FONTS, SIZES, textWidth, wrap } from './type.ts';

/** Between the drawing and what surrounds it. */
const GAP = 40;
const ROW = 26;
const HEADING_COLUMN = 104;

export type TitleText = {
  title: string;
  at: string;
  sources: readonly string[];
  simulated: boolean;
  /** The moment that the figures are of, where they are not live. */
  past?: string;
};

/** Title, a chalk line under it, time and sources; drawn upwards from `bottom`. */
export function drawTitle(
  { title, at, sources, simulated, past }: TitleText,
  { x, width, bottom }: { x: number; width: number; bottom: number },
  tokens: Tokens,
  extent: Extent,
): string {
  const titles = wrap(title, width, FONTS.title);
  const captions = wrap([at, ...sources].filter(Boolean).join('  ·  '), width, FONTS.caption);
  const chips = [
    past !== undefined && `Not live: as of ${past}`,
    simulated && 'Simulated figures: no real system was measured',
  ].filter((chip) => chip !== false);
  const chip = chips.length * (22 + 8);
  let y = bottom - GAP - chip - captions.length * 17 - 22 - titles.length * 30 + SIZES.title;
  let out = '';
  let end = 0;
  for (const text of titles) {
    extent.add(textRect(x, y, text, FONTS.title));
    out += svgText({ x, y, text, font: FONTS.title }, tokens.ink);
    end = textWidth(text, FONTS.title);
    y += 30;
  }
  y -= 16;
  if (titles.length > 0)
    out += chalkStrokes(chalkLine([x, y], [x + Math.max(end, 80), y - 2], title), tokens.chalk);
  y += 26;
  for (const text of captions) {
    extent.add(textRect(x, y, text, FONTS.caption));
    out += svgText({ x, y, text, font: FONTS.caption }, tokens.inkSecondary);
    y += 17;
  }
  for (const [i, text] of chips.entries()) out += drawChip(text, [x, y - 6 + i * 30], tokens, extent);
  return out;
}

function drawChip(text: string, [x, y]: Point, tokens: Tokens, extent: Extent): string {
  const rect = { x, y, width: textWidth(text, FONTS.heading) + 20, height: 22 };
  extent.add(rect);
  return (
    `<rect ${svgRect(rect)} rx="11" fill="${tokens.ink}"/>` +
    svgText({ x: x + 10, y: y + 15, text, font: FONTS.heading }, tokens.board)
  );
}

/** What the legend has to explain: only what is drawn. */
export type LegendContents = {
  edgeKinds: readonly EdgeKind[];
  nodeKinds: readonly NodeKind[];
  marks: readonly MarkStatus[];
  /** Which quantile the pills show; null where none are drawn. */
  quantile: number | null;
  /** True where some pill is compared with a baseline. */
  compared: boolean;
  /** True where instances stand beside each other. */
  instances: boolean;
};

/** A sample of 34 × 16 with its words. */
type Item = { width: number; sample: (x: number, y: number) => string; text: string };

/** Rows of samples under `top`. */
export function drawLegend(
  contents: LegendContents,
  { x, width, top }: { x: number; width: number; top: number },
  tokens: Tokens,
  extent: Extent,
): string {
  const sections: [string, Item[]][] = [
    ['Parts', contents.nodeKinds.map((kind) => partItem(kind, tokens))],
    ['Traffic', contents.edgeKinds.map((kind) => lineItem(kind, EDGE_WORDS[kind], 'neutral', tokens))],
    [
      contents.quantile === null ? '' : `${formatQuantile(contents.quantile)} on a line`,
      contents.quantile === null ? [] : severityItems(contents.compared, tokens),
    ],
    ['Instances', contents.instances ? [ticksItem(tokens)] : []],
    ['Marks', contents.marks.map((status) => markItem(status, tokens))],
  ];
  let y = top + GAP;
  let out = `<path d="M${n(x)} ${n(y)}h${n(width)}" stroke="${tokens.line}"/>`;
  extent.add({ x, y, width, height: 1 });
  y += 28;
  for (const [heading, items] of sections) {
    if (items.length === 0) continue;
    extent.add(textRect(x, y, heading, FONTS.heading));
    out += svgText({ x, y, text: heading, font: FONTS.heading }, tokens.inkSecondary);
    let itemX = x + HEADING_COLUMN;
    for (const item of items) {
      const span = item.width + 8 + textWidth(item.text, FONTS.caption);
      if (itemX > x + HEADING_COLUMN && itemX + span > x + width) {
        itemX = x + HEADING_COLUMN;
        y += ROW;
      }
      out += item.sample(itemX, y - 4);
      out += svgText(
        { x: itemX + item.width + 8, y, text: item.text, font: FONTS.caption },
        tokens.inkSecondary,
      );
      extent.add({ x: itemX, y: y - 14, width: span, height: 20 });
      itemX += span + 24;
    }
    y += ROW;
  }
  return out;
}

const EDGE_WORDS: Record<EdgeKind, string> = {
  call: 'call',
  publish: 'publish',
  consume: 'consume',
  query: 'query',
  replicate: 'replicate',
};

function lineItem(kind: EdgeKind, text: string, severity: Severity, tokens: Tokens): Item {
  const width = 34;
  const style = edgeStyle(tokens, { kind, severity, selected: false });
  const dash = style.dash ? ` stroke-dasharray="${style.dash.join(' ')}"` : '';
  const message = kind === 'publish' || kind === 'consume';
  return {
    width: message ? width + 20 : width,
    text,
    sample: (x, y) =>
      `<path d="M${n(x)} ${n(y)}h${n(width - style.arrow * 0.66)}" stroke="${style.color}" stroke-width="${n(style.width)}"${dash}/>` +
      `<path d="${arrowHead(
        [
          [x, y],
          [x + width, y],
        ],
        style.arrow,
      )}" fill="${style.color}"/>` +
      (message
        ? `<path transform="translate(${n(x + width + 8)} ${n(y - MESSAGE_GLYPH.height / 2)})" d="${MESSAGE_GLYPH.path}" fill="none" stroke="${tokens.inkSecondary}" stroke-width="1.1" stroke-linejoin="round"/>`
        : ''),
  };
}

const SEVERITY_WORDS: Record<Severity, string> = {
  neutral: 'no baseline',
  faster: '↓ faster',
  same: '≈ as its baseline',
  slower: '↑ over 1.2×',
  'much slower': '↑ over 2×',
  severe: '↑ over 4×',
};

const severityItems = (compared: boolean, tokens: Tokens): Item[] =>
  (compared ? SEVERITIES : (['neutral'] as const)).map((severity) =>
    lineItem('call', SEVERITY_WORDS[severity], severity, tokens),
  );

function partItem(kind: NodeKind, tokens: Tokens): Item {
  return {
    width: 16,
    text: kind,
    sample: (x, y) =>
      `<use href="#${iconId(kind)}" transform="translate(${n(x)} ${n(y - 8)})" stroke="${tokens.chalk}"/>`,
  };
}

/** Made up: three alike and one that stands off. */
const EXAMPLE: Ticks = { figures: [8, 1.4, 1.2, 1].map((value) => ({ instance: '', value })), skew: 4.5 };

function ticksItem(tokens: Tokens): Item {
  const width = 34;
  const strip = { ...ticksFace(EXAMPLE, width - 4, null), x: 2, y: 0 };
  return {
    width,
    text: 'a tick for each, further right is slower; skew is the slowest ÷ the median',
    sample: (x, y) => drawStrip(strip, [x, y], tokens),
  };
}

const MARK_WORDS: Record<MarkStatus, string> = {
  suspected: 'suspected',
  confirmed: 'confirmed cause',
  cleared: 'cleared',
};

function markItem(status: MarkStatus, tokens: Tokens): Item {
  // drawn at the size of a small card and made smaller, so that the hand looks the same
  const scale = 0.5;
  const face = markFace(status, { x: 14, y: -8, width: 36, height: 16 }, status);
  const strokes = status === 'cleared' ? face.badge : face.strokes;
  const [dx, dy] = status === 'cleared' ? [-28, 7] : [0, 0];
  return {
    width: 32,
    text: MARK_WORDS[status],
    sample: (x, y) =>
      `<g transform="translate(${n(x + dx)} ${n(y + dy)}) scale(${status === 'cleared' ? 0.8 : scale})">${chalkStrokes(strokes, tokens.mark[status])}</g>`,
  };
}
