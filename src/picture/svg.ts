/** Writing SVG text: escaping, numbers, text elements, and the extent of all that was written. */
import type { Point, Rect } from '../graph/index.ts';
import { n } from './path.ts';
import { FAMILIES, type Font, SIZES, textWidth } from './type.ts';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** What no XML 1.0 document may contain, not even escaped; lone surrogates included. */
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const NEEDS_CARE = /[^\t\n\r\u0020-\u0021\u0023-\u0025\u0028-\u003b\u003d\u003f-\ud7ff]/;

/** Foreign text as XML text or attribute value. */
export function escapeXml(text: string): string {
  if (!NEEDS_CARE.test(text)) return text;
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** What every text inherits from the picture's root; other fonts say where they differ. */
export const ROOT_FONT = `font-family="${FAMILIES.words}" font-size="${SIZES.small}"`;

const attributes = new Map<Font, string>();
function fontAttributes(font: Font): string {
  let known = attributes.get(font);
  if (known === undefined) {
    known =
      (font.family === 'words' ? '' : ` font-family="${FAMILIES[font.family]}"`) +
      (font.size === SIZES.small ? '' : ` font-size="${font.size}"`) +
      (font.weight === 400 ? '' : ` font-weight="${font.weight}"`);
    attributes.set(font, known);
  }
  return known;
}

/** One line of text. @param extra more attributes, written as they are */
export function svgText(
  { x, y, text, end = false, font }: { x: number; y: number; text: string; end?: boolean; font: Font },
  fill: string,
  extra = '',
): string {
  const anchor = end ? ' text-anchor="end"' : '';
  return `<text x="${n(x)}" y="${n(y)}"${anchor}${fontAttributes(font)} fill="${fill}"${extra}>${escapeXml(text)}</text>`;
}

/** The box of a line of text: generous above and below, since fonts differ. */
export const textRect = (x: number, y: number, text: string, font: Font): Rect => ({
  x,
  y: y - font.size,
  width: textWidth(text, font),
  height: font.size * 1.35,
});

/** Collects how far the drawing reaches. */
export class Extent {
  #left = Number.POSITIVE_INFINITY;
  #top = Number.POSITIVE_INFINITY;
  #right = Number.NEGATIVE_INFINITY;
  #bottom = Number.NEGATIVE_INFINITY;

  add({ x, y, width, height }: Rect): void {
    this.#left = Math.min(this.#left, x);
    this.#top = Math.min(this.#top, y);
    this.#right = Math.max(this.#right, x + width);
    this.#bottom = Math.max(this.#bottom, y + height);
  }

  addPoints(points: readonly Point[], reach: number): void {
    for (const [x, y] of points)
      this.add({ x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach });
  }

  /** Of nothing: an empty rectangle at the origin. */
  get rect(): Rect {
    if (this.#left > this.#right) return { x: 0, y: 0, width: 0, height: 0 };
    return { x: this.#left, y: this.#top, width: this.#right - this.#left, height: this.#bottom - this.#top };
  }
}

export const svgRect = ({ x, y, width, height }: Rect): string =>
  `x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"`;

/** Out to whole pixels. */
export function outward({ x, y, width, height }: Rect): Rect {
  const left = Math.floor(x);
  const top = Math.floor(y);
  return { x: left, y: top, width: Math.ceil(x + width) - left, height: Math.ceil(y + height) - top };
}
