/** Reading one line of a sketch, piece by piece. */
import type { SketchFault, Span } from './statement.ts';

/** Longest name, technology, protocol or operation that a board holds, UTF-16 units. */
const LONGEST = 400;

/** Ends the reading of one statement; caught where the next begins, and never leaves the parser. */
export class Fault extends Error {
  readonly fault: SketchFault;
  constructor(at: Span, reason: string) {
    super(reason);
    this.fault = { ...at, reason };
  }
}

/** Letters, digits and the signs that names have in them; a hyphen unless it begins an arrow. */
const BARE_NAME = /[\p{L}\p{N}_](?:(?!->)[\p{L}\p{N}\p{M}_./@&+'-])*/uy;
const QUOTED = /"(?:[^"\\]|\\.)*"/sy;
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Text between double quotes, escaped as in JSON. */
const unquote = (quoted: string): string =>
  quoted
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_all, code: string | undefined, sign: string) =>
      code === undefined ? (ESCAPES[sign] ?? sign) : String.fromCharCode(Number.parseInt(code, 16)),
    );

const WHOLE_BARE_NAME = new RegExp(`^(?:${BARE_NAME.source})$`, 'u');

/** True for a name that needs no quotes. `.config` at its end would be taken for settings. */
export const isBareName = (name: string): boolean => WHOLE_BARE_NAME.test(name) && !name.endsWith('.config');

export type Text = { text: string; quoted: boolean; at: Span };

export type Scanner = ReturnType<typeof scannerOf>;

/** @param text one line, without its end */
export function scannerOf(text: string, line: number) {
  let at = 0;

  /** Where the pattern (sticky) matches here, steps over it. */
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at += match[0].length;
    return match;
  };
  const looksAt = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    return pattern.test(text);
  };
  const skip = () => take(/\s*(?:(?<=^|\s)#.*)?/sy);
  const since = (start: number): Span => ({ line, column: start + 1, length: Math.max(1, at - start) });
  /** The word or sign that stands here, as a place for a fault. */
  const here = (): Span => {
    const word = /[\p{L}\p{N}_-]+|\S/uy;
    word.lastIndex = at;
    return { line, column: at + 1, length: Math.max(1, word.exec(text)?.[0].length ?? 0) };
  };
  const fail = (reason: string, span: Span = here()): never => {
    throw new Fault(span, reason);
  };

  const quoted = (): string | null => {
    const match = take(QUOTED);
    if (match) return unquote(match[0]);
    if (text[at] === '"')
      fail('this quote is never closed; end the text with "', {
        line,
        column: at + 1,
        length: text.length - at,
      });
    if (looksAt(/[“”„]/y)) fail('quotes are straight here: "like this"');
    return null;
  };

  /** Quoted text, or what the pattern takes; null when neither stands here. */
  const words = (bare: RegExp): Text | null => {
    const start = at;
    const inQuotes = quoted();
    const found = inQuotes ?? take(bare)?.[0].trimEnd() ?? null;
    if (found === null) return null;
    const span = since(start);
    if (found.length > LONGEST) fail(`is ${found.length} characters long; ${LONGEST} is the most`, span);
    return { text: found, quoted: inQuotes !== null, at: span };
  };

  return {
    take,
    looksAt,
    skip,
    since,
    fail,
    quoted,
    words,
    name: () => words(BARE_NAME),
    position: () => at,
    /** Where reading can go on after a fault: the next `;` outside of quotes, or the end. */
    recover: () => {
      for (let isQuoted = false; at < text.length && (isQuoted || text[at] !== ';'); at++)
        if (text[at] === '"' && text[at - 1] !== '\\') isQuoted = !isQuoted;
    },
    isAtEnd: () => at >= text.length,
  };
}
