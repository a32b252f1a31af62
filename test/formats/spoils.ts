/** Ways to make of a good file one that nobody should have to read. */
import fc from 'fast-check';
import { gzipSync, zipSync } from 'fflate';
import { bytesOf } from './drop.ts';

/** Draws a value of an arbitrary. */
type Draw = fc.GeneratorValue;
type Spoil = (good: Uint8Array, draw: Draw) => Uint8Array;

const joined = (...all: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(all));
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const ofText =
  (spoil: (good: string, draw: Draw) => string): Spoil =>
  (good, draw) =>
    bytesOf(spoil(text(good), draw));
/** Two places, the first before the second. */
const range = ({ length }: { length: number }, draw: Draw): [number, number] => {
  const at = draw(fc.nat, { max: length });
  return [at, Math.min(length, at + draw(fc.nat, { max: 1 + Math.floor(length / 4) }))];
};
const put = (good: Uint8Array, bytes: Uint8Array, draw: Draw): Uint8Array => {
  const [at] = range(good, draw);
  return joined(good.subarray(0, at), bytes, good.subarray(at));
};
const utf16 = (good: Uint8Array, isBig: boolean, isMarked: boolean): Uint8Array => {
  const bytes = Buffer.from(`${isMarked ? '\ufeff' : ''}${text(good)}`, 'utf16le');
  return new Uint8Array(isBig ? bytes.swap16() : bytes);
};

const BITS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '"',
    "'",
    '`',
    '|',
    '\\',
    '/*',
    '*/',
    '//',
    '#',
    '%%',
    '---\n',
    '```',
  ],
  ...[
    '->',
    '--',
    '-->',
    '==>',
    '<-',
    ':',
    ';',
    ',',
    '=',
    '&a ',
    '*a',
    '<<: *a',
    '!!js/function x',
    '!reset ',
    '- ',
    '\t',
  ],
  ...[
    '$' + '{',
    '$' + '{A:-',
    '$(A)',
    '&lol;',
    '&#0;',
    '&#x110000;',
    '<![CDATA[',
    '<!--',
    '<?x',
    '</root>',
    '__proto__',
    'constructor',
  ],
  ...[
    'toString',
    'NaN',
    'Infinity',
    '-0',
    '1e999',
    '9'.repeat(400),
    'null',
    '~',
    'true',
    '\n\n',
    '\r',
    '\u2028',
    '\u0000',
    '\ufeff',
    '\u202e',
  ],
  ...[
    'subgraph ',
    'end\n',
    'digraph {',
    'model {',
    '_',
    '.',
    '..',
    '@',
    '%',
    'x'.repeat(5000),
    '🚀',
    '\\ud800',
    '$$',
    "$'",
    '$&',
  ],
];
const WRONG: unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    0.5,
    1e308,
    -1e308,
    '',
    'x',
    [],
    {},
    [[]],
    { a: [] },
    ['x'],
    '9'.repeat(400),
    '\ud800',
  ],
  ...['__proto__', 'constructor', { toString: 1 }, { length: 1e9 }, 'NaN', '2026-01-01T00:00:00Z', '1:2:3:4'],
];

/** Every place in a JSON value that holds something. */
export function* places(value: unknown, path: string[] = []): Generator<string[]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inside] of Object.entries(value)) {
    yield [...path, key];
    yield* places(inside, [...path, key]);
  }
}

/** A value in JSON of another type, gone, doubled, far too deep, or under a name that means something else. */
const bentJson: Spoil = (good, draw) => {
  const json = JSON.parse(text(good));
  const all = [...places(json)];
  for (let i = draw(fc.nat, { max: 3 }); i >= 0; i--) {
    const path = all[draw(fc.nat, { max: Math.max(0, all.length - 1) })] ?? [];
    const key = path.at(-1);
    const holder = path.slice(0, -1).reduce((inside, step) => inside?.[step], json);
    if (key === undefined || typeof holder !== 'object' || holder === null) continue;
    const how = draw(fc.nat, { max: 4 });
    if (how === 0) delete holder[key];
    else if (how === 1) holder[key] = Array.from({ length: 50 }, () => holder[key]);
    else if (how === 2) holder[key] = JSON.parse(`${'[{"a":'.repeat(30)}1${'}]'.repeat(30)}`);
    else if (how === 3)
      Object.defineProperty(holder, draw(fc.constantFrom, '__proto__', 'constructor', 'polluted'), {
        ...{ value: holder[key], enumerable: true, configurable: true, writable: true },
      });
    else holder[key] = draw(fc.constantFrom, ...WRONG);
  }
  return bytesOf(JSON.stringify(json));
};

