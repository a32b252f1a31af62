/** Files of every sort, in and out: what can't be read or written is said in one line, and nothing is lost. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { boardIn, COMPOSE, names, workplace } from './run.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const place = workplace({
  'compose.yaml': COMPOSE,
  'compose.yaml.gz': gzipSync(utf8(COMPOSE)),
  'windows.yaml': `\ufeff${COMPOSE.replaceAll('\n', '\r\n')}`,
  'empty.json': '',
  'a.sketch': 'browser -> shop',
  'large.bin': new Uint8Array(50_000_001),
});
const { chalkline, folder, humbly, shell } = place;
const there = (name: string) => join(folder, name);
const PARTS = ['db', 'shop', 'web'];

it('reads a file however it is wrapped, and whatever the path to it', async () => {
  const all = await Promise.all([
    chalkline('import', 'compose.yaml.gz'),
    chalkline('import', 'windows.yaml'),
    shell('cat compose.yaml | chalkline import /dev/stdin'),
    shell('chalkline import - < compose.yaml.gz'),
  ]);
  for (const { out, err } of all) expect([names(boardIn(out)), err]).toEqual([PARTS, '']);
  const [plain, roundabout] = await Promise.all([
    chalkline('import', 'compose.yaml'),
    chalkline('import', './x/..//compose.yaml'),
  ]);
  expect(roundabout.err).toMatch(/no such file/);
  mkdirSync(there('x'));
  expect((await chalkline('import', './x/..//compose.yaml')).out).toBe(plain.out);
});

it('says in a line why something can’t be read', async () => {
  symlinkSync('round', there('round'));
  symlinkSync('../compose.yaml', there('x/linked.yaml'));
  mkdirSync(there('bare'));
  const told = async (line: string) => {
    const { status, out, err } = await shell(line);
    expect([status, out, err.split('\n').length], line).toEqual([1, '', 2]);
    return err;
  };
  const all = await Promise.all(
    [
      'chalkline import empty.json',
      'chalkline import large.bin',
      'yes | chalkline import -',
      'chalkline import bare',
      'chalkline import round',
      'chalkline import compose.yaml/x',
      'chalkline import compose.yaml --from kubrenetes',
    ].map(told),
  );
  expect(all).toEqual([
    'chalkline: empty.json can’t be read: the file is empty.\n',
    'chalkline: large.bin can’t be read: it is larger than 50 MB.\n',
    'chalkline: standard input can’t be read: it is larger than 50 MB.\n',
    'chalkline: bare can’t be read: it holds no files.\n',
    'chalkline: round can’t be read: its links lead round in a circle.\n',
    'chalkline: compose.yaml/x can’t be read: what its path names as a folder is none.\n',
    'chalkline: compose.yaml can’t be read: there is no format “kubrenetes” (did you mean kubernetes?). chalkline formats lists them.\n',
  ]);
  expect(names(boardIn((await chalkline('import', 'x')).out))).toEqual(PARTS);
});

it('says in a line why something can’t be written, and leaves no drafts', async () => {
  const all = await Promise.all(
    ['bare', 'nowhere/out.json', 'compose.yaml/out.json', './a.sketch'].map((out) =>
      chalkline('import', 'a.sketch', '-o', out),
    ),
  );
  expect(all.map(({ status, out, err }) => [status, out, err])).toEqual([
    [1, '', 'chalkline: bare can’t be written: it is a folder.\n'],
    [1, '', 'chalkline: nowhere/out.json can’t be written: there is no such folder.\n'],
    [1, '', 'chalkline: compose.yaml/out.json can’t be written: what its path names as a folder is none.\n'],
    [1, '', 'chalkline: ./a.sketch can’t be written: it is one of the files that are read.\n'],
  ]);
  expect(readFileSync(there('a.sketch'), 'utf8')).toBe('browser -> shop');
  expect(readdirSync(folder).filter((name) => /\.[0-9a-f]{8}$/.test(name))).toEqual([]);
});

it('asks for the rights that it lacks', async (ctx) => {
  chmodSync(folder, 0o755);
  if ((await humbly('--version')).status !== 0)
    ctx.skip('rights left out: to root all is allowed, and nobody else reaches this folder');
  mkdirSync(there('closed'));
  chmodSync(there('closed'), 0);
  const [read, write] = await Promise.all([
    humbly('import', 'closed'),
    humbly('import', 'a.sketch', '-o', 'closed/out.json'),
  ]);
  chmodSync(there('closed'), 0o700);
  expect(read.err).toBe('chalkline: closed can’t be read: permission is denied.\n');
  expect(write.err).toBe('chalkline: closed/out.json can’t be written: permission is denied.\n');
});

it('writes through a link and keeps the rights of a file; a pipe stays a pipe', async () => {
  writeFileSync(there('kept.json'), 'old');
  chmodSync(there('kept.json'), 0o640);
  symlinkSync('kept.json', there('link.json'));
  const [linked, piped] = await Promise.all([
    chalkline('import', 'a.sketch', '-o', 'link.json'),
    shell('mkfifo pipe; cat pipe & chalkline import a.sketch -o pipe; wait'),
  ]);
  expect([linked.status, piped.status]).toEqual([0, 0]);
  expect(lstatSync(there('link.json')).isSymbolicLink()).toBe(true);
  expect(statSync(there('kept.json')).mode & 0o777).toBe(0o640);
  expect(lstatSync(there('pipe')).isFIFO()).toBe(true);
  expect(piped.out).toBe(readFileSync(there('kept.json'), 'utf8'));
});

it('ends quietly when its reader has seen enough', async () => {
  const { out, err } = await shell(
    'chalkline import compose.yaml | head -n 1; chalkline formats --json | head -n 1',
  );
  expect([out, err]).toEqual(['{\n[\n', '']);
});

it('knows slips of the pen, and which one it is', async () => {
  const lines = [
    ...['imprt a.sketch', 'import a.sketch --form sketch', 'export a.sketch --to mermiad', '--version'],
    ...['import a.sketch -o ', 'serve --port 99999'],
  ];
  const all = await Promise.all(lines.map((line) => chalkline(...line.split(' '))));
  expect(all.map(({ status }) => status)).toEqual([2, 2, 2, 0, 2, 1]);
  const meant = all.map(({ err }) => /did you mean (\S+)\?/.exec(err)?.[1]);
  expect(meant).toEqual(['import', '--from', 'mermaid', undefined, undefined, undefined]);
  expect(all[4]!.err).toMatch(/^chalkline: import: --out is empty\.$/m);
  expect(all[3]!.out).toMatch(/^chalkline \d+\.\d+\.\d+\n$/);
});
