/**
 * Layouts of lines, in the words of nginx's log_format: text that stands in every line, and $variables. Matched from
 * left to right without ever going back, so that no layout and no line can make it slow.
 */

/** Values by name of the variable, as they stand in the line; without the quotes around them. */
export type Fields = ReadonlyMap<string, string>;

type Piece = {
  /** Stands before the variable. */
  text: string;
  variable: string;
  /** What the value goes on until. */
  until: 'quote' | 'end of word' | 'end of list' | 'next text' | 'end of line';
};

export type Pattern = { pieces: readonly Piece[] /** Ends the line. */; last: string };

const MOST_VARIABLES = 100;
const VARIABLE = /\$(?:\{(\w+)\}|(\w+))/g;
/** With spaces in their values that say nothing of where they end. */
const SPACED = new Set(['request', 'remote_user', 'time_local', 'the_rest']);

/** @returns words for what is wrong with the layout */
export function patternOf(layout: string): Pattern | string {
  const found = [...layout.matchAll(VARIABLE)];
  if (found.length === 0) return 'names no $variables';
  if (found.length > MOST_VARIABLES) return `names more than ${MOST_VARIABLES} variables`;
  const pieces: Piece[] = [];
  let from = 0;
  for (const [i, { 0: written, 1: braced, 2: plain, index }] of found.entries()) {
    const text = layout.slice(from, index);
    from = index + written.length;
    const next = layout.slice(from, found[i + 1]?.index);
    if (next === '' && i + 1 < found.length) return `has nothing between ${written} and the next variable`;
    const variable = (braced ?? plain)!;
    pieces.push({ text, variable, until: untilOf(variable, text, next) });
  }
  return { pieces, last: layout.slice(from) };
}

function untilOf(variable: string, before: string, next: string): Piece['until'] {
  if (before.endsWith('"') && next.startsWith('"')) return 'quote';
  const isSpaced = SPACED.has(variable) || variable.startsWith('http_');
  if (next === '' && isSpaced) return 'end of line';
  if (isSpaced || !/^(?: ["[]?)?$/.test(next)) return 'next text';
  return variable.startsWith('upstream_') ? 'end of list' : 'end of word';
}

/** @returns null where the line is not laid out so */
export function match({ pieces, last }: Pattern, line: string): Fields | null {
  const fields = new Map<string, string>();
  let at = 0;
  for (const [i, { text, variable, until }] of pieces.entries()) {
    if (!line.startsWith(text, at)) return null;
    at += text.length;
    const end = endOf(line, at, until, pieces[i + 1]?.text ?? last);
    if (end === -1) return null;
    if (!fields.has(variable)) fields.set(variable, line.slice(at, end));
    at = end;
  }
  return line.startsWith(last, at) && at + last.length === line.length ? fields : null;
}

function endOf(line: string, at: number, until: Piece['until'], next: string): number {
  if (until === 'quote') return closingQuote(line, at);
  if (until === 'end of word') return endOfWord(line, at);
  if (until === 'end of list') return endOfList(line, at);
  return until === 'end of line' ? line.length : line.indexOf(next, at);
}

/** The first quote that no backslash takes away; -1 where there is none. */
export function closingQuote(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return -1;
}

export function endOfWord(line: string, from: number): number {
  const end = line.indexOf(' ', from);
  return end === -1 ? line.length : end;
}

/**
 * A list goes on after a comma, and after a colon between two spaces: `10.0.0.1:80, 10.0.0.2:80 : 10.0.1.1:80`
 * (nginx, ngx_http_upstream_module, $upstream_addr).
 */
export function endOfList(line: string, from: number): number {
  let end = endOfWord(line, from);
  for (;;) {
    if (line[end - 1] === ',' && end < line.length) end = endOfWord(line, end + 1);
    else if (line.startsWith(' : ', end)) end = endOfWord(line, end + 3);
    else return end;
  }
}
