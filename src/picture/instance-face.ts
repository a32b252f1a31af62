/**
 * How instances beside each other look: a tick for each on a log scale, the highest taller, capped and in the
 * colour of how far it stands off, the one that is spoken of with a foot.
 */
import { formatChange, type Ratio, type Rect } from '../graph/index.ts';
import { PILL_HEIGHT, severityOf } from './edge-face.ts';
import { n } from './path.ts';
import type { Severity } from './tokens.ts';
import { FONTS, textWidth } from './type.ts';

/** What is drawn of instances: their figures, and the highest ÷ the median. */
export type Ticks = {
  figures: readonly { instance: string; value: number }[];
  skew: Ratio | null;
};

export type TicksFace = {
  /** Paths around the middle of the strip's left end, stroked 1.5 wide. */
  ticks: string;
  highest: string;
  chosen: string | null;
  severity: Severity;
};

/** From here on the difference is said in words, too. */
const NOTABLE: Ratio = 1.5;
/** What lies closer together than this factor, lowest to highest, does not fill the scale: chance is no difference. */
const LEAST_SPAN = 4;
/** Of very many no more can be told apart. */
const DRAWN = 64;
const HALF = { other: 2.5, highest: 3.5 };

/**
 * The strip of ticks.
 * @param width from the lowest to the highest tick, pixels
 * @param spokenOf the instance that the board speaks of
 */
export function ticksFace({ figures, skew }: Ticks, width: number, spokenOf: string | null): TicksFace {
  const positive = figures.map(({ value }) => value).filter((value) => value > 0);
  const [least, most] = [Math.log(Math.min(...positive)), Math.log(Math.max(...positive))];
  const span = Math.max(most - least, Math.log(LEAST_SPAN));
  const low = (least + most - span) / 2;
  const places = apart(
    figures.map(({ value }) => (value > 0 ? ((Math.log(value) - low) / span) * width : 0)),
    width,
  );
  const tick = (i: number, half: number) => `M${n(places[i]!)} ${-half}v${2 * half}`;
  const spoken = figures.findIndex(({ instance }) => instance === spokenOf);
  const severity = severityOf(skew);
  const isOff = severity !== 'neutral' && severity !== 'same';
  const every = Math.ceil(figures.length / DRAWN);
  const drawn = figures.flatMap((_, i) =>
    i % every === 0 && !(isOff && i === 0) ? [tick(i, HALF.other)] : [],
  );
  return {
    ticks: drawn.join(''),
    highest: isOff ? `${tick(0, HALF.highest)}m-2 ${-2 * HALF.highest}h4` : '',
    chosen: spoken < 0 ? null : `${tick(spoken, HALF.highest)}m-2.5 0h5`,
    severity,
  };
}

/** Ticks that would lie on one another are moved so far apart that they can be counted, if there is room. */
function apart(places: readonly number[], width: number): number[] {
  const gap = Math.min(APART, width / Math.max(1, places.length - 1));
  const moved = [...places];
  // the highest comes first: from there to the left, and back where that led over the edge
  for (let i = 1; i < moved.length; i++) moved[i] = Math.min(moved[i]!, moved[i - 1]! - gap);
  for (let i = moved.length - 1; i >= 0; i--)
    moved[i] = Math.max(moved[i]!, i === moved.length - 1 ? 0 : moved[i + 1]! + gap);
  return moved;
}
const APART = 3;

/** `×3`, and where they differ `×3 skew 4.1×`. */
export function instancesText({ figures, skew }: Ticks): string {
  const count = `×${figures.length}`;
  return isNotable(skew) ? `${count} skew ${skewFactor(skew)}×` : count;
}

export const isNotable = (skew: Ratio | null): skew is Ratio => skew !== null && skew > NOTABLE;
/** `4.1`. */
export const skewFactor = (skew: Ratio): string => formatChange(skew).slice(1, -1);

const TAG_HEIGHT = 15;
/** Of a plate without words. */
const LOW = 11;
const PAD = 7;
const STRIP = 32;

/** A small plate; positions from its left top corner. */
export type TagFace = {
  width: number;
  height: number;
  strip: (TicksFace & { x: number; y: number }) | null;
  text: { x: number; y: number; text: string } | null;
};

const faces = new WeakMap<Ticks, { spokenOf: string | null; faces: TagFace[] }>();

/**
 * The plates that may hang from a pill, the one that says most first: the ticks and beside them what they say where
 * they differ, that alone, the ticks alone. The first that has room is drawn.
 */
export function pillTags(ticks: Ticks, spokenOf: string | null): readonly TagFace[] {
  const known = faces.get(ticks);
  if (known?.spokenOf === spokenOf) return known.faces;
  const strip = { ...ticksFace(ticks, STRIP, spokenOf), x: PAD, y: TAG_HEIGHT / 2 };
  const low = { x: 5, y: LOW / 2 };
  const alone: TagFace = { width: STRIP + 10, height: LOW, strip: { ...strip, ...low }, text: null };
  const words = cardTag(ticks);
  const all = words ? [{ ...withWords(ticks, PAD + STRIP + PAD + 2), strip }, words, alone] : [alone];
  faces.set(ticks, { spokenOf, faces: all });
  return all;
}

/** A plate that says how many instances there are and how far they differ, from `x` on. */
function withWords(ticks: Ticks, x: number): TagFace {
  const text = instancesText(ticks);
  const width = x + textWidth(text, FONTS.pill) + PAD;
  return { width, height: TAG_HEIGHT, strip: null, text: { x, y: TAG_HEIGHT / 2 + 4, text } };
}

/** Where a pill's plate stands, relative to the pill's middle. */
export const pillTagAt = ({ width, height }: TagFace): Rect => ({
  x: -width / 2,
  y: PILL_HEIGHT / 2 + 1.5,
  width,
  height,
});

/** What stands on the lower border of a card whose instances differ; null where they don't. */
export const cardTag = (ticks: Ticks): TagFace | null =>
  isNotable(ticks.skew) ? withWords(ticks, PAD) : null;

/** Where that stands on a card of this size. */
export const cardTagAt = ({ width, height }: TagFace, card: { width: number; height: number }): Rect => ({
  x: card.width - width - 10,
  y: card.height - height / 2,
  width,
  height,
});

/** The ticks of a card stand on the line over its figures. */
export function cardStrip(
  ticks: Ticks,
  { x, y, width }: { x: number; y: number; width: number },
  spokenOf: string | null,
): TicksFace & { x: number; y: number } {
  return { ...ticksFace(ticks, width - 2 * INSET, spokenOf), x: x + INSET, y };
}
const INSET = 4;
