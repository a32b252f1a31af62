/** The small pieces of DOT: names in all their forms, attributes, and what may stand between. */
import type { Scan } from '../diagram/scan.ts';

export type Id = {
  text: string;
  /** `<…>`: markup, not plain text. */
  isHtml: boolean;
  isQuoted: boolean;
  at: number;
};
export type Attributes = Map<string, Id>;

const GAP = /(?:\s+|\/\/[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/|(?<=(?:^|\n)[ \t]*)#[^\n]*)*/y;
const BARE = /[\p{L}\p{N}\p{M}_.\u0080-\uffff]+|-?(?:\.\d+|\d+(?:\.\d*)?)/uy;
const QUOTED = /"([^"\\]*(?:\\[\s\S][^"\\]*)*)"/y;

export const skipGap = (scan: Scan): void => void scan.take(GAP);

/** A name, a number, a text in quotes (several joined by +) or markup; null where none stands. */
export function takeId(scan: Scan): Id | null {
  skipGap(scan);
  const at = scan.at();
  if (scan.looksAt(/"/y)) return { text: takeQuoted(scan), isHtml: false, isQuoted: true, at };
  if (scan.looksAt(/</y)) return { text: takeMarkup(scan), isHtml: true, isQuoted: false, at };
  const text = scan.take(BARE)?.[0];
  return text === undefined ? null : { text, isHtml: false, isQuoted: false, at };
}

function takeQuoted(scan: Scan): string {
  const pieces: string[] = [];
  do {
    skipGap(scan);
    const at = scan.at();
    const quoted = scan.take(QUOTED)?.[1];
    if (quoted === undefined) return scan.fail('this text is never closed; end it with "', at);
    // A quote and the end of a line are all that a backslash hides; other escapes are the label's.
    pieces.push(
      quoted.replace(/\\(?:(")|\n|\\)/g, (all, quote: string) => quote ?? (all === '\\\\' ? all : '')),
    );
    skipGap(scan);
  } while (scan.take(/\+/y));
  return pieces.join('');
}

function takeMarkup(scan: Scan): string {
  const at = scan.at();
  let depth = 0;
  const bracket = /[<>]/g;
  bracket.lastIndex = at;
  for (let match = bracket.exec(scan.text); match; match = bracket.exec(scan.text)) {
    depth += match[0] === '<' ? 1 : -1;
    if (depth > 0) continue;
    scan.goTo(match.index + 1);
    return scan.text.slice(at + 1, match.index);
  }
  return scan.fail('this < is never closed', at);
}

/** `[a=b, c="d"][e=f]` */
export function takeAttributes(scan: Scan): Attributes {
  const attributes: Attributes = new Map();
  for (;;) {
    skipGap(scan);
    const open = scan.at();
    if (!scan.take(/\[/y)) return attributes;
    for (;;) {
      skipGap(scan);
      if (scan.take(/\]/y)) break;
      if (scan.isAtEnd()) scan.fail('this [ is never closed', open);
      if (scan.take(/[,;]/y)) continue;
      const key =
        takeId(scan) ?? scan.fail(`an attribute such as label="text" is expected, not ${scan.here()}`);
      skipGap(scan);
      if (!scan.take(/=/y)) attributes.set(key.text.toLowerCase(), { ...key, text: 'true' });
      else {
        const value = takeId(scan) ?? scan.fail(`a value is expected after ${key.text}=, not ${scan.here()}`);
        attributes.set(key.text.toLowerCase(), value);
      }
    }
  }
}
