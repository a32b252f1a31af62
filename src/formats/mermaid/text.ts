/** Text as Mermaid writes it: `#quot;` and `#35;` for signs, `<br/>` for breaks. What it would draw as HTML is only text here. */

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
  nbsp: ' ',
  num: '#',
  hash: '#',
  colon: ':',
  semi: ';',
  lpar: '(',
  rpar: ')',
  lsqb: '[',
  rsqb: ']',
  lbrace: '{',
  rbrace: '}',
  vert: '|',
};
const ENTITY = /[&#](?:(\d{1,7})|#(\d{1,7})|#?x([0-9a-f]{1,6})|([a-z]{2,8}));/gi;

const signOf = (all: string, code: string, radix: number): string => {
  const point = Number.parseInt(code, radix);
  return point <= 0x10ffff ? String.fromCodePoint(point) : all;
};

const withSigns = (text: string): string =>
  text.replace(ENTITY, (all, hash: string, decimal: string, hex: string, name: string) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all;
    return hex === undefined ? signOf(all, hash ?? decimal, 10) : signOf(all, hex, 16);
  });

const BREAK = /<br\s{0,9}\/?>|\\n|\n/gi;
const TAG = /<\/?[a-z][^<>]{0,300}>/gi;
const ICON = /^\s*fa[a-z]?:fa-[\w-]+\s*/;

/** The lines of a label, without markup, icons and the signs of its Markdown. */
export function linesOf(label: string): string[] {
  const markdown = /^`(.*)`$/s.exec(label)?.[1];
  const plain = markdown === undefined ? label : markdown.replace(/\*\*|__/g, '');
  return plain
    .split(BREAK)
    .map((line) => withSigns(line.replace(TAG, '').trim().replace(ICON, '')))
    .filter((line) => line !== '');
}

/** What means nothing else between quotes. */
const HARMLESS = /[\p{L}\p{M}\p{N}_./,()?!+='@$%~^:[\]-]/u;
const ICON_START = /^fa[a-z]?:/;

/** One line of a label, such that `linesOf` reads the same from it. */
export function escaped(text: string): string {
  const isIcon = ICON_START.test(text);
  const signs = [...text];
  return signs
    .map((sign, i) => {
      const isInside = i > 0 && i < signs.length - 1 && signs[i - 1] !== ' ';
      const isPlain = sign === ' ' ? isInside : HARMLESS.test(sign) && !(isIcon && sign === ':');
      return isPlain ? sign : `#${sign.codePointAt(0)};`;
    })
    .join('');
}
