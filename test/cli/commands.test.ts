/** The other commands, each on what import makes. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, it } from 'vitest';
import { readFile } from '../../src/formats/index.ts';
import { type BoardNode, emptyBoard, type Snapshot, serializeBoard } from '../../src/graph/index.ts';
import { boardIn, COMPOSE, names, workplace } from './run.ts';

const place = workplace({
  'compose.yaml': COMPOSE,
  'traces.json': '@shop.jaeger.json',
  'shop.sketch': 'shop -> catalog -> postgresql\nshop => queue:mail -> mailer\n',
  'narrow.sketch': 'shop -> catalog\nshop => queue:mail -> mailer\n',
  'simulator.json': '{"type": "simulator", "seed": 7}',
});
const { chalkline } = place;

beforeAll(async () => {
  await chalkline('import', 'shop.sketch', '-o', 'shop.json');
  await chalkline('import', 'narrow.sketch', '-o', 'narrow.json');
});

it('layout: everything is placed anew, along the way that is asked for; what is pinned or locked stays exactly', async () => {
  const { out } = await chalkline('layout', 'shop.json', '--direction', 'down');
  const at = (name: string) => Object.values(boardIn(out).nodes).find((node) => node.name === name)!.position;
  expect(at('shop')[1]).toBeLessThan(at('catalog')[1]);
  expect(at('catalog')[1]).toBeLessThan(at('postgresql')[1]);
  expect((await chalkline('layout', 'shop.json', '-d', 'sideways')).status).toBe(2);
  const held = place.board('shop.json');
  const [first, , third] = Object.values(held.nodes) as [BoardNode, BoardNode, BoardNode];
  Object.assign(first, { position: [1234.5, -777], pinned: true });
  Object.assign(third, { position: [3, 4], locked: true });
  const again = boardIn((await place.fed(serializeBoard(held), 'layout', '-', '-d', 'left')).out);
  for (const { id, position } of [first, third]) expect(again.nodes[id]!.position).toEqual(position);
});

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47];

it('render: SVG and PNG, of boards and of other files, open again as the board', async () => {
  await Promise.all([
    chalkline('render', 'traces.json', '-o', 'a.svg'),
    chalkline('render', 'shop.json', '-o', 'a.png', '--theme', 'dark', '--scale', '1'),
    chalkline('render', 'shop.json', '-o', 'bare.svg', '--strip'),
  ]);
  const svg = place.text('a.svg');
  expect(svg).toMatch(/^<svg /);
  for (const said of ['catalog', '60 ms', 'Not live']) expect(svg).toContain(said);
  const again = await chalkline('import', 'a.png');
  expect(boardIn(again.out)).toEqual(place.board('shop.json'));
  expect(names(boardIn((await chalkline('import', 'a.svg')).out))).toContain('catalog');
  expect((await chalkline('import', 'bare.svg')).status).toBe(1);
  const { bytes } = await place.shell('cat a.png');
  expect([...bytes.subarray(0, 4)]).toEqual(PNG_SIGNATURE);
  const larger = await place.shell('chalkline render shop.json -o b.png --scale 2 && cat b.png');
  // width and height stand in the first chunk (ISO/IEC 15948, 11.2.2)
  expect(larger.bytes.readUInt32BE(16)).toBe(2 * bytes.readUInt32BE(16));
});

it('export: in the format asked for, what is lost is said aside; what is written reads as the same parts', async () => {
  const { out, err, status } = await chalkline('export', 'shop.json', '--to', 'mermaid');
  expect(status).toBe(0);
  expect(err).toBe('chalkline: Mermaid leaves out of this board: where the parts stand\n');
  const read = readFile(
    { name: 'x.mmd', bytes: new TextEncoder().encode(out) },
    { newId: () => crypto.randomUUID(), now: 0 },
  );
  expect(read.ok && names(read.board)).toEqual(names(place.board('shop.json')));
  const [foreign, drawn, svg, png] = await Promise.all([
    chalkline('export', 'shop.json', '--to', 'kiali'),
    chalkline('render', 'shop.json', '-o', '-'),
    chalkline('export', 'shop.json', '--to', 'svg'),
    chalkline('export', 'shop.json', '--to', 'png'),
  ]);
  expect([foreign.status, svg.status, png.status]).toEqual([2, 0, 2]);
  expect(svg.out).toBe(drawn.out);
  expect(png.err).toMatch(/needs -o OUT\.png/);
});

it('formats: one line each, or all of it as JSON', async () => {
  const [lines, json] = await Promise.all([chalkline('formats'), chalkline('formats', '--json')]);
  const all = JSON.parse(json.out) as { id: string; canRead: boolean }[];
  expect(lines.out.split('\n').filter((line) => /^ {2}[r-][w-] /.test(line))).toHaveLength(all.length);
  expect(all.find(({ id }) => id === 'jaeger')).toMatchObject({ canRead: true, canWrite: false });
});

it('diff: 0 the same, 1 different, 2 trouble; traffic that the drawing lacks fails', async () => {
  const [same, other, lacking, covered, trouble] = await Promise.all([
    chalkline('diff', 'shop.json', 'shop.sketch'),
    chalkline('diff', 'shop.json', 'narrow.json'),
    chalkline('diff', 'narrow.json', 'traces.json', '--lacking'),
    chalkline('diff', 'shop.json', 'traces.json', '--lacking'),
    chalkline('diff', 'shop.json', 'absent.json'),
  ]);
  expect(same).toMatchObject({ status: 0, out: '' });
  expect(other.status).toBe(1);
  expect(other.out).toMatch(/^- part postgresql \(database\)$/m);
  expect(other.out).toMatch(/^- edge catalog → postgresql \(query\)$/m);
  expect(lacking.status).toBe(1);
  expect(lacking.out).toBe('+ part postgresql (database)\n+ edge catalog → postgresql (query)\n');
  expect(covered).toMatchObject({ status: 0, out: '' });
  expect(trouble).toMatchObject({ status: 2, out: '' });
});

it('audit: what departs from its default, with the part and the source; what is misspelt comes first', async () => {
  const { out, status } = await place.fed(
    serializeBoard({
      ...emptyBoard('b', 'b'),
      nodes: {
        db: {
          ...{ id: 'db', name: 'db', kind: 'database' as const, position: [0, 0] as [number, number] },
          config: {
            ...{ system: 'postgresql', version: '16' },
            values: { max_connections: '5', shared_bufers: '1GB' },
          },
        },
      },
    }),
    ...['audit', '-'],
  );
  expect(status).toBe(0);
  const [meant, set, , source, ...more] = out.split('\n');
  expect(meant).toBe('db: shared_bufers is not known in PostgreSQL. Is shared_buffers meant?');
  expect(set).toMatch(/^db: max_connections is 5; PostgreSQL 16 has 100\..* \[1\]$/);
  expect([source, more]).toEqual([expect.stringMatching(/^\[1\] .*https:\/\/www\.postgresql\.org\//), ['']]);
});

it('record, rank and diff: two snapshots of a source, by name and as files', async () => {
  const record = (...args: string[]) => chalkline('record', ...args, '-s', 'simulator.json', '--for', '2s');
  const [file, onto] = await Promise.all([
    record('shop.json', '--name', 'before', '-o', 'before.json'),
    record('--onto', 'shop.json', '--name', 'after', '-o', 'incident.json'),
  ]);
  expect([file, onto]).toMatchObject([
    { status: 0, err: '' },
    { status: 0, err: '' },
  ]);
  const before = JSON.parse(place.text('before.json')) as Snapshot;
  expect(before).toMatchObject({ name: 'before', window: 2000 });
  expect(before.readings.length).toBeGreaterThan(3);
  const ranked = await chalkline(
    'rank',
    'incident.json',
    '--before',
    'before.json',
    '--after',
    'after',
    '--json',
  );
  const suspects = JSON.parse(ranked.out) as { name: string; share: number }[];
  expect(suspects.map(({ name }) => name)).toEqual(expect.arrayContaining(['shop', 'catalog']));
  expect(suspects.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1.0001);
  const compared = await chalkline('diff', 'before.json', 'incident.json#after', '--json');
  expect([0, 1]).toContain(compared.status);
  expect((JSON.parse(compared.out) as unknown[]).length).toBeGreaterThan(3);
  const none = await chalkline('rank', 'incident.json', '--after', 'nothing');
  expect(none.err).toBe(
    'chalkline: There is no snapshot “nothing”, and no such file. The board holds: after.\n',
  );
});

it('record: a source that can’t be reached is told, and nothing is written', async () => {
  const { status, out, err } = await chalkline(
    'record',
    'shop.json',
    '-s',
    'prometheus=http://127.0.0.1:9',
    '--for',
    '1s',
  );
  expect([status, out]).toEqual([1, '']);
  expect(err).toMatch(/^chalkline: Nothing was measured\. .*could not be reached/);
});

it('serve: needs a free port, and says where it is', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const { status, err } = await chalkline('serve', '--port', String(port));
  taken.close();
  expect(status).toBe(1);
  expect(err).not.toBe('');
});
