/** What is imported onto a board: who is who, what it tells of the two, and that a person's own is left alone. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Board, serializeBoard } from '../../src/graph/index.ts';
import { boardIn, COMPOSE, names, workplace } from './run.ts';
import { jaegerOf } from './spans.ts';

const DATA = join(import.meta.dirname, '../../../shared/data');
const place = workplace({
  'compose.yaml': COMPOSE,
  'traces.json': jaegerOf([
    { from: 'storefront', to: 'shop' },
    { from: 'shop', tags: { 'db.system': 'postgresql', 'server.address': 'db.prod.svc.cluster.local' } },
    { from: 'shop', tags: { 'db.system': 'redis', 'server.address': 'sessions' } },
  ]),
});
const { chalkline, folder } = place;
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

/** A board that somebody has worked on. */
function touched(board: Board): Board {
  const [first] = Object.values(board.nodes);
  board.nodes[first!.id] = { ...first!, position: [777, -42], pinned: true };
  board.notes.note = { id: 'note', text: 'ask Ada', position: [0, 900], size: [160, 80] };
  board.marks.mark = { id: 'mark', subject: { type: 'node', id: first!.id }, status: 'suspected', at: 1 };
  return board;
}

const ownOf = ({ nodes, notes, marks }: Board, ids: readonly string[]) => ({
  places: ids.map((id) => [nodes[id]!.name, nodes[id]!.position, nodes[id]!.pinned]),
  notes,
  marks,
});

/** Names of the ends, and how each is known. */
const edgesOf = ({ nodes, edges }: Board): string[] =>
  Object.values(edges)
    .map(({ source, target, origins = [] }) => {
      const how = [...new Set(origins.map((origin) => origin.how))].sort().join('+');
      return `${nodes[source]!.name} → ${nodes[target]!.name}: ${how}`;
    })
    .sort();

it('traffic onto manifests: who is who, what was seen, what nobody drew; a person’s own stays', async () => {
  await chalkline('import', 'compose.yaml', '-o', 'drawn.json');
  const drawn = touched(place.board('drawn.json'));
  write('drawn.json', serializeBoard(drawn));
  const told = await chalkline('import', 'traces.json', '--onto', 'drawn.json', '-o', 'seen.json');
  expect(told.status).toBe(0);
  expect(told.err.trim().split('\n')).toEqual([
    'chalkline: taken for one by their address: postgresql is db',
    'chalkline: seen in traffic, and nobody had drawn it: storefront → shop, shop → redis',
    'chalkline: drawn, and not seen in this traffic: web → shop',
  ]);
  const seen = place.board('seen.json');
  expect(edgesOf(seen)).toEqual([
    'shop → db: inferred+observed',
    'shop → redis: observed',
    'storefront → shop: observed',
    'web → shop: stated',
  ]);
  const ids = Object.keys(drawn.nodes);
  expect(ownOf(seen, ids)).toEqual(ownOf(drawn, ids));

  for (const file of ['traces.json', 'compose.yaml']) {
    await chalkline('import', file, '--onto', 'seen.json', '-o', 'again.json');
    expect(place.text('again.json'), file).toBe(place.text('seen.json'));
  }
});

it('a person says who is who, and is held to names that are there', async () => {
  await chalkline('import', 'compose.yaml', '-o', 'mine.json');
  const onto = ['import', 'traces.json', '--onto', 'mine.json'];
  const [matched, apart, wrong, nobody, alone] = await Promise.all([
    chalkline(...onto, '--match', 'storefront=web', '-o', 'matched.json'),
    chalkline(...onto, '--match', 'postgresql=', '-o', 'apart.json'),
    chalkline(...onto, '--match', 'storefornt=web'),
    chalkline(...onto, '--match', 'storefront=wbe'),
    chalkline('import', 'traces.json', '--prune'),
  ]);
  expect([matched.status, apart.status]).toEqual([0, 0]);
  expect(names(place.board('matched.json'))).toEqual(['db', 'redis', 'shop', 'web']);
  expect(names(place.board('apart.json'))).toContain('postgresql');
  expect([wrong, nobody, alone].map(({ status, err }) => [status, err.split('\n')[0]])).toEqual([
    [1, 'chalkline: There is no part “storefornt” in these files (did you mean storefront?).'],
    [1, 'chalkline: There is no part “wbe” on the board (did you mean web?).'],
    [2, 'chalkline: import: --match and --prune go with --onto BOARD.'],
  ]);
});

it('what a file no longer says is told, and taken off only when asked; what is marked stays', async () => {
  await chalkline('import', 'compose.yaml', '-o', 'board.json');
  write('board.json', serializeBoard(touched(place.board('board.json'))));
  const marked = Object.values(place.board('board.json').nodes)[0]!.name;
  write('compose.yaml', 'services:\n  other:\n    image: example/other\n');
  const kept = await chalkline('import', 'compose.yaml', '--onto', 'board.json', '-o', 'kept.json');
  const pruned = await chalkline('import', 'compose.yaml', '--onto', 'board.json', '--prune', '-o', 'p.json');
  expect(kept.err).toMatch(/gone from its files; --prune takes it off: /);
  expect(names(place.board('kept.json'))).toEqual(['db', 'other', 'shop', 'web']);
  expect(pruned.err).toMatch(/gone from its files, and taken off: /);
  expect(names(place.board('p.json'))).toEqual([marked, 'other'].sort());
  write('compose.yaml', COMPOSE);
});

