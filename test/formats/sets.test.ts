/** Files that come together: zips, folders, and what belongs to one another. */

import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import { type FileInput, joinReads, readFile, readFiles } from '../../src/formats/index.ts';
import { bytesOf, fixture, type Opened, parts } from './drop.ts';

const context = () => {
  let count = 0;
  return { newId: () => `id-${count++}`, now: 0 };
};
const file = (name: string, text: string): FileInput => ({ name, bytes: bytesOf(text) });
const inFolder = (name: string, text: string): FileInput => ({ ...file(name, text), within: 'folder' });
const zip = (files: Record<string, string | Uint8Array>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, typeof text === 'string' ? strToU8(text) : text]),
    ),
  );
const read = (bytes: Uint8Array) => readFile({ name: 'x.zip', bytes }, context());

describe('a zip', () => {
  it('is one system: parts of one name are one, boundaries and figures stay', () => {
    const whole = read(
      zip({
        'a.sketch': '[core: shop, catalog]\nshop -> catalog',
        'b/traces.json': fixture('shop.jaeger.json'),
      }),
    ) as Opened;
    expect(parts(whole)).toEqual([
      'database postgresql',
      'queue mail',
      'service catalog',
      'service shop',
      'worker mailer',
    ]);
    const { board } = whole;
    expect(Object.values(board.groups).map(({ name }) => name)).toEqual(['core']);
    expect(Object.values(board.snapshots)).toHaveLength(1);
  });

  it('whose files are partly broken is read in part, and says which are not', () => {
    const whole = read(zip({ 'a.sketch': 'a -> b', 'deep/b.sketch': 'a ->' })) as Opened;
    expect(whole.partial).toMatchObject([{ file: 'deep/b.sketch', path: expect.stringMatching(/^1:/) }]);
    expect(parts(whole)).toEqual(['service a', 'service b']);
  });

  it('of which nothing can be read says so', () => {
    expect(read(zip({ 'photo.jpg': Uint8Array.of(0xff, 0xd8), 'README.md': 'a -> b' }))).toMatchObject({
      ok: false,
      faults: [{ file: 'x.zip', reason: expect.stringContaining('no file of a kind') }],
    });
  });

  it('that is a bomb is stopped', () => {
    const bomb = zipSync(
      Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`${i}.json`, new Uint8Array(10_000_000)])),
      { level: 9 },
    );
    expect(bomb.length).toBeLessThan(200_000);
    expect(read(bomb)).toMatchObject({ ok: false, faults: [{ reason: 'unpacks to more than 50 MB' }] });
    const many = zipSync(
      Object.fromEntries(Array.from({ length: 6000 }, (_, i) => [`${i}.json`, new Uint8Array(1)])),
    );
    expect(read(many)).toMatchObject({
      ok: false,
      faults: [{ reason: expect.stringContaining('6000 files') }],
    });
  });

  it('that lies, or is cut or bent anywhere, is refused or read, in a moment', () => {
    const good = zip({ 'a.sketch': 'a -> b -> c', 'b.json': fixture('shop.zipkin.json') });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat(good.length)),
        (changes, cut) => {
          const bytes = good.slice();
          for (const [at, byte] of changes) bytes[at] = byte;
          const answer = read(cut === null ? bytes : bytes.subarray(0, cut));
          if (!answer.ok)
            for (const { reason } of answer.faults) expect(reason).not.toMatch(/^could not be read/);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a folder', () => {
  it('is taken for what its files are named like, so that prose is no sketch', () => {
    const [only, ...others] = readFiles(
      [inFolder('a.sketch', 'a -> b'), inFolder('README.md', 'c -> d'), inFolder('.git/x.sketch', 'e -> f')],
      context(),
    );
    expect(others).toEqual([]);
    expect(only).toMatchObject({ files: ['folder'], read: { ok: true } });
    expect(parts(only!.read as Opened)).toEqual(['service a', 'service b']);
  });
});

describe('files beside each other', () => {
  const base = 'services:\n  web:\n    image: nginx\n    depends_on: [api]\n  api:\n    image: example/api\n';
  const override =
    'services:\n  api:\n    environment:\n      CACHE: redis://cache:6379\n  cache:\n    image: redis\n';

  it('are read together where their format knows how, alone otherwise, in their order', () => {
    const reads = readFiles(
      [
        file('a.sketch', 'x -> y'),
        file('compose.yaml', base),
        file('compose.override.yaml', override),
        file('b.sketch', 'y -> z'),
      ],
      context(),
    );
    expect(reads.map(({ files }) => files)).toEqual([
      ['a.sketch'],
      ['compose.yaml', 'compose.override.yaml'],
      ['b.sketch'],
    ]);
    expect(parts(reads[1]!.read as Opened)).toEqual(['cache cache', 'gateway web', 'service api']);
  });

  it('become one board where that is asked for, and say what of them is not in it', () => {
    const reads = readFiles(
      [file('compose.yaml', base), file('b.sketch', 'z -> api'), file('bad.json', '{')],
      context(),
    );
    const joined = joinReads(reads, 'all', context()) as Opened;
    expect(joined.partial).toMatchObject([{ file: 'bad.json' }]);
    expect(parts(joined)).toEqual(['gateway web', 'service api', 'service z']);
  });
});

test('a format that is asked for is taken at its word', () => {
  const asked = (from: string) => readFiles([file('x', 'a -> b')], context(), from)[0]!.read;
  expect(asked('sketch')).toMatchObject({ ok: true, format: 'sketch' });
  expect(asked('jaeger')).toMatchObject({ ok: false, faults: [{ file: 'x' }] });
  expect(asked('csv-readings')).toMatchObject({
    ok: false,
    faults: [{ reason: expect.stringContaining('not read') }],
  });
  expect(asked('no-such')).toMatchObject({ ok: false, faults: [{ reason: 'there is no format “no-such”' }] });
});
