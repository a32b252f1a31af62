/**
 * Reading the text of a diagram, piece by piece. A fault ends the reading: half a diagram is not what the file says.
 */

/** Why a diagram can't be read and where, as an offset in its text. Caught by the format, never seen outside. */
export class Misread extends Error {
  readonly at: number;
  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

export type Scan = ReturnType<typeof scanOf>;

export function scanOf(text: string, from = 0) {
  let at = from;
  return {
    text,
    at: () => at,
    isAtEnd: () => at >= text.length,
    goTo: (offset: number) => {
      at = offset;
    },
    /** Where the pattern (sticky) matches here, steps over it. */
    take: (pattern: RegExp): RegExpExecArray | null => {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match) at += match[0].length;
      return match;
    },
    looksAt: (pattern: RegExp): boolean => {
      pattern.lastIndex = at;
      return pattern.test(text);
    },
    /** The text up to `end`, stepping over both; null where `end` does not come. */
    upTo: (end: string): string | null => {
      const found = text.indexOf(end, at);
      if (found < 0) return null;
      const between = text.slice(at, found);
      at = found + end.length;
      return between;
    },
    /** What stands here, for the words of a fault. */
    here: (): string => {
      const next = /[\p{L}\p{N}_-]{1,30}|\S/uy;
      next.lastIndex = at;
      const word = next.exec(text)?.[0];
      if (word !== undefined) return `“${word}”`;
      return at >= text.length ? 'the end of the file' : 'the end of the line';
    },
    fail: (reason: string, where = at): never => {
      throw new Misread(where, reason);
    },
  };
}

/** Offsets → lines and columns, both from 1; and the file, where a text is of several. */
export type PlaceOf = (at: number) => { line: number; column: number; file?: string };

export function placesIn(text: string): PlaceOf {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (at) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - starts[low]! + 1 };
  };
}

/** With line feeds only, as all of this expects. */
export const withLineFeeds = (text: string): string => text.replace(/\r\n?/g, '\n');

/** The same text with spaces where the pattern (global) matches, so that every offset stays true. */
export const blanked = (text: string, pattern: RegExp): string =>
  text.replace(pattern, (match) => match.replace(/[^\n]/g, ' '));
