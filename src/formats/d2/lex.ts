/** The small pieces of D2: keys with dots between them, arrows, and texts with and without quotes. */
import type { Scan } from '../diagram/scan.ts';

/** A part of a key, as written and without quotes; `isQuoted` ones are names whatever they say. */
export type Step = { text: string; isQuoted: boolean };

/** Blanks, and comments that begin a line or follow a blank. */
const GAP = /(?:[ \t]+|(?<=^|[\s;{}])#[^\n]*|\\\n)*/y;
const BREAKS = /(?:[\s;]+|(?<=^|[\s;{}])#[^\n]*|"""[\s\S]*?""")*/y;
const DOUBLE = /"([^"\\\n]*(?:\\[^\n][^"\\\n]*)*)"/y;
const SINGLE = /'([^'\n]*(?:''[^'\n]*)*)'/y;
const KEY =
  /(?:[^\s.:;{}[\]()<>&"'#|\\-]|\\[^\n]|(?<=\S)[#"'|]|-(?![->])|[ \t]+(?=[^\s.:;{}[\]()<>&"'#|-]|-(?![->])))+/y;
const VALUE = /(?:\$\{[^{}\n]{0,200}\}|[^\s;{}#\\]|\\[^\n]|(?<=\S)#|[ \t]+(?=[^\s;{}#]))+/y;
const FILLED = /\\[\s\S]|\$\{([^{}\n]{0,200})\}/g;
const BLOCK = /(\|+)([^\w\s]*)([a-z]*)[ \t]*/iy;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const unescaped = (text: string): string =>
  text.replace(/\\([\s\S])/g, (_all, sign: string) => ESCAPES[sign] ?? sign);

/** A text between double quotes. */
export const quoted = (text: string): string =>
  `"${text.replace(/[\\"$\n\r]/g, (sign) => (sign === '\n' ? '\\n' : sign === '\r' ? '\\r' : `\\${sign}`))}"`;

export const skipGap = (scan: Scan): void => void scan.take(GAP);
/** Steps over all that stands between statements. */
export const skipBreaks = (scan: Scan): void => void scan.take(BREAKS);

/** What a variable of this name stands for; undefined for none. */
export type Fill = (name: string) => string | undefined;

const filled = (text: string, fill: Fill): string =>
  unescaped(
    text.replace(FILLED, (all, name?: string) =>
      name === undefined ? all : (fill(name.trim().toLowerCase())?.replaceAll('\\', '\\\\') ?? all),
    ),
  ).slice(0, LONGEST);
/** Of a text with variables in it. */
const LONGEST = 20_000;

function takeQuoted(scan: Scan, fill: Fill): string | null {
  const at = scan.at();
  const double = scan.take(DOUBLE);
  if (double) return filled(double[1]!, fill);
  const single = scan.take(SINGLE);
  if (single) return single[1]!.replaceAll("''", "'");
  if (scan.looksAt(/["']/y)) scan.fail('this text is never closed', at);
  return null;
}

/** `a.b."c d"`; null where no key stands. */
export function takeKey(scan: Scan): Step[] | null {
  const steps: Step[] = [];
  for (;;) {
    skipGap(scan);
    const text = takeQuoted(scan, () => undefined);
    const bare = text === null ? scan.take(KEY)?.[0] : undefined;
    if (text === null && bare === undefined) {
      if (steps.length > 0) scan.fail(`a name is expected after the dot, not ${scan.here()}`);
      return null;
    }
    steps.push(text === null ? { text: unescaped(bare!.trim()), isQuoted: false } : { text, isQuoted: true });
    skipGap(scan);
    if (!scan.take(/\./y)) return steps;
  }
}

/** What stands after a colon, up to a brace or the end of the line: text of any kind; null where there is none. */
export function takeValue(scan: Scan, fill: Fill): string | null {
  skipGap(scan);
  const text = takeQuoted(scan, fill);
  if (text !== null) return text;
  const at = scan.at();
  const block = scan.take(BLOCK);
  if (block) {
    const close = `${block[2]}${block[1]}`;
    const inside = scan.upTo(close) ?? scan.fail(`this text is never closed; end it with ${close}`, at);
    // Of Markdown the words.
    return inside.replace(/^[ \t]*(?:#+[ \t]*)?/gm, '').trim();
  }
  if (scan.looksAt(/\[/y)) {
    if (scan.upTo(']') === null) scan.fail('this [ is never closed', at);
    return '';
  }
  const bare = scan.take(VALUE)?.[0];
  return bare === undefined ? null : filled(bare.trim(), fill);
}
