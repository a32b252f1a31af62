/** `chalkline import`: the board on standard output and nothing else, or one line that says why not. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { nodeRect, overlaps } from '../../src/graph/index.ts';
import { boardIn, COMPOSE, names, workplace } from './run.ts';

const place = workplace({
  'compose.yaml': COMPOSE,
  'traces.json': '@shop.jaeger.json',
  'traces.unheard-of': '@shop.jaeger.json',
  'broken.json': '{"nodes": {"a": {"name": "A",}}}',
  'broken.yaml': 'services:\n  web:\n    image: [nginx\n  db: {}\n',
  'prose.txt': 'Dear all, nothing is wrong.',
  'a.sketch': 'browser -> shop -> catalog',
  'system.zip': zipSync({
    'deploy/compose.yaml': strToU8(COMPOSE),
    'traces/a.json': new Uint8Array(),
    'README.md': strToU8('a -> b is how we draw'),
    'logo.jpg': Uint8Array.from([0xff, 0xd8, 0xff, 0]),
  }),
});
const { chalkline, fed, plain, folder } = place;

it('writes the board alone, laid out, and what it is written to is whole', async () => {
  const { status, out, err } = await chalkline('import', 'compose.yaml');
  expect([status, err]).toEqual([0, '']);
  const board = boardIn(out);
  expect(names(board)).toEqual(['db', 'shop', 'web']);
  const rects = Object.values(board.nodes).map(nodeRect);
  for (const [i, a] of rects.entries())
    for (const b of rects.slice(i + 1)) expect(overlaps(a, b)).toBe(false);
  const told = await chalkline('import', 'compose.yaml', '-o', 'out.json');
  expect(told).toMatchObject({ status: 0, out: '', err: '' });
  expect(place.text('out.json')).toBe(out);
});

it('recognises what is in a file whose suffix says nothing, and in standard input', async () => {
  const [file, stdin] = await Promise.all([
    chalkline('import', 'traces.unheard-of'),
    fed(COMPOSE, 'import', '-'),
  ]);
  expect(names(boardIn(file.out))).toContain('catalog');
  expect(names(boardIn(stdin.out))).toEqual(['db', 'shop', 'web']);
});

it.each([
  [['broken.json'], /^chalkline: broken\.json can’t be read, at 1:\d+: .+\.\n$/],
  [['broken.yaml'], /^chalkline: broken\.yaml can’t be read, at \S.*\d.*: .+\.\n$/],
  [['prose.txt'], /^chalkline: prose\.txt can’t be read, at 1:1: .+\.\n$/],
  [['absent.json'], /^chalkline: absent\.json can’t be read: there is no such file or folder\.\n$/],
  [['compose.yaml', '--from', 'jaeger'], /^chalkline: compose\.yaml can’t be read.*: .+\.\n$/],
  [
    ['compose.yaml', '--from', 'nothing'],
    /^chalkline: compose\.yaml can’t be read: there is no format “nothing”\. chalkline formats lists them\.\n$/,
  ],
  [
    ['a.sketch', 'broken.json'],
    /^chalkline: broken\.json can’t be read, at .+ --partial takes the rest\.\n$/,
  ],
])('%j ends with one line that says what, where and why, and writes nothing', async (args, line) => {
  const { status, out, err } = await chalkline('import', ...args, '-o', 'never.json');
  expect([status, out]).toEqual([1, '']);
  expect(err).toMatch(line);
  expect(existsSync(join(folder, 'never.json'))).toBe(false);
});

it('takes what can be read where it is told to, and says what it left out', async () => {
  const { status, out, err } = await chalkline('import', 'a.sketch', 'broken.json', '--partial');
  expect(status).toBe(0);
  expect(err).toMatch(/^chalkline: left out: broken\.json: 1:\d+: /);
  expect(names(boardIn(out))).toEqual(['browser', 'catalog', 'shop']);
});

it('reads a zip and a folder as one system, whatever else is in them', async () => {
  mkdirSync(join(folder, 'system/node_modules/x'), { recursive: true });
  mkdirSync(join(folder, 'system/deploy'), { recursive: true });
  writeFileSync(join(folder, 'system/deploy/compose.yaml'), COMPOSE);
  writeFileSync(join(folder, 'system/more.sketch'), 'shop -> redis');
  writeFileSync(join(folder, 'system/node_modules/x/no.sketch'), 'never -> ever');
  writeFileSync(join(folder, 'system/README.md'), 'first -> second');
  const [zip, dir] = await Promise.all([
    chalkline('import', 'system.zip', '--partial'),
    chalkline('import', 'system'),
  ]);
  expect(names(boardIn(zip.out))).toEqual(['db', 'shop', 'web']);
  expect(names(boardIn(dir.out))).toEqual(['db', 'redis', 'shop', 'web']);
  expect(dir.err).toMatch(/left alone: 1/);
});

it('adds to a board what it lacks, moves nothing, and the second time changes nothing', async () => {
  await chalkline('import', 'a.sketch', '-o', 'kept.json');
  const before = place.board('kept.json');
  await chalkline('import', 'traces.json', '--onto', 'kept.json', '-o', 'kept.json');
  const after = place.board('kept.json');
  expect(names(after)).toEqual(expect.arrayContaining(['browser', 'catalog', 'postgresql', 'shop']));
  for (const { id, position } of Object.values(before.nodes))
    expect(after.nodes[id]!.position).toEqual(position);
  const { out } = await chalkline('import', 'traces.json', '--onto', 'kept.json');
  expect({ ...boardIn(out), snapshots: {} }).toEqual({ ...after, snapshots: {} });
  expect(Object.keys(boardIn(out).snapshots)).toHaveLength(1);
});

it('the same files are the same board, byte for byte', async () => {
  const [a, b] = await Promise.all([chalkline('import', 'traces.json'), chalkline('import', 'traces.json')]);
  expect(a.out).toBe(b.out);
});

it('called wrongly it says how it is called, and ends with 2', async () => {
  const told = await Promise.all([
    chalkline('import'),
    chalkline('import', 'a.sketch', '--bogus'),
    chalkline('imprt', 'a.sketch'),
    chalkline('render', 'a.sketch', '-o', 'a.gif'),
    chalkline(),
  ]);
  for (const { status, out, err } of told) {
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/--help/);
  }
});

it('runs under a Node that reads no TypeScript', async () => {
  const [good, bad] = await Promise.all([plain('import', 'a.sketch'), plain('import', 'absent.json')]);
  expect(names(boardIn(good.out))).toEqual(['browser', 'catalog', 'shop']);
  expect([bad.status, bad.out]).toEqual([1, '']);
});
