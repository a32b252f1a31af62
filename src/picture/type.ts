/** Type: two families, four sizes, and measuring without a browser. */
import { RANGES, REGULAR, SEMIBOLD_ADDS } from './font-widths.ts';

/** CSS font-family values; the first of each is shipped with the app. */
export const FAMILIES = {
  words: "'Inter Variable', Inter, system-ui, sans-serif",
  numbers: "'JetBrains Mono', ui-monospace, monospace",
} as const;

/** The four sizes, pixels. */
export const SIZES = { small: 11, body: 13, large: 16, title: 22 } as const;

export type Font = { family: keyof typeof FAMILIES; size: number; weight: 400 | 500 | 600 };

/** What each kind of text on the board is set in. */
export const FONTS = {
  name: { family: 'words', size: SIZES.body, weight: 600 },
  technology: { family: 'words', size: SIZES.small, weight: 400 },
  figureLabel: { family: 'words', size: SIZES.small, weight: 400 },
  figure: { family: 'numbers', size: SIZES.small, weight: 500 },
  pill: { family: 'numbers', size: SIZES.small, weight: 500 },
  group: { family: 'words', size: SIZES.body, weight: 600 },
  note: { family: 'words', size: SIZES.body, weight: 400 },
  noteHeading: { family: 'words', size: SIZES.body, weight: 600 },
  hypothesis: { family: 'words', size: SIZES.body, weight: 500 },
  caption: { family: 'words', size: SIZES.small, weight: 400 },
  heading: { family: 'words', size: SIZES.small, weight: 600 },
  title: { family: 'words', size: SIZES.title, weight: 600 },
} as const satisfies Record<string, Font>;

/** The value of CSS `font`, and of a canvas context's. */
export const cssFont = (font: Font): string => `${font.weight} ${font.size}px ${FAMILIES[font.family]}`;

/** Every glyph of JetBrains Mono is 0.6 em wide. */
const MONO = 600;
/** A character that is in no table (an ideograph, an emoji) counts as a full em: rather too wide than over the edge. */
const UNKNOWN = 1000;

const TABLE_SIZE = RANGES.at(-1)![1] + 1;
const tables = new Map<number, Uint16Array>();

function table(weight: Font['weight']): Uint16Array {
  const known = tables.get(weight);
  if (known) return known;
  const widths = new Uint16Array(TABLE_SIZE).fill(UNKNOWN);
  let i = 0;
  for (const [first, last] of RANGES)
    for (let code = first; code <= last; code++) widths[code] = widthAt(weight, i++);
  tables.set(weight, widths);
  return widths;
}

/** Between two weights Inter's widths grow evenly, to a thousandth. */
const widthAt = (weight: Font['weight'], i: number): number =>
  Math.round(REGULAR[i]! + (SEMIBOLD_ADDS[i]! * (weight - 400)) / 200);

function thousandths(code: number, font: Font): number {
  if (font.family === 'numbers') return code < TABLE_SIZE ? MONO : UNKNOWN;
  return code < TABLE_SIZE ? table(font.weight)[code]! : UNKNOWN;
}

/** Width of one line of text in pixels, without kerning. */
export function textWidth(text: string, font: Font): number {
  let sum = 0;
  for (const character of text) sum += thousandths(character.codePointAt(0)!, font);
  return (sum * font.size) / 1000;
}

/** The text, or as much of its beginning and end as fits around a `…`. Both ends of a name tell it apart. */
export function cutMiddle(text: string, maxWidth: number, font: Font): string {
  if (textWidth(text, font) <= maxWidth) return text;
  const characters = [...text];
  let room = maxWidth - textWidth('…', font);
  if (room < 0) return '';
  let head = 0;
  let tail = characters.length;
  for (let takeHead = true; head < tail; takeHead = !takeHead) {
    const width = textWidth(characters[takeHead ? head : tail - 1]!, font);
    if (width > room) break;
    room -= width;
    if (takeHead) head++;
    else tail--;
  }
  return `${characters.slice(0, head).join('')}…${characters.slice(tail).join('')}`;
}

/** Breaks at spaces into lines no wider than `maxWidth`; a word that is wider alone is broken inside. */
export function wrap(text: string, maxWidth: number, font: Font): string[] {
  const lines: string[] = [];
  const space = textWidth(' ', font);
  let line = '';
  let width = 0;
  const end = () => {
    if (line !== '') lines.push(line);
    line = '';
    width = 0;
  };
  const put = (piece: string, its: number) => {
    line += piece;
    width += its;
  };
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const its = textWidth(word, font);
    if (line !== '') {
      if (width + space + its <= maxWidth) put(' ', space);
      else end();
    }
    if (width + its <= maxWidth) {
      put(word, its);
      continue;
    }
    for (const character of word) {
      const one = textWidth(character, font);
      if (width + one > maxWidth) end();
      put(character, one);
    }
  }
  end();
  return lines;
}
