/** What keeps the charts' films: asked for once, live at the end, given up when nobody looks. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Metric, Reading, Stretch } from '../../src/graph/index.ts';
import { createFeed, type Wanted } from '../../src/panels/dashboard/feed.ts';
import type { Film } from '../../src/panels/dashboard/film.ts';
import type { History, Services } from '../../src/workspace/index.ts';
import { PAIR, workspaceOf } from '../workspace/made.ts';

const STEP = 5000;
const MINUTE = 60_000;
const START = 1_700_000_000_000;
const EDGE = { type: 'edge', id: 'e' } as const;
const NODE = { type: 'node', id: 'z' } as const;

const reading = (at: number, value: number, metric: Metric = 'rate', window = MINUTE): Reading => ({
  subject: metric === 'cpu' ? NODE : EDGE,
  metric,
  value,
  at,
  window,
  instance: null,
  instances: null,
  side: metric === 'cpu' ? null : 'caller',
  samples: null,
  provenance: { source: 's', label: 'P', simulated: false },
});

type Asked = Stretch & { only: string[]; signal: AbortSignal };

function opened(answer: (asked: Asked) => History | Promise<History> = remembered) {
  const asked: Asked[] = [];
  let now = START;
  const services = {
    async history(stretch: Stretch, signal: AbortSignal, only: ReadonlySet<string>) {
      asked.push({ ...stretch, signal, only: [...only].sort() });
      return answer(asked.at(-1)!);
    },
  } as unknown as Services;
  const workspace = workspaceOf(PAIR, { now: () => now, services });
  const changed = vi.fn();
  const feed = createFeed(workspace, changed);
  const pass = (ms: number) => {
    now += ms;
    feed.tick();
  };
  return { workspace, feed, asked, changed, pass };
}

/** At every moment so many a second as minutes have passed since the start of the epoch's last hour; of the node's CPU half. */
const valueAt = (at: number) => (at / MINUTE) % 60;
const remembered = ({ from, to, step }: Stretch): History => {
  const frames = [];
  for (let at = from; at <= to; at += step)
    frames.push({ at, readings: [reading(at, valueAt(at)), reading(at, 0.5, 'cpu')] });
  return { frames, problems: [] };
};

const wanted = (more: Partial<Wanted> = {}): Wanted => ({
  subjects: [EDGE],
  span: MINUTE,
  end: null,
  window: MINUTE,
  step: STEP,
  moment: null,
  ...more,
});
const settle = async () => {
  for (let i = 0; i < 6; i++) await new Promise((done) => setTimeout(done));
};
const valuesOf = (film: Film | null, metric: Metric) => {
  const column = [...(film?.columns.values() ?? [])].find((each) => each.metric === metric);
  return column?.values.flatMap((value, row) => (value == null ? [] : [[film!.times[row], value]])) ?? [];
};

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
});
afterEach(() => vi.unstubAllGlobals());

it('asks for what is looked at, over the stretch and on its grid, and for nothing twice', async () => {
  const { feed, asked, changed, pass } = opened();
  feed.want(wanted());
  expect(feed.isComing(EDGE)).toBe(true);
  await settle();
  expect(asked).toMatchObject([{ from: START - MINUTE, to: START, step: STEP, only: ['edge:e'] }]);
  expect(valuesOf(feed.film(EDGE), 'rate')).toHaveLength(13);
  expect(changed).toHaveBeenCalled();
  feed.want(wanted());
  pass(1000);
  await settle();
  expect(asked).toHaveLength(1);
  feed.want(wanted({ subjects: [EDGE, NODE] }));
  await settle();
  expect(asked).toHaveLength(2);
  // what a node serves follows from its edges
  expect(asked[1]!.only).toEqual(['edge:e', 'node:z']);
  expect(valuesOf(feed.film(NODE), 'cpu')).toHaveLength(13);
  expect(valuesOf(feed.film(NODE), 'rate')).toEqual(valuesOf(feed.film(EDGE), 'rate'));
});

it('has live figures at its end, once each, whichever time the board shows', async () => {
  const { workspace, feed } = opened();
  feed.want(wanted());
  await settle();
  for (const after of [1000, 2000, 2000, 3000]) {
    workspace.readings.put([reading(START + after, after)]);
    await settle();
    workspace.past.lookAt({ at: START - STEP, window: MINUTE });
  }
  expect(valuesOf(feed.film(EDGE), 'rate').slice(-4)).toEqual([
    [START, valueAt(START)],
    [START + 1000, 1000],
    [START + 2000, 2000],
    [START + 3000, 3000],
  ]);
});

it('asks again after a minute for what is new, and keeps what came since', async () => {
  const { workspace, feed, asked, pass } = opened();
  feed.want(wanted());
  await settle();
  workspace.readings.put([reading(START + 1000, 1)]);
  pass(61_000);
  workspace.readings.put([reading(START + 61_000, 2)]);
  await settle();
  expect(asked[1]).toMatchObject({ from: START, to: START + MINUTE });
  const values = valuesOf(feed.film(EDGE), 'rate');
  expect(values.at(-1)).toEqual([START + 61_000, 2]);
  expect(values.map(([at]) => at)).not.toContain(START + 1000);
  expect(values[0]![0]).toBe(START);
});

it('a moment that is shown is asked for at once, to be said over its own window', async () => {
  const { feed, asked, pass } = opened();
  feed.want(wanted());
  await settle();
  pass(20_000);
  await settle();
  expect(asked).toHaveLength(1);
  feed.want(wanted({ moment: START + 15_000 }));
  await settle();
  expect(asked[1]).toMatchObject({ to: START + 20_000 });
  expect(valuesOf(feed.film(EDGE), 'rate').at(-1)).toEqual([START + 20_000, valueAt(START + 20_000)]);
});

it('gives up what nobody waits for, and never shows its late answer', async () => {
  const answers: ((history: History) => void)[] = [];
  const { feed, asked } = opened(() => new Promise((resolve) => answers.push(resolve)));
  feed.want(wanted());
  feed.want(wanted({ window: 10_000 }));
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  answers[0]!(remembered(asked[0]!));
  await settle();
  expect(valuesOf(feed.film(EDGE), 'rate')).toEqual([]);
  expect(feed.isComing(EDGE)).toBe(true);
  answers[1]!({ frames: [], problems: ['P is gone.'] });
  await settle();
  expect(feed.isComing(EDGE)).toBe(false);
  expect(feed.problems()).toEqual(['P is gone.']);
  feed.stop();
});

it('of a stretch that has ended nothing live is shown', async () => {
  const { workspace, feed, asked, pass } = opened();
  feed.want(wanted({ end: START - MINUTE }));
  await settle();
  workspace.readings.put([reading(START + 1000, 1)]);
  pass(120_000);
  await settle();
  expect(asked).toHaveLength(1);
  expect(valuesOf(feed.film(EDGE), 'rate').at(-1)![0]).toBe(START - MINUTE);
});
