/** The words of LikeC4: names, texts in quotes of several kinds, and signs. Where lines end does not matter. */
import { type Scan, scanOf } from '../diagram/scan.ts';

export type Token = {
  type: 'name' | 'text' | 'sign' | 'end';
  text: string;
  at: number;
};
export type Tokens = ReturnType<typeof tokensOf>;

const GAP = /(?:\s+|\/\/[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/)*/y;
const NAME = /[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}_][\p{L}\p{N}_-]*)*(?:\.[_*]{1,2})?/uy;
const ARROW = /-\[[ \t]*([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\]->|<->|->|<-/uy;
const TEXT = /'([^'\\]*(?:\\[\s\S][^'\\]*)*)'|"([^"\\]*(?:\\[\s\S][^"\\]*)*)"/y;
/** An address or a path, of which only the whole is of interest. */
const ADDRESS = /(?:[a-z][a-z0-9+-]*:|\.{0,2}\/)[^\s'"{}]+/iy;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r' };
const unescaped = (text: string): string =>
  text.replace(/\\([\s\S])/g, (_all, sign: string) => ESCAPES[sign] ?? sign);

/** A text in quotes, on one line. */
export const quoted = (text: string): string =>
  `'${text.replace(/[\\'\n\r]/g, (sign) => (sign === '\n' ? '\\n' : sign === '\r' ? '\\r' : `\\${sign}`))}'`;

export function tokensOf(text: string) {
  const scan = scanOf(text);
  let next = read(scan);
  return {
    peek: () => next,
    take: (): Token => {
      const token = next;
      if (token.type !== 'end') next = read(scan);
      return token;
    },
    /** Steps over this sign, if it stands here. */
    takes: (sign: string): boolean => {
      if (next.type !== 'sign' || next.text !== sign) return false;
      next = read(scan);
      return true;
    },
    /** An address stands here; the token that began it is part of it. */
    takeAddress: (): string => {
      scan.goTo(next.at);
      const address = scan.take(ADDRESS)?.[0] ?? scan.take(/[^\s{}]+/y)?.[0] ?? '';
      next = read(scan);
      return address;
    },
    fail: (reason: string, at = next.at): never => scan.fail(reason, at),
  };
}

function read(scan: Scan): Token {
  scan.take(GAP);
  const at = scan.at();
  if (scan.isAtEnd()) return { type: 'end', text: 'the end of the file', at };
  const block = scan.take(/'''|"""/y)?.[0];
  if (block) {
    const text = scan.upTo(block) ?? scan.fail(`this text is never closed; end it with ${block}`, at);
    return { type: 'text', text: unescaped(dedented(text)), at };
  }
  const quote = scan.take(TEXT);
  if (quote) {
    const raw = quote[1] ?? quote[2]!;
    return { type: 'text', text: unescaped(raw.includes('\n') ? dedented(raw) : raw), at };
  }
  if (scan.looksAt(/['"]/y)) scan.fail('this text is never closed', at);
  const arrow = scan.take(ARROW);
  if (arrow) return { type: 'sign', text: arrow[0], at };
  const name = scan.take(NAME)?.[0];
  if (name !== undefined) return { type: 'name', text: name, at };
  return { type: 'sign', text: scan.take(/[\s\S]/uy)![0], at };
}

/** A text over several lines: without the blanks around it and before its lines. */
const dedented = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
