/** Who could be the cause, and what became slower, from recorded files alone. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { workplace } from './run.ts';
import { jaegerOf } from './spans.ts';

const LAB = join(import.meta.dirname, '../../../shared/data/recorded-lab');
const ms = (value: number) => value * 1000;
const day = (payments: number) =>
  jaegerOf(
    [
      { from: 'shop', to: 'catalog', duration: ms(5) },
      { from: 'shop', to: 'payments', duration: ms(payments) },
    ],
    60,
  );
const { chalkline } = workplace({
  'board.sketch': 'shop -> catalog, payments\n',
  'monday.json': day(8),
  'tuesday.json': day(400),
  'elsewhere.json': jaegerOf([{ from: 'alpha', to: 'beta' }]),
});

type Suspect = { name: string; share: number; why: string[]; refutedBy: string };
const namesIn = (out: string) => (JSON.parse(out) as Suspect[]).map(({ name }) => name);

it('names the part that one file has slower than another, with the reason and what would refute it', async () => {
  const args = ['rank', 'board.sketch', '--before', 'monday.json', '--after', 'tuesday.json'];
  const [text, json, felt] = await Promise.all([
    chalkline(...args),
    chalkline(...args, '--json'),
    chalkline(...args, '--symptom', 'catlog'),
  ]);
  expect(text.out).toMatch(/^ *[\d.]+ % {2}payments\n {9}Own time 8.* → 40\d/);
  expect(text.out).toMatch(/^Without payments, latency .* should fall/m);
  const [first, second] = JSON.parse(json.out) as Suspect[];
  expect(first!.name).toBe('payments');
  expect(first!.share).toBeGreaterThan(second!.share);
  expect(felt).toMatchObject({ status: 1, out: '' });
  expect(felt.err).toContain('no part “catlog” on board.sketch (did you mean catalog?)');
});

it('finds snapshots by name, by the file that they were read from, and in other boards', async () => {
  await chalkline('import', 'board.sketch', 'monday.json', 'tuesday.json', '-o', 'both.json');
  await chalkline('import', 'monday.json', '-o', 'monday-board.json');
  const rank = (before: string, after: string) =>
    chalkline('rank', 'both.json', '--before', before, '--after', after, '--json');
  const all = await Promise.all([
    rank('monday.json', 'tuesday.json'),
    rank('trace file monday.json', 'trace file tuesday.json'),
    rank('monday-board.json', 'both.json#tuesday.json'),
  ]);
  for (const { out, err } of all) expect([namesIn(out)[0], err]).toEqual(['payments', '']);
  const wrong = await Promise.all([
    rank('nothing', 'tuesday.json'),
    rank('both.json', 'tuesday.json'),
    rank('board.sketch', 'tuesday.json'),
    rank('elsewhere.json', 'tuesday.json'),
  ]);
  expect(wrong.map(({ status }) => status)).toEqual([1, 1, 1, 1]);
  expect(wrong.map(({ err }) => err)).toEqual([
    expect.stringMatching(/There is no snapshot “nothing”, and no such file\. The board holds: trace file/),
    expect.stringMatching(/both\.json does not say which snapshot: both\.json#NAME\./),
    expect.stringMatching(/board\.sketch holds no figures/),
    expect.stringMatching(/elsewhere\.json has no figures of what is on the board/),
  ]);
});

it('says so where nothing was measured that speaks for anybody', async () => {
  const [same, alone] = await Promise.all([
    chalkline('rank', 'board.sketch', '--before', 'monday.json', '--after', 'monday.json'),
    chalkline('rank', 'board.sketch', '--after', 'tuesday.json'),
  ]);
  expect(same.out).toBe('Nothing that was measured speaks for or against any part.\n');
  expect(alone.out).toMatch(/--before SNAPSHOT says what it is compared with/);
});

it('diff: figures of two files on a board, and of two boards; what can’t be compared is no “same”', async () => {
  await chalkline('import', 'monday.json', '-o', 'a.json');
  await chalkline('import', 'tuesday.json', '-o', 'b.json');
  const [files, boards, same, nothing] = await Promise.all([
    chalkline('diff', '--on', 'board.sketch', 'monday.json', 'tuesday.json'),
    chalkline('diff', 'a.json#monday.json', 'b.json#tuesday.json'),
    chalkline('diff', '--on', 'board.sketch', 'monday.json', 'monday.json'),
    chalkline('diff', 'a.json#monday.json', 'elsewhere.json#trace file elsewhere.json'),
  ]);
  for (const { status, out } of [files, boards]) {
    expect(status).toBe(1);
    expect(out).toMatch(/^~ payments.*: p95 slower, 8.* → 40\d/m);
  }
  expect(same).toMatchObject({ status: 0, out: '' });
  expect(nothing.status).toBe(2);
});

it('the fault that was put into a recorded lab comes first', async (ctx) => {
  if (!existsSync(LAB)) return ctx.skip('the recorded lab left out: ../shared/data is not here');
  const truth = JSON.parse(readFileSync(join(LAB, 'ground-truth.json'), 'utf8')) as {
    phases: { fault: { service: string } | null }[];
  };
  const [culprit] = truth.phases.flatMap(({ fault }) => (fault ? [fault.service] : []));
  const [before, after] = ['baseline', 'fault-catalog-250ms'].map((name) =>
    join(LAB, `otlp-${name}.json.gz`),
  );
  await chalkline('import', before!, '-o', 'lab.json');
  const [files, board] = await Promise.all([
    chalkline('rank', before!, '--before', before!, '--after', after!, '--json'),
    chalkline('rank', 'lab.json', '--before', 'lab.json', '--after', after!, '--json'),
  ]);
  for (const { out } of [files, board]) {
    expect(namesIn(out)[0]).toBe(culprit);
    expect(namesIn(out)).toEqual(expect.arrayContaining(['orders (service)', 'orders (queue)']));
  }
});