it('of files that were read in part nothing is taken off', async () => {
  mkdirSync(join(folder, 'deploy', 'other'), { recursive: true });
  const service = (name: string) => `services:\n  ${name}:\n    image: example/${name}\n`;
  write('deploy/compose.yaml', service('web'));
  write('deploy/other/compose.yaml', service('jobs'));
  await chalkline('import', 'deploy', '-o', 'deploy.json');
  write('deploy/other/compose.yaml', 'services:\n  jobs:\n    image: [broken\n');
  write('deploy/compose.yaml', service('shop'));
  const onto = ['--onto', 'deploy.json', '--prune', '--partial', '-o', 'pruned.json'];
  const told = await chalkline('import', 'deploy', ...onto);
  expect(told.status).toBe(0);
  expect(told.err).toMatch(/left out: deploy\/other\/compose\.yaml/);
  expect(told.err).toMatch(/nothing is taken off: not all of the files could be read/);
  expect(names(place.board('pruned.json'))).toEqual(['jobs', 'shop', 'web']);
});

it('files of one name in two folders are two files', async () => {
  for (const team of ['red', 'blue']) {
    mkdirSync(join(folder, team));
    write(
      `${team}/compose.yaml`,
      `services:\n  ${team}:\n    image: example/${team}\n    depends_on: [shared]\n  shared:\n    image: redis:7\n`,
    );
    write(`${team}/traces.json`, jaegerOf([{ from: team, to: 'gateway' }]));
  }
  await chalkline('import', 'red', '-o', 'teams.json');
  const told = await chalkline('import', './blue/', '--onto', 'teams.json', '--prune', '-o', 'teams.json');
  expect([told.status, told.err]).toEqual([0, expect.not.stringContaining('gone')]);
  const board = place.board('teams.json');
  expect(names(board)).toEqual(['blue', 'gateway', 'red', 'shared']);
  const shared = Object.values(board.nodes).find(({ name }) => name === 'shared')!;
  expect(shared.origins!.map(({ from }) => from)).toEqual(['red/compose.yaml', 'blue/compose.yaml']);
  expect(
    Object.values(board.snapshots)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['trace file blue/traces.json', 'trace file red/traces.json']);
  const both = await chalkline('import', 'red', 'blue');
  expect(names(boardIn(both.out))).toEqual(names(board));
  write('blue/broken.yaml', 'services:\n  web:\n    image: [nginx\n  db: {}\n');
  const broken = await chalkline('import', 'blue');
  expect(broken.err).toMatch(/^chalkline: blue\/broken\.yaml can’t be read, at /);
});

it('a board of a newer program is not written over', async () => {
  await chalkline('import', 'compose.yaml', '-o', 'newer.json');
  write('newer.json', place.text('newer.json').replace(/"schema": \d+/, '"schema": 99'));
  const all = await Promise.all([
    chalkline('import', 'traces.json', '--onto', 'newer.json', '-o', 'newer.json'),
    chalkline('layout', 'newer.json', '-o', 'newer.json'),
  ]);
  for (const { status, err } of all) {
    expect(status).toBe(1);
    expect(err).toMatch(/newer\.json can’t be changed: it was written by a newer Chalkline/);
  }
  expect(place.text('newer.json')).toContain('"schema": 99');
});

it('Online Boutique: each of the 13 edges that were observed becomes observed, and the others are told', async (ctx) => {
  const observed = join(DATA, 'nezha/derived/observed-edges.json');
  const manifests = join(DATA, 'online-boutique/kubernetes-manifests');
  if (![observed, manifests].every(existsSync))
    return ctx.skip('Online Boutique and its traffic left out: ../shared/data is not here');
  const edges = Object.keys(JSON.parse(readFileSync(observed, 'utf8'))['online-boutique'] as object);
  const calls = edges.map((edge) => {
    const [from, to] = edge.split('->') as [string, string];
    return { from, to };
  });
  write('boutique-traces.json', jaegerOf(calls));
  await chalkline('import', manifests, '-o', 'boutique.json');
  const before = touched(place.board('boutique.json'));
  write('boutique.json', serializeBoard(before));
  const told = await chalkline(
    ...['import', 'boutique-traces.json', '--onto', 'boutique.json', '-o', 'boutique-seen.json'],
  );
  const seen = place.board('boutique-seen.json');
  const isObserved = (line: string) => line.endsWith(': inferred+observed');
  expect(edgesOf(seen).filter(isObserved)).toEqual(
    calls.map(({ from, to }) => `${from} → ${to}: inferred+observed`).sort(),
  );
  expect(told.err).not.toMatch(/nobody had drawn/);
  const silent = /not seen in this traffic: (.+)$/m.exec(told.err)![1]!.split(', ').sort();
  expect(silent).toEqual(
    edgesOf(seen)
      .filter((line) => !isObserved(line))
      .map((line) => line.replace(/: \w+$/, '')),
  );
  const ids = Object.keys(before.nodes);
  expect(ownOf(seen, ids)).toEqual(ownOf(before, ids));
  const lacking = await chalkline('diff', 'boutique.json', 'boutique-traces.json', '--lacking');
  expect(lacking).toMatchObject({ status: 0, out: '' });
});
