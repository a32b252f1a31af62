/** The past and alerts of a Prometheus that answers as the test says. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Stretch } from '../../src/telemetry/index.ts';
import { readAlerts } from '../../src/telemetry/prometheus/alerts.ts';
import { readHistory } from '../../src/telemetry/prometheus/history.ts';
import type { Known } from '../../src/telemetry/prometheus/known.ts';
import { boardOf } from './boards.ts';
import { linesOf } from './prometheus-heard.ts';
import { startServer } from './prometheus-server.ts';

const FROM = 1_700_000_000_000;
const BOARD = boardOf({ a: 'service', b: 'service', c: 'service' }, 'a → b', 'a → c');
const edge = (server: string) => ({ client: 'a', server });
const env = {
  now: () => Date.now(),
  schedule: (task: () => void, after: number) => {
    const timer = setTimeout(task, after);
    return () => clearTimeout(timer);
  },
  fetch: (...args: Parameters<typeof fetch>) => fetch(...args),
  server: '',
};

let server: Awaited<ReturnType<typeof startServer>>;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

const config = (more = {}) => ({
  ...{ id: 'p', type: 'prometheus' as const, name: '', url: server.url, interval: 1000, window: 10_000 },
  ...more,
});
const known = (more: Partial<Known> = {}): Known => ({
  ...{ at: FROM, names: [], skew: 0, remarks: [], claims: new Map(), largest: 0 },
  ...more,
});
const never = new AbortController().signal;

async function history(stretch: Partial<Stretch>, only: string[] | null = null, of: Known | null = known()) {
  const whole = { from: FROM, to: FROM + 60_000, step: 10_000, window: 30_000, ...stretch };
  const read = await readHistory(config(), of, BOARD, env, whole, never, only && new Set(only));
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

const total = (
  labels: Record<string, string>,
  times: readonly number[],
  value: (time: number) => string | null,
) => ({
  metric: labels,
  values: times.flatMap((time) => {
    const said = value(time);
    return said === null ? [] : [[time, said]];
  }),
});

describe('the past', () => {
  test('has a frame for each step, with the readings that a poll would have brought', async () => {
    server.state.range = (query, times) =>
      query.includes('_total') && !query.includes('failed')
        ? [total(edge('b'), times, (time) => String(time - FROM / 1000 + 1))]
        : [];
    const frames = await history({});
    expect(frames.map(({ at }) => (at - FROM) / 1000)).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect(linesOf(frames[2]!.readings)).toEqual(['a-b errors 0', 'a-b rate 21']);
    expect(frames[2]!.readings[0]).toMatchObject({ at: FROM + 20_000, window: 30_000 });
    expect(server.ranges[0]!.query).toContain('[30000ms]');
    expect(new Set(server.ranges.map(({ query }) => query)).size).toBe(server.ranges.length);
  });

  test('a gap is a gap, and what came late is there: never 0', async () => {
    const second = (time: number) => time - FROM / 1000;
    server.state.range = (query, times) =>
      query.includes('request_total')
        ? [
            total(edge('b'), times, (time) => ([20, 30].includes(second(time)) ? null : '1')),
            total(edge('c'), times, (time) => (second(time) < 30 ? 'NaN' : '2')),
          ]
        : [];
    const told = (await history({})).map(({ readings }) =>
      linesOf(readings).filter((line) => line.includes('rate')),
    );
    const [b, c] = ['a-b rate 1', 'a-c rate 2'];
    expect(told).toEqual([[b], [b], [], [c], [b, c], [b, c], [b, c]]);
  });

  test('is asked in pieces of less than 11,000 points and of a bounded size', async () => {
    server.state.range = (query, times) =>
      query.includes('request_total') ? [total(edge('b'), times, () => '1')] : [];
    const frames = await history({ to: FROM + 24_999_000, step: 1000 }, null, known({ largest: 1 }));
    expect(frames.length).toBe(25_000);
    const pieces = server.ranges.filter(({ query }) => query.includes('request_total'));
    expect(pieces.length).toBe(3);
    for (const { start, end, step } of pieces) expect((end - start) / step).toBeLessThan(11_000);
    expect(
      frames.every(({ readings }, i) => readings.length === 2 && frames[i]!.at === FROM + i * 1000),
    ).toBe(true);
    server.ranges.length = 0;
    await history({ to: FROM + 900_000, step: 10_000 }, null, known({ largest: 20_000 }));
    const [first, second] = server.ranges.filter(({ query }) => query.includes('request_total'));
    expect((first!.end - first!.start) / first!.step + 1).toBe(20);
    // the answer had one series only: the rest comes at one go
    expect((second!.end - second!.start) / second!.step + 1).toBe(71);
  }, 60_000);

  test('only what is asked for is asked for', async () => {
    server.state.range = (query, times) =>
      query.includes('request_total')
        ? [total(edge('b'), times, () => '1'), total(edge('c'), times, () => '2')]
        : [];
    const [frame] = await history({}, ['edge:a-b']);
    expect(linesOf(frame!.readings)).toEqual(['a-b errors 0', 'a-b rate 1']);
    expect(server.ranges[0]!.query).toContain(
      '{client=~"(?i:\\\\s*(?:.*/)?(?:a|b)(?:[.:].*)?\\\\s*)",server=~"(?i:',
    );
  });

  test('is asked in the server’s own time', async () => {
    server.state.range = (query, times) =>
      query.includes('request_total') ? [total(edge('b'), times, () => '1')] : [];
    const frames = await history({}, null, known({ skew: 5000 }));
    expect(server.ranges[0]!.start).toBe(FROM / 1000 + 5);
    expect(frames.map(({ readings }) => readings.length)).toEqual([2, 2, 2, 2, 2, 2, 2]);
    expect(frames[0]!.at).toBe(FROM);
  });

  test('can be called off, and says why it could not be read', async () => {
    const controller = new AbortController();
    controller.abort();
    const stretch = { from: FROM, to: FROM + 1000, step: 1000, window: 10_000 };
    expect((await readHistory(config(), known(), BOARD, env, stretch, controller.signal, null)).ok).toBe(
      false,
    );
    await server.close();
    const gone = await readHistory(config(), known(), BOARD, env, stretch, never, null);
    expect(gone.ok ? '' : gone.reason).toBe('could not be reached');
    await server.reopen();
  });
});

describe('alerts', () => {
  const alerts = async (from: number, to: number) => {
    const read = await readAlerts(config(), null, env, from, to, never);
    if (!read.ok) throw new Error(read.reason);
    return read.value;
  };
  const firing = (name: string, ...seconds: number[]) => ({
    metric: { alertname: name, severity: 'page' },
    values: seconds.map((second) => [FROM / 1000 + second, '1']),
  });

  test('begin with their first sample and end with the last; what fires again is another', async () => {
    server.state.range = () => [firing('Slow', 0, 15, 30, 90, 105), firing('Down', 285, 300)];
    expect(await alerts(FROM, FROM + 300_000)).toEqual([
      {
        ...{ kind: 'alert', name: 'Slow (page)', at: FROM, until: FROM + 30_000 },
        source: `Prometheus ${server.url.slice(7)}`,
      },
      expect.objectContaining({ at: FROM + 90_000, until: FROM + 105_000 }),
      { kind: 'alert', name: 'Down (page)', at: FROM + 285_000, source: expect.any(String) },
    ]);
  });

  test('of a long time are asked for in steps that Prometheus allows', async () => {
    await alerts(FROM - 90 * 86_400_000, FROM);
    const { start, end, step } = server.ranges[0]!;
    expect((end - start) / step).toBeLessThan(11_000);
  });
});
