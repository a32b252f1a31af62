import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Distribution, quantile } from '../../src/graph/index.ts';
import {
  createSource,
  discover,
  type Env,
  type PushedAnswer,
  type Source,
} from '../../src/telemetry/index.ts';
import { asProtobuf } from '../server/otlp-encoder.ts';
import { serve } from '../server/served.ts';
import { visit } from '../server/shop.ts';
import { boardOf } from './boards.ts';
import { notebook } from './environment.ts';
import { fastClock } from './prometheus-server.ts';

const PUSHED = {
  'content-type': 'application/x-protobuf',
};
const CONFIG = { id: 'otlp', type: 'pushed' as const, name: 'Spans', interval: 1000, window: 60_000 };
const BOARD = boardOf(
  { gateway: 'service', Orders: 'service', pg: { kind: 'database', match: { names: ['postgresql'] } } },
  'gateway → Orders',
  'Orders → pg: query',
);
const INSTANCES = ['orders-1', 'orders-2'];
const CALLS = 40;

let server: Awaited<ReturnType<typeof serve>>;
let last: PushedAnswer;
let source: Source | null = null;

beforeAll(async () => {
  server = await serve();
  const spans = Array.from({ length: CALLS }, (_, n) =>
    visit({ n, end: Date.now() - 100, took: n + 1, instance: INSTANCES[n % 2]!, failed: n % 4 === 0 }),
  );
  await server.push(asProtobuf(spans.flat()), PUSHED);
  await vi.waitFor(async () => expect((await server.look()).edges.length).toBe(2), {
    timeout: 8000,
    interval: 200,
  });
  last = await server.look();
});
afterAll(() => server.close());
afterEach(() => {
  source?.stop();
  source = null;
});

const here = (): Env => ({ ...fastClock(1), server: `http://127.0.0.1:${server.port}` });

function start(env: Env, board = BOARD) {
  const book = notebook(() => board);
  source = createSource(CONFIG, env);
  source.start(book.host);
  const until = (state: string) =>
    vi.waitFor(() => expect(book.last()?.state).toBe(state), { timeout: 15_000 });
  return { ...book, until };
}

describe('with a server that spans are pushed to', () => {
  test('edges get what each side measured, as a whole and by instance, and it says where from', async () => {
    const book = start(here());
    await book.until('live');
    const label = `OTLP 127.0.0.1:${server.port}`;
    const of = (metric: string, side: string, instance: string | null = null) =>
      book.readings.find(
        (each) =>
          each.subject.id === 'gateway-Orders' &&
          each.metric === metric &&
          each.side === side &&
          each.instance === instance &&
          each.operation === undefined,
      );
    const latency = of('latency', 'callee')!;
    expect(latency).toMatchObject({
      ...{ samples: CALLS, instances: 2, provenance: { source: 'otlp', label, simulated: false } },
      value: { type: 'histogram', sum: (CALLS * (CALLS + 1)) / 2 },
    });
    // 1 to 40 ms: the 38th of 40
    const p95 = quantile(latency.value as Distribution, 0.95)!;
    expect([p95.low < 38, p95.high >= 38]).toEqual([true, true]);
    expect(of('errors', 'callee')!.value).toBe(0.25);
    expect(of('errors', 'caller')!.value).toBe(0);
    for (const instance of INSTANCES) expect(of('latency', 'callee', instance)!.samples).toBe(CALLS / 2);
    expect(book.readings.some(({ operation }) => operation === 'GET /orders')).toBe(true);
    expect(book.readings.some(({ subject }) => subject.id === 'Orders-pg-query')).toBe(true);
    expect(book.last()).toMatchObject({ label, simulated: false, unbound: [] });
    expect(book.last()!.reason).toBeUndefined();
  });

  test('what nobody drew is told, with how much of it there is', async () => {
    const book = start(here(), boardOf({ gateway: 'service' }));
    await book.until('live');
    expect(book.last()!.unbound).toEqual([
      { source: 'gateway', target: 'orders', kind: 'call', rate: expect.any(Number) },
      { source: 'orders', target: 'postgresql', kind: 'query', rate: expect.any(Number) },
    ]);
  });

  test('it draws what it saw', async () => {
    let n = 0;
    const found = await discover(CONFIG, () => `id${n++}`, here());
    if (!found.ok) throw new Error(found.reason);
    const { nodes, edges } = found.value.graph;
    const name = Object.fromEntries(nodes.map((node) => [node.id, node.name]));
    expect(edges.map(({ source, target, kind }) => `${name[source]} ${kind} ${name[target]}`)).toEqual([
      'gateway call orders',
      'orders query postgresql',
    ]);
    expect(nodes.every(({ id }) => id.startsWith('id'))).toBe(true);
    expect(found.value.dialect).toBe('OTLP');
  });

  test('the past has moments with figures and moments without', async () => {
    const book = start(here());
    await book.until('live');
    const to = Date.now();
    const stretch = { from: to - 600_000, to, step: 60_000, window: 60_000 };
    const past = await source!.history!(stretch, new AbortController().signal);
    if (!past.ok) throw new Error(past.reason);
    expect(past.value.map(({ at }) => at)).toEqual(
      Array.from({ length: 11 }, (_, i) => stretch.from + i * stretch.step),
    );
    expect(past.value[0]!.readings).toEqual([]);
    const now = past.value.at(-1)!.readings;
    expect(new Set(now.map(({ subject }) => subject.id)).size).toBeGreaterThan(2);
    expect(now.every(({ instance }) => instance === null)).toBe(true);

    const only = new Set(['edge:gateway-Orders']);
    const one = await source!.history!(stretch, new AbortController().signal, only);
    if (!one.ok) throw new Error(one.reason);
    const own = one.value.at(-1)!.readings;
    expect(new Set(own.map(({ subject }) => subject.id))).toEqual(new Set(['gateway-Orders']));
    expect(new Set(own.map(({ instance }) => instance))).toEqual(new Set([null, 'gateway-1', ...INSTANCES]));
  });

  test('a server whose clock differs is told of, and its times are moved', async () => {
    const env = here();
    const AHEAD = 3_600_000;
    const book = start({ ...env, now: () => env.now() - AHEAD });
    await book.until('live');
    expect(Math.abs(book.readings[0]!.at - (Date.now() - AHEAD))).toBeLessThan(2500);
    expect(book.last()!.remarks![0]).toContain('ahead of this page’s');
    const to = Date.now() - AHEAD;
    const past = await source!.history!(
      { from: to, to, step: 1, window: 60_000 },
      new AbortController().signal,
    );
    expect(past).toMatchObject({ ok: true, value: [{ at: expect.closeTo(to, -3) }] });
  });
});

