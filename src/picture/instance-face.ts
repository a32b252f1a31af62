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
const HALF = { other: 2.5, highest: 4.5 };

/**
 * The strip of ticks.
 * @param width from the lowest to the highest tick, pixels
 * @param spokenOf the instance that the board speaks of
 */
export function ticksFace({ figures, skew }: Ticks, width: number, spokenOf: string | null): TicksFace {
  const [first, ...others] = figures;
  const positive = figures.map(({ value }) => value).filter((value) => value > 0);
  const low = Math.log(Math.min(...positive));
  const span = Math.max(Math.log(Math.max(...positive)) - low, Math.log(LEAST_SPAN));
  const place = (value: number) => (value > 0 ? ((Math.log(value) - low) / span) * width : 0);
  const tick = (value: number, half: number) => `M${n(place(value))} ${-half}v${2 * half}`;
  const spoken = figures.find(({ instance }) => instance === spokenOf);
  const severity = severityOf(skew);
  const isOff = severity !== 'neutral' && severity !== 'same';
  const drawn = isOff ? others : figures;
  const every = Math.ceil(drawn.length / DRAWN);
  return {
    ticks: drawn
      .filter((_, i) => i % every === 0)
      .map(({ value }) => tick(value, HALF.other))
      .join(''),
    highest: first && isOff ? `${tick(first.value, HALF.highest)}m-2 ${-2 * HALF.highest}h4` : '',
    chosen: spoken ? `${tick(spoken.value, HALF.highest)}m-2.5 0h5` : null,
    severity,
  };
}

/** `×3`, and where they differ `×3 skew 4.1×`. */
export function instancesText({ figures, skew }: Ticks): string {
  const count = `×${figures.length}`;
  return isNotable(skew) ? `${count} ${skewText(skew)}` : count;
}

const isNotable = (skew: Ratio | null): skew is Ratio => skew !== null && skew > NOTABLE;
/** `skew 4.1×`. */
const skewText = (skew: Ratio) => `skew ${formatChange(skew).slice(1)}`;

export const TAG_HEIGHT = 15;
const PAD = 7;
const STRIP = 40;

type TagText = { x: number; y: number; text: string };
/** A small plate; positions from its left top corner. */
export type TagFace = {
  width: number;
  height: number;
  strip: (TicksFace & { x: number; y: number }) | null;
  text: TagText | null;
};

const faces = new WeakMap<Ticks, { spokenOf: string | null; face: TagFace }>();

/** The plate that hangs from a pill: the ticks, and beside them what they say where they differ. */
export function pillTag(ticks: Ticks, spokenOf: string | null): TagFace {
  const known = faces.get(ticks);
  if (known?.spokenOf === spokenOf) return known.face;
  const text = isNotable(ticks.skew) ? tagText(PAD + STRIP + 7, ticks) : null;
  const face: TagFace = {
    width: text === null ? STRIP + 2 * PAD : text.x + textWidth(text.text, FONTS.pill) + PAD,
    height: TAG_HEIGHT,
    strip: { ...ticksFace(ticks, STRIP, spokenOf), x: PAD, y: TAG_HEIGHT / 2 },
    text,
  };
  faces.set(ticks, { spokenOf, face });
  return face;
}

const tagText = (x: number, ticks: Ticks): TagText => ({
  x,
  y: TAG_HEIGHT / 2 + 4,
  text: instancesText(ticks),
});

/** Where a pill's plate stands, relative to the pill's middle. */
export const pillTagAt = ({ width, height }: TagFace): Rect => ({
  x: -width / 2,
  y: PILL_HEIGHT / 2 + 1.5,
  width,
  height,
});

/** What stands on the lower border of a card whose instances differ; null where they don't. */
export function cardTag(ticks: Ticks): TagFace | null {
  if (!isNotable(ticks.skew)) return null;
  const text = tagText(PAD, ticks);
  const width = textWidth(text.text, FONTS.pill) + 2 * PAD;
  return { width, height: TAG_HEIGHT, strip: null, text };
}

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
