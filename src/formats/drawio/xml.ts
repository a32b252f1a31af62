/**
 * XML as far as drawings need it: elements, attributes, text. No entity is expanded but the five that XML has and
 * characters by number; what a document type declares is not looked at. Pure, and linear in the length of the text.
 */

export type XmlElement = {
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: XmlElement[];
  text: string;
  /** Where its tag begins, offset. */
  at: number;
};

export type Xml = { ok: true; root: XmlElement } | { ok: false; at: number; reason: string };

const DEEPEST = 64;
const MOST_ELEMENTS = 500_000;
const NAME = /[^\s/>="'<!?]+/y;
const ATTRIBUTE = /\s+([^\s/>="'<]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
const TAG_END = /\s*(\/?)>/y;

/** @param only the root's own tag is read, and nothing of what is in it */
export function parseXml(text: string, { only = false } = {}): Xml {
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let count = 0;
  let at = 0;
  const fail = (where: number, reason: string): Xml => ({ ok: false, at: where, reason });
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const inside = open.at(-1);
    if (inside) inside.text += unescapeXml(text.slice(at, next === -1 ? text.length : next));
    if (next === -1) break;
    at = next;
    const skipped = skip(text, at);
    if (skipped) {
      if (skipped.end === -1) return fail(at, `${skipped.what} is not closed`);
      if (skipped.data !== undefined && inside) inside.text += skipped.data;
      at = skipped.end;
      continue;
    }
    if (text[at + 1] === '/') {
      at += 2;
      const name = take(NAME)?.[0] ?? '';
      if (!inside || name !== inside.name)
        return fail(
          next,
          inside ? `ends ${name}, but ${inside.name} is open` : `ends ${name}, which is not open`,
        );
      if (!take(TAG_END)) return fail(at, 'a tag is not closed');
      open.pop();
      continue;
    }
    at++;
    const name = take(NAME)?.[0];
    if (name === undefined) return fail(next, 'a tag must have a name');
    const attributes = new Map<string, string>();
    for (let found = take(ATTRIBUTE); found; found = take(ATTRIBUTE))
      attributes.set(found[1]!, unescapeXml(found[2] ?? found[3] ?? ''));
    const end = take(TAG_END);
    if (!end) return fail(at, `the tag ${name} is not closed, or has an attribute without a value in quotes`);
    const element: XmlElement = { name, attributes, children: [], text: '', at: next };
    if (inside) inside.children.push(element);
    else if (root) return fail(next, 'more after the end of the document');
    else root = element;
    if (only) return { ok: true, root: element };
    if (++count > MOST_ELEMENTS) return fail(next, `holds more than ${MOST_ELEMENTS} elements`);
    if (end[1] === '') open.push(element);
    if (open.length > DEEPEST) return fail(next, `elements nest more than ${DEEPEST} deep`);
  }
  const unclosed = open.at(-1);
  if (unclosed) return fail(text.length, `the file ends inside of ${unclosed.name}`);
  return root ? { ok: true, root } : fail(0, 'holds no element');
}

type Skipped = { what: string; end: number; data?: string };

/** Comments, instructions, declarations, CDATA; null for a tag. `end` is -1 where it has none. */
function skip(text: string, at: number): Skipped | null {
  const until = (what: string, close: string, from: number): Skipped => {
    const end = text.indexOf(close, from);
    return { what, end: end === -1 ? -1 : end + close.length };
  };
  if (text.startsWith('<!--', at)) return until('a comment', '-->', at + 4);
  if (text.startsWith('<![CDATA[', at)) {
    const found = until('a CDATA section', ']]>', at + 9);
    return { ...found, data: text.slice(at + 9, found.end - 3) };
  }
  if (text.startsWith('<?', at)) return until('an instruction', '?>', at + 2);
  if (!text.startsWith('<!', at)) return null;
  const subset = /<![^[>]*\[/y;
  subset.lastIndex = at;
  return subset.test(text)
    ? until('a document type', ']>', subset.lastIndex)
    : until('a declaration', '>', at);
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Entities that XML doesn't have stay as they are written. */
const unescapeXml = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
        (all, dec, hex, name) => {
          if (name) return NAMED[name]!;
          const code = dec ? Number.parseInt(dec, 10) : Number.parseInt(hex, 16);
          return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
            ? String.fromCodePoint(code)
            : all;
        },
      )
    : text;

/** As the value of an attribute in double quotes, without what XML 1.0 can't hold. */
export const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 (2.2) can't hold these, even escaped
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replace(/[&<>"\t\r\n]/g, (character) => `&#${character.charCodeAt(0)};`);