const LAUGHS = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 12 }, (_, i) => `<!ENTITY ${'b'.repeat(i + 1)} "${`&${i === 0 ? 'a' : 'b'.repeat(i)};`.repeat(10)}">`).join('')}<!ENTITY f SYSTEM "file:///etc/passwd">]>`;

export const SPOILS: Record<string, Spoil> = {
  'cut off': (good, draw) => good.subarray(0, range(good, draw)[0]),
  'begun late': (good, draw) => good.subarray(range(good, draw)[0]),
  'bytes changed': (good, draw) => {
    const spoilt = good.slice();
    for (let i = draw(fc.nat, { max: 4 }); i >= 0; i--)
      spoilt[range(good, draw)[0]] = draw(fc.nat, { max: 255 });
    return spoilt;
  },
  'a stretch gone': (good, draw) => {
    const [from, to] = range(good, draw);
    return joined(good.subarray(0, from), good.subarray(to));
  },
  'a stretch many times': (good, draw) => {
    const [from, to] = range(good, draw);
    const stretch = good.subarray(from, Math.min(to, from + 200));
    return joined(good.subarray(0, from), ...Array(40).fill(stretch), good.subarray(from));
  },
  'bits put in': ofText((good, draw) => {
    let spoilt = good;
    for (let i = draw(fc.nat, { max: 4 }); i >= 0; i--) {
      const [at, to] = [draw(fc.nat, { max: spoilt.length }), draw(fc.nat, { max: 12 })];
      spoilt = spoilt.slice(0, at) + draw(fc.constantFrom, ...BITS) + spoilt.slice(at + to);
    }
    return spoilt;
  }),
  'words in each other’s places': ofText((good, draw) => {
    const words = good.split(/\b/);
    for (let i = draw(fc.nat, { max: 5 }); i >= 0; i--) {
      const [a, b] = [draw(fc.nat, { max: words.length - 1 }), draw(fc.nat, { max: words.length - 1 })];
      [words[a], words[b]] = [words[b]!, words[a]!];
    }
    return words.join('');
  }),
  'lines in another order': ofText((good, draw) => {
    const lines = good.split('\n');
    const at = draw(fc.nat, { max: lines.length });
    return [...lines.slice(at), ...lines.slice(0, at).reverse()].join('\n');
  }),
  'deeply nested': ofText((good, draw) => {
    const [open, shut] = draw(
      fc.constantFrom,
      ['[', ']'],
      ['{', '}'],
      ['(', ')'],
      ['<g>', '</g>'],
      ['a: {', '}'],
    ) as [string, string];
    const [at] = range(good, draw);
    const depth = draw(fc.constantFrom, 20, 70, 3000);
    return good.slice(0, at) + open.repeat(depth) + shut.repeat(depth) + good.slice(at);
  }),
  'values of other types': (good, draw) => {
    try {
      return bentJson(good, draw);
    } catch {
      return SPOILS['words in each other’s places']!(good, draw);
    }
  },
  'numbers out of all bounds': ofText((good, draw) =>
    good.replaceAll(/\d+/g, (number) =>
      draw(fc.constantFrom, number, number, number, '-1', '1e309', '9'.repeat(30), '0x1F', '1_000', ''),
    ),
  ),
  'a byte order mark': (good) => joined(Uint8Array.of(0xef, 0xbb, 0xbf), good),
  CRLF: ofText((good) => good.replaceAll('\n', '\r\n')),
  'CR alone': ofText((good) => good.replaceAll('\n', '\r')),
  'UTF-16': (good, draw) => utf16(good, draw(fc.boolean), draw(fc.boolean)),
  'Latin-1': (good, draw) => put(good, Uint8Array.of(0xe9), draw),
  'half a surrogate pair': (good, draw) => put(good, Uint8Array.of(0xed, 0xa0, 0x80), draw),
  'overlong UTF-8': (good, draw) => put(good, Uint8Array.of(0xc0, 0xaf), draw),
  NULs: (good, draw) => put(good, new Uint8Array(draw(fc.integer, { min: 1, max: 50 })), draw),
  'tabs and odd spaces': ofText((good, draw) =>
    good.replaceAll(' ', () => draw(fc.constantFrom, ' ', ' ', ' ', '\t', '\u00a0', '\u3000')),
  ),
  'entities that laugh': ofText(
    (good, draw) =>
      LAUGHS +
      good.replaceAll(/>[^<]/g, (end) => end + draw(fc.constantFrom, '', '', '&bbbbbbbbbbbb;', '&f;')),
  ),
  'gzip in gzip': (good) => gzipSync(gzipSync(good, { level: 1, mtime: 1 }), { level: 1, mtime: 1 }),
  'gzip cut off': (good, draw) => SPOILS['cut off']!(gzipSync(good, { level: 1, mtime: 1 }), draw),
  'a zip cut off': (good, draw) =>
    SPOILS['cut off']!(zipSync({ 'a/b': good }, { level: 1, mtime: 4e11 }), draw),
  'a spoilt zip': (good, draw) =>
    SPOILS['bytes changed']!(zipSync({ '../../x': good, '': good }, { level: 1, mtime: 4e11 }), draw),
  'something else': (_, draw) => draw(fc.uint8Array, { maxLength: 60 }),
};
