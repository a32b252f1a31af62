/** The pages of the manual are what the program says of itself, and what they show works. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { allCommands, formatsPage, manual } from '../../src/cli/index.ts';
import { COMPOSE, workplace } from './run.ts';

const COMMANDS = await allCommands();
const page = (name: string) => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');
const { chalkline, shell } = workplace({
  'compose.yaml': COMPOSE,
  'traces.json': '@shop.jaeger.json',
  'monday.json': '@shop.jaeger.json',
  'tuesday.json': '@shop.jaeger.json',
  'system.sketch': 'browser -> shop -> catalog -> postgresql\nshop => queue:mail -> mailer\n',
  'simulator.json': '{"type": "simulator", "seed": 7}',
});

it('docs/cli.md and docs/formats.md are up to date: npm run docs', () => {
  expect(page('cli.md')).toBe(`${manual(COMMANDS)}\n`);
  expect(page('formats.md')).toBe(`${formatsPage()}\n`);
});

it('--help says what the manual says, in lines of a terminal', async () => {
  const [all, one] = await Promise.all([chalkline('--help'), chalkline('import', '--help')]);
  expect([all.status, one.status]).toEqual([0, 0]);
  expect(page('cli.md')).toContain(one.out);
  for (const { name } of COMMANDS) expect(all.out).toMatch(new RegExp(`^  ${name} `, 'm'));
  for (const line of `${all.out}${one.out}`.split('\n'))
    expect(line.startsWith('      ') || line.length <= 80, line).toBe(true);
});

describe('examples', () => {
  beforeAll(async () => {
    await chalkline('import', 'system.sketch', '-o', 'architecture.json');
    const record = (name: string, onto: string) =>
      chalkline(
        ...['record', '--onto', onto, '-s', 'simulator.json', '--for', '1s'],
        ...['--name', name, '-o', 'incident.json'],
      );
    await record('before', 'architecture.json');
    await record('after', 'incident.json');
  }, 60_000);

  it.each(COMMANDS.flatMap(({ name, examples }) => examples.map(({ run }) => [name, run] as const)))(
    '%s: %s',
    async (name, line) => {
      // what needs a back end, or goes on for ever, is only held to its options
      const isLive = name === 'record' || name === 'serve';
      const { status, err } = await shell(isLive ? `${line} --help` : line);
      expect(name === 'diff' ? [0, 1] : [0], err).toContain(status);
    },
  );
});
