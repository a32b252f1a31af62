/** JSON from strangers: how deep it goes is known before it is parsed, and where it broke is said. */

type Break = { at: number; reason: string };
export type Parsed = { ok: true; value: unknown } | ({ ok: false } & Break);

/** How deep brackets nest, counted outside of strings. Cheap enough for 50 MB; the text may be anything. */
export function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) i = endOfString(text, i);
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x7d || code === 0x5d) depth--;
  }
  return deepest;
}

/** Index of the quote that ends the string begun at `open`; the text's length when none does. */
function endOfString(text: string, open: number): number {
  let close = open;
  while ((close = text.indexOf('"', close + 1)) !== -1) {
    let backslashes = 0;
    while (text.charCodeAt(close - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return close;
  }
  return text.length;
}

/** @returns the value, or where the text stops being JSON and what is wrong there. */
export function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(withExactTimes(text)) };
  } catch {
    return { ok: false, ...whereItBreaks(text) };
  }
}

/** One JSON value a line, as the OpenTelemetry collector's file exporter writes; null when it isn't that. */
export function parseJsonLines(
  text: string,
): { ok: true; values: unknown[]; lines: number[] } | (Break & { ok: false }) | null {
  const values: unknown[] = [];
  const lines: number[] = [];
  let start = 0;
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() !== '') {
      const parsed = parseJson(line);
      if (parsed.ok) {
        values.push(parsed.value);
        lines.push(i + 1);
      } else return values.length > 0 ? { ...parsed, at: start + parsed.at } : null;
    }
    start += line.length + 1;
  }
  return values.length > 0 ? { ok: true, values, lines } : null;
}

/**
 * OTLP/JSON gives nanoseconds as numbers or strings. As numbers they are beyond 2^53 and JSON.parse would
 * round them by up to 128 ns: put in quotes first, they stay whole.
 */
const withExactTimes = (text: string) =>
  text.replace(/("(?:start|end)(?:TimeUnixNano|_time_unix_nano)"\s*:\s*)(\d{16,20})(?=\s*[,}])/g, '$1"$2"');

/** `12:5`: line and column, both from 1, of an index into the text. CRLF ends one line. */
export function lineAndColumn(text: string, at: number): string {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', start)) {
    line++;
    start = next + 1;
  }
  return `${line}:${at - start + 1}`;
}

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const CUT_SCALAR = /(?:-|-?(?:0|[1-9]\d*)(?:\.|(?:\.\d+)?[eE][+-]?)|t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?)$/y;
const CUT_ESCAPE = /^\\(?:u[0-9a-fA-F]{0,3})?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside strings (RFC 8259, 7)
const STRING_PART = /[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'after';

/** Walks the text as the JSON grammar does (RFC 8259) up to the first place that doesn't fit. */
function whereItBreaks(text: string): Break {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const skip = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found !== null && found[0].length > 0;
  };
  /** Is the rest of the text the beginning of a number or a word, and not a whole one? */
  const isCut = () => {
    CUT_SCALAR.lastIndex = at;
    return CUT_SCALAR.test(text);
  };
  const string = (): Break | null => {
    at++;
    while (skip(STRING_PART));
    if (text[at] === '"') {
      at++;
      return null;
    }
    if (at >= text.length || CUT_ESCAPE.test(text.slice(at, at + 6)))
      return { at: text.length, reason: 'the file ends inside a string' };
    return { at, reason: text[at] === '\\' ? 'unknown escape in a string' : 'control character in a string' };
  };
  for (;;) {
    skip(SPACE);
    const character = text[at];
    if (character === undefined) {
      if (expected === 'after' && open.length === 0) return { at: 0, reason: 'is not JSON' };
      return { at, reason: text.trim() === '' ? 'the file is empty' : 'the file ends too early' };
    }
    const inside = open.at(-1);
    if (expected === 'after') {
      if (inside === undefined) return { at, reason: 'more text after the end of the JSON' };
      if (character === (inside === '{' ? '}' : ']')) open.pop();
      else if (character === ',') expected = inside === '{' ? 'key' : 'value';
      else return { at, reason: `expected , or ${inside === '{' ? '}' : ']'}, found ${show(character)}` };
      at++;
    } else if (expected === 'key' || expected === 'key or }') {
      if (expected === 'key or }' && character === '}') {
        open.pop();
        at++;
        expected = 'after';
        continue;
      }
      if (character !== '"')
        return { at, reason: `expected a key in double quotes, found ${show(character)}` };
      const broken = string();
      if (broken) return broken;
      skip(SPACE);
      if (text[at] === undefined) return { at, reason: 'the file ends too early' };
      if (text[at] !== ':') return { at, reason: `expected :, found ${show(text[at]!)}` };
      at++;
      expected = 'value';
    } else if (expected === 'value or ]' && character === ']') {
      open.pop();
      at++;
      expected = 'after';
    } else if (character === '{' || character === '[') {
      open.push(character);
      at++;
      expected = character === '{' ? 'key or }' : 'value or ]';
    } else if (character === '"') {
      const broken = string();
      if (broken) return broken;
      expected = 'after';
    } else if (isCut()) return { at: text.length, reason: 'the file ends too early' };
    else if (skip(SCALAR)) expected = 'after';
    else return { at, reason: `expected a value, found ${show(character)}` };
  }
}

const show = (character: string) => (/[!-~]/.test(character) ? character : JSON.stringify(character));
