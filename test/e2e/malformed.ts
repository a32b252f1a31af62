/** Files that nobody could read: good ones broken in ways that can't be mended. Made from a seed. */
import { readFileSync } from 'node:fs';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';

export type Malformed = {
  name: string;
  bytes: Uint8Array;
  how: string /** Has the fault a place in the file? */;
  placed: boolean;
};

const good = (name: string): Buffer => readFileSync(new URL(`../fixtures/formats/${name}`, import.meta.url));
const BOARD = good('shop.board.json');
const JAEGER = good('shop.jaeger.json');
const PNG = good('pixels.png');

const made = (how: string, name: string, bytes: Uint8Array | string, placed = true): Malformed => ({
  name,
  how,
  placed,
  bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
});

const json = fc.constantFrom(['board', BOARD] as const, ['trace', JAEGER] as const);

const cut = fc
  .tuple(json, fc.double({ min: 0.01, max: 0.99, noNaN: true }))
  .map(([[what, bytes], part]) =>
    made(`${what} cut at ${part}`, `${what}.json`, bytes.subarray(0, Math.floor(bytes.length * part))),
  );

/** A stray character between two tokens, where JSON allows none. */
const stray = fc
  .tuple(json, fc.nat(), fc.constantFrom('}', ']', ';', '\\', '@', "'", '\u0001'))
  .map(([[what, bytes], nth, sign]) => {
    const text = bytes.toString();
    const ends = [...text.matchAll(/[,{[]\n/g)].map(({ index }) => index + 1);
    const at = ends[nth % ends.length]!;
    return made(
      `${what} with ${JSON.stringify(sign)} at ${at}`,
      `${what}.json`,
      text.slice(0, at) + sign + text.slice(at),
    );
  });

const wrongValue = fc.constantFrom<unknown>(17, null, [], {}, true);

/** A board whose node is of no kind, or has no place, or a reserved word for a field. */
const wrongBoard = fc
  .tuple(fc.nat(), fc.constantFrom('kind', 'name', '__proto__'), wrongValue)
  .map(([nth, field, value]) => {
    const board = JSON.parse(BOARD.toString());
    const nodes = Object.values(board.nodes) as Record<string, unknown>[];
    const node = nodes[nth % nodes.length]!;
    Object.defineProperty(node, field, { value, enumerable: true, configurable: true });
    return made(`node with ${field} ${JSON.stringify(value)}`, 'board.json', JSON.stringify(board));
  });

const deep = fc
  .integer({ min: 33, max: 5000 })
  .map((depth) =>
    made(`${depth} deep`, 'deep.json', `{"nodes":${'['.repeat(depth)}${']'.repeat(depth)}}`, false),
  );

const noise = fc
  .tuple(
    fc.uint8Array({ minLength: 1, maxLength: 400 }),
    fc.constantFrom('json', 'png', 'svg', 'json.gz', 'txt'),
  )
  .map(([bytes, suffix]) => made(`noise`, `noise.${suffix}`, Buffer.from([0xff, ...bytes])));

const cutPicture = fc
  .integer({ min: 9, max: PNG.length - 1 })
  .map((length) => made(`picture cut at ${length}`, 'picture.png', PNG.subarray(0, length), false));

/** An SVG that says it holds a board, and holds something else. */
const wrongSvg = fc
  .tuple(fc.string({ maxLength: 60 }), fc.boolean())
  .map(([text, close]) =>
    made(
      'drawing with no board',
      'drawing.svg',
      `<svg xmlns="http://www.w3.org/2000/svg"><metadata id="chalkline-board">${text.replace(/[<&]/g, '.')}x${close ? '</metadata></svg>' : ''}`,
      false,
    ),
  );

const cutGzip = fc
  .tuple(json, fc.double({ min: 0.05, max: 0.95, noNaN: true }))
  .map(([[what, bytes], part]) => {
    const packed = gzipSync(bytes);
    return made(
      `${what} gzip cut at ${part}`,
      `${what}.json.gz`,
      packed.subarray(0, Math.floor(packed.length * part)),
    );
  });

const foreign = fc
  .constantFrom('{}', '[]', '42', '"nodes"', 'null', '{"status":"success"}', '[{"a":1}]', '<html></html>', '')
  .map((text) => made(`foreign ${text}`, 'foreign.json', text, false));

const bomb = fc
  .integer({ min: 9_000_000, max: 12_000_000 })
  .map((size) =>
    made(
      `deflated bomb of ${size}`,
      'bomb.svg',
      `<svg><metadata id="chalkline-board">${deflateSync(Buffer.alloc(size)).toString('base64')}</metadata></svg>`,
      false,
    ),
  );

/** `count` files for a seed, each with a name of its own. */
export function malformedFiles(count: number, seed: number): Malformed[] {
  const any = fc.oneof(
    { weight: 4, arbitrary: cut },
    { weight: 4, arbitrary: stray },
    { weight: 4, arbitrary: wrongBoard },
    { weight: 1, arbitrary: deep },
    { weight: 2, arbitrary: noise },
    { weight: 1, arbitrary: cutPicture },
    { weight: 1, arbitrary: wrongSvg },
    { weight: 2, arbitrary: cutGzip },
    { weight: 1, arbitrary: foreign },
    { weight: 1, arbitrary: bomb },
  );
  return fc.sample(any, { numRuns: count, seed }).map((file, i) => ({ ...file, name: `${i}-${file.name}` }));
}
