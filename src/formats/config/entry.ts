/** What every reader of configuration gives, and the few things about text that they share. */

/** A setting as it was found. */
export type Entry = {
  key: string;
  value: string;
  /** From 1. */
  line: number;
  /** The part of the file that it holds for, where it isn't all of it: `backend api`. */
  block?: string;
};

/** A line that can't be read, from 1, and why. */
export type ConfigFault = { line: number; reason: string };

export type Found = {
  /** What is configured, where syntax or content says so. */
  system?: string;
  version?: string;
  entries: Entry[];
  faults: ConfigFault[];
  /** What a key that stands there twice means: the last of them holds, or all of them. The last where it isn't said. */
  repeats?: 'last' | 'all';
};

export type Reader = (text: string) => Found;

/** What stands between a block and its key: `backend api > timeout server`. */
export const IN_BLOCK = ' > ';

/** Nothing could be read, and this is why. */
export const refused = (line: number, reason: string): Found => ({ entries: [], faults: [{ line, reason }] });

/** Lines, whatever ends them. */
export const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/);

/** A value without what is remarked after it: ` # like this`. Quotes around it are taken off, and what is in them is kept. */
export function plainValue(text: string, remark = '#'): { value: string } | { reason: string } {
  const trimmed = text.trim();
  const quote = trimmed[0];
  if (quote === '"' || quote === "'") {
    const end = closingQuote(trimmed, quote);
    if (end < 0) return { reason: `the quote ${quote} is not closed` };
    const rest = trimmed.slice(end + 1).trim();
    if (rest === '' || remark.includes(rest[0]!)) return { value: unescaped(trimmed.slice(1, end), quote) };
  }
  for (let at = 1; at < trimmed.length; at++)
    if (remark.includes(trimmed[at]!) && /\s/.test(trimmed[at - 1]!))
      return { value: trimmed.slice(0, at).trim() };
  return { value: remark.includes(quote ?? '') ? '' : trimmed };
}

/** Doubled or after a backslash, a quote stands for itself. */
function closingQuote(text: string, quote: string): number {
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote && text[at + 1] === quote) at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

const unescaped = (text: string, quote: string): string =>
  text.replaceAll(`\\${quote}`, quote).replaceAll(quote + quote, quote);
