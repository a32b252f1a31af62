/** Structurizr's DSL is read line by line: words and texts in quotes, and a brace at the end of a line that opens a block. */
import { type Scan, scanOf } from '../diagram/scan.ts';

export type Word = { text: string; isQuoted: boolean; at: number };
/** A line; `opens` where a brace ends it. */
export type Line = { words: Word[]; opens: boolean; closes: boolean; at: number };

const GAP = /(?:\s+|\/\/[^\n]*|#[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/)*/y;
const TEXT_BLOCK = /"""/y;
const QUOTED = /"([^"\\\n]*(?:\\[^\n][^"\\\n]*)*)"/y;
const BARE = /[^\s"]+/y;
const BLANK = /(?:[^\S\n]|\\\n)+/y;
const CODE = /[^{}"']+|"(?:\\.|[^"\\\n]){0,10000}"|'(?:\\.|[^'\\\n]){0,10000}'|[\s\S]/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', '"': '"', '\\': '\\' };

const unescaped = (text: string): string =>
  text.replace(/\\([nr"\\])/g, (_all, sign: string) => ESCAPES[sign]!);
/** A text between quotes, on one line. */
export const quoted = (text: string): string =>
  `"${text.replace(/[\\"\n\r]/g, (sign) => (sign === '\n' ? '\\n' : sign === '\r' ? '\\r' : `\\${sign}`))}"`;

/** The lines of a text, one at a time; null at its end. */
export function linesOf(text: string) {
  const scan = scanOf(text);
  const next = (): Line | null => {
    scan.take(GAP);
    if (scan.isAtEnd()) return null;
    const line: Line = { words: [], opens: false, closes: false, at: scan.at() };
    if (scan.take(/\}/y)) return { ...line, closes: true };
    for (;;) {
      scan.take(BLANK);
      if (scan.isAtEnd() || scan.looksAt(/\n/y)) return line;
      const at = scan.at();
      if (scan.take(/\{(?=\s|$)/y)) {
        line.opens = true;
        return line;
      }
      // A block on one line: `workspace { model { } }`.
      if (line.words.length > 0 && scan.looksAt(/\}(?=\s|$)/y)) return line;
      line.words.push(takeWord(scan, at));
    }
  };
  return {
    next,
    fail: scan.fail,
    /** Steps over a block whose brace was read. */
    skip(from: Line): void {
      let depth = 1;
      while (depth > 0) {
        const line = next();
        if (!line) return scan.fail('this { is never closed', from.at);
        depth += line.opens ? 1 : line.closes ? -1 : 0;
      }
    },
    /** Likewise over a block of code in another language, with braces anywhere. */
    skipCode(from: Line): void {
      for (let depth = 1; depth > 0; ) {
        if (scan.isAtEnd()) return scan.fail('this { is never closed', from.at);
        const piece = scan.take(CODE)![0];
        depth += piece === '{' ? 1 : piece === '}' ? -1 : 0;
      }
    },
  };
}

function takeWord(scan: Scan, at: number): Word {
  if (scan.take(TEXT_BLOCK)) {
    const text = scan.upTo('"""') ?? scan.fail('this text is never closed; end it with """', at);
    return { text: text.replace(/\n[ \t]+/g, '\n').trim(), isQuoted: true, at };
  }
  if (scan.looksAt(/"/y)) {
    const text = scan.take(QUOTED)?.[1] ?? scan.fail('this text is never closed; end it with "', at);
    return { text: unescaped(text), isQuoted: true, at };
  }
  return { text: scan.take(BARE)![0], isQuoted: false, at };
}