describe('with a server that says what a test wants', () => {
  let answer: (url: URL) => Response | Promise<Response>;
  const asked: URL[] = [];
  const env = (): Env => ({
    ...fastClock(10),
    server: 'http://chalkline.test',
    fetch: async (input) => {
      const url = new URL(String(input));
      asked.push(url);
      return answer(url);
    },
  });
  const json = (value: unknown) => new Response(JSON.stringify(value));
  /** The last answer as if it were of now, in a time that runs ten times as fast. */
  const well = (more: Partial<PushedAnswer> = {}) => json({ ...last, ...more });
  beforeEach(() => {
    answer = () => well();
    asked.length = 0;
  });

  test('nothing sent yet is told, with where to point an SDK', async () => {
    const empty = {
      since: null,
      nodes: [],
      edges: [],
      frames: [{ at: last.now, readings: [], remarks: [] }],
    };
    answer = () => well(empty);
    const book = start(env());
    await book.until('live');
    expect(book.last()!.reason).toContain('point an SDK or a collector at http://chalkline.test/v1/traces');
    const none = await discover(CONFIG, () => 'id', env());
    expect(none.ok ? '' : none.reason).toContain('http://chalkline.test/v1/traces');
    answer = () => well({ ...empty, since: last.since });
    await vi.waitFor(() => expect(book.last()!.reason).toContain('no spans in the last 60 s'), {
      timeout: 15_000,
    });
  });

  test('what was dropped, late or rejected is told', async () => {
    const { traffic } = last;
    const dropped = { parts: 3, full: 1 };
    answer = () => well({ traffic: { ...traffic, late: 7, rejected: 2, dropped }, cut: 5 });
    const book = start(env());
    await book.until('live');
    const said = book.last()!.remarks!.join(' ');
    for (const words of [
      '3 calls of parts',
      '1 call are',
      '7 of 160 spans came late',
      '2 of 160 spans had no',
      '5 figures',
    ])
      expect(said).toContain(words);
  });

  test.each<[string, () => Response | Promise<Response>, string]>([
    ['503', () => new Response('', { status: 503 }), 'answered 503'],
    [
      'a refusal in words',
      () => new Response('This server does not answer as "x".', { status: 421 }),
      'does not answer as',
    ],
    ['a web page', () => new Response('<!doctype html>'), 'no account of pushed spans'],
    ['another JSON', () => json({ status: 'success' }), 'no account of pushed spans'],
    [
      'a figure that is none',
      () => well({ frames: [{ at: 1, readings: [{ metric: 'luck' } as never], remarks: [] }] }),
      'no account',
    ],
    ['nobody', () => Promise.reject(new TypeError('Failed to fetch')), 'could not be reached'],
  ])('%s is told, changes nothing, and passes', async (_, broken, reason) => {
    const book = start(env());
    await book.until('live');
    answer = broken;
    await book.until('stale');
    expect(book.last()!.reason).toContain(reason);
    expect(book.last()!.reason).toMatch(/^OTLP chalkline\.test .*; asking again .*\.$/);
    const known = book.readings.length;
    await book.until('lost');
    expect(book.readings.length).toBe(known);
    answer = () => well();
    await book.until('live');
    expect(book.readings.length).toBeGreaterThan(known);
  });

  test('a long past is asked for in parts, and never round in circles', async () => {
    const book = start(env());
    await book.until('live');
    const signal = new AbortController().signal;
    const stretch = { from: last.now - 30_000, to: last.now, step: 10_000, window: 60_000 };
    const frame = (at: number) => ({ ...last.frames[0]!, at });
    answer = (url) => {
      const at = Number(url.searchParams.get('from'));
      const next = at + 10_000 <= Number(url.searchParams.get('to')) ? at + 10_000 : null;
      return well({ frames: [frame(at)], next });
    };
    const past = await source!.history!(stretch, signal);
    expect(past.ok && past.value.length).toBe(4);
    answer = (url) => well({ next: Number(url.searchParams.get('from')) });
    expect(await source!.history!(stretch, signal)).toMatchObject({ ok: false });
    answer = () => Promise.reject(new TypeError('gone'));
    expect(await source!.history!(stretch, signal)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('OTLP'),
    });
  });

  test('whatever an answer says, it is read or refused', async () => {
    const text = JSON.stringify(last);
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.string({ maxLength: 4 }), async (at, put) => {
        const broken = text.slice(0, at) + put + text.slice(at + put.length);
        answer = () => new Response(broken);
        const found = await discover(CONFIG, () => 'id', env());
        if (!found.ok) expect(found.reason).toMatch(/^OTLP chalkline\.test .*\.$/);
      }),
      { numRuns: 50 },
    );
  });
});
