/** How an edge looks and what its pill says. Severity is told by colour, width and the change's arrow together. */
import {
  type EdgeKind,
  type EpochMs,
  formatAge,
  formatChange,
  formatDuration,
  type Milliseconds,
  quantile,
  type Ratio,
  type Reading,
  type Units,
} from '../graph/index.ts';
import { carriesMessages, MESSAGE_GLYPH } from './icons.ts';
import { ARROW_LENGTH } from './path.ts';
import type { Severity, Tokens } from './tokens.ts';
import { FONTS, textWidth } from './type.ts';

/**
 * How much slower or faster than its baseline, on the scale of doublings (log2 of now ÷ baseline), so that
 * half and double are equally far from "same":
 * below −0.26 faster (under 0.83×), within ±0.26 same, to 1 slower (up to 2×), to 2 much slower (up to 4×),
 * above that severe.
 */
export function severityOf(ratio: Ratio | null): Severity {
  if (ratio === null || !(ratio > 0)) return 'neutral';
  const doublings = Math.log2(ratio);
  if (doublings < -0.26) return 'faster';
  if (doublings < 0.26) return 'same';
  if (doublings < 1) return 'slower';
  return doublings < 2 ? 'much slower' : 'severe';
}

const WIDTH: Record<EdgeKind, number> = {
  call: 1.75,
  publish: 1.75,
  consume: 1.75,
  query: 1.1,
  replicate: 1.1,
};
const EXTRA: Record<Severity, number> = {
  neutral: 0,
  faster: 0.25,
  same: 0.25,
  slower: 0.9,
  'much slower': 1.7,
  severe: 2.6,
};
const DASH: Partial<Record<EdgeKind, readonly number[]>> = {
  publish: [7, 5],
  consume: [7, 5],
  replicate: [2, 4],
};

export type EdgeStyle = { color: string; width: number; dash: readonly number[] | null; arrow: number };

/** Stroke of an edge; `arrow` is the length of its head, and the line is trimmed by two thirds of it. */
export function edgeStyle(
  tokens: Tokens,
  { kind, severity, selected }: { kind: EdgeKind; severity: Severity; selected: boolean },
): EdgeStyle {
  const width = WIDTH[kind] + EXTRA[severity];
  return {
    color: selected && severity === 'neutral' ? tokens.accent : tokens.severity[severity],
    width: selected ? width + 1 : width,
    dash: DASH[kind] ?? null,
    arrow: ARROW_LENGTH + EXTRA[severity] * 1.5,
  };
}

/**
 * The one latency reading that an edge's pill shows: of all operations; over all instances before a single one,
 * as the caller saw it before the callee (that is what travelled the edge), the newest among equals.
 * Where only single instances were measured, the slowest of them at quantile `q`.
 */
export function latencyReading(readings: readonly Reading[], q: number): Reading | null {
  let best: Reading | null = null;
  for (const reading of readings)
    if (
      reading.metric === 'latency' &&
      reading.operation === undefined &&
      (!best || isBetter(reading, best, q))
    )
      best = reading;
  return best;
}

function isBetter(a: Reading, b: Reading, q: number): boolean {
  if ((a.instance === null) !== (b.instance === null)) return a.instance === null;
  if ((a.side === 'callee') !== (b.side === 'callee')) return a.side !== 'callee';
  if (a.instance === null || a.instance === b.instance) return a.at > b.at;
  const value = (reading: Reading) =>
    typeof reading.value === 'number' ? 0 : (quantile(reading.value, q)?.value ?? 0);
  return value(a) > value(b);
}

/** An instance's name where there is little room. Its end tells most: `cat…-x2x9z`. */
export const shortInstance = (name: string): string => {
  const characters = [...name];
  if (characters.length <= SHORT) return name;
  return `${characters.slice(0, 4).join('')}…${characters.slice(5 - SHORT).join('')}`;
};
const SHORT = 14;

export type EdgeLabel = {
  /**
   * `182 ms`; `≥ 10 s` where the source knows no more than that; `–` where there is no reading. Of one instance alone
   * with its name: `182 ms · catalog-2`.
   */
  text: string;
  /** `↑3.2×`; null without a baseline. */
  change: string | null;
  severity: Severity;
  stale: boolean;
  /** How old a stale figure is: `4 min ago`. */
  age: string | null;
};

/**
 * What the pill of an edge says.
 * @param baseline the same quantile of the edge's baseline
 */
export function edgeLabel(input: {
  latency: Reading | null;
  q: number;
  baseline: Milliseconds | null;
  now: EpochMs;
  stale: boolean;
  units?: Units;
}): EdgeLabel {
  const { latency, baseline } = input;
  const measured = latency && typeof latency.value !== 'number' ? quantile(latency.value, input.q) : null;
  if (!latency || !measured) return { text: '–', change: null, severity: 'neutral', stale: false, age: null };
  const duration = formatDuration(measured.value, input.units);
  const figure = measured.high === Number.POSITIVE_INFINITY ? `≥ ${duration}` : duration;
  const text = latency.instance === null ? figure : `${figure} · ${shortInstance(latency.instance)}`;
  if (input.stale)
    return {
      text,
      change: null,
      severity: 'neutral',
      stale: true,
      age: `${formatAge(input.now - latency.at)} ago`,
    };
  const ratio = baseline !== null && baseline > 0 && measured.value > 0 ? measured.value / baseline : null;
  return {
    text,
    change: ratio === null ? null : formatChange(ratio),
    severity: severityOf(ratio),
    stale: false,
    age: null,
  };
}

export const PILL_HEIGHT = 20;
const PAD = 8;
const GAP = 7;

export type PillFace = {
  width: number;
  height: number;
  /** Left ends relative to the pill's centre; baselines are at `baseline` below it. */
  glyph: { x: number; y: number } | null;
  text: { x: number; text: string } | null;
  /** The change, or the age of a stale figure. */
  note: { x: number; text: string } | null;
  baseline: number;
};

/**
 * Where the parts of a pill stand, relative to its centre.
 * @param label null where figures are not shown: then only messages have a pill, with their glyph
 */
export function pillFace(label: EdgeLabel | null, kind: EdgeKind): PillFace | null {
  const hasGlyph = carriesMessages(kind);
  if (!label && !hasGlyph) return null;
  const text = label?.text ?? null;
  const note = label?.change ?? label?.age ?? null;
  const glyphSpan = hasGlyph ? MESSAGE_GLYPH.width : 0;
  const textX = glyphSpan + (hasGlyph ? GAP : 0);
  const textSpan = text === null ? 0 : textWidth(text, FONTS.pill);
  const noteX = textX + textSpan + GAP;
  const span =
    note !== null ? noteX + textWidth(note, FONTS.pill) : text !== null ? textX + textSpan : glyphSpan;
  const left = -span / 2;
  return {
    width: Math.max(28, span + 2 * PAD),
    height: PILL_HEIGHT,
    glyph: hasGlyph ? { x: left, y: -MESSAGE_GLYPH.height / 2 } : null,
    text: text === null ? null : { x: left + textX, text },
    note: note === null ? null : { x: left + noteX, text: note },
    baseline: 4,
  };
}
