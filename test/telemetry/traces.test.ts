/** Live Jaeger and Zipkin, over real HTTP: what they show, how much is asked of them, and what goes wrong. */
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Distribution, quantile, type Reading } from '../../src/graph/index.ts';
import { createSource, discover, type Env, type Source } from '../../src/telemetry/index.ts';
import { visit } from '../server/shop.ts';
import { boardOf } from './boards.ts';
import { notebook } from './environment.ts';
import { startTraceServer, withReader } from './trace-servers.ts';

const BOARD = boardOf(
  { gateway: 'service', Orders: 'service', pg: { kind: 'database', match: { names: ['postgresql'] } } },
  'gateway → Orders',
  'Orders → pg: query',
);
const SETTLED = 6000;
type Type = 'jaeger' | 'zipkin';

let server: Awaited<ReturnType<typeof startTraceServer>>;
let source: Source | null = null;
afterEach(() => {
  source?.stop();
  source = null;
});

/** Visits that ended so long ago (ms), each after the other; of two instances, every fourth failed. */
const visits = (count: number, ago = SETTLED, apart = 10) =>
  Array.from({ length: count }, (_, n) =>
    visit({
      ...{ n, end: Date.now() - ago - n * apart, took: n + 1, failed: n % 4 === 0 },
      instance: `orders-${(n % 2) + 1}`,
    }),
  ).flat();

const configOf = (type: Type, more: object = {}) => ({
  ...{ id: 'traces', type, name: 'Traces', url: server.url, interval: 1000, window: 60_000 },
  ...more,
});

function start(type: Type, { env = withReader(), board = BOARD, more = {} } = {}) {
  const book = notebook(() => board);
  source = createSource(configOf(type, more), env);
  source.start(book.host);
  const until = (state: string) =>
    vi.waitFor(() => expect(book.last()?.state).toBe(state), { timeout: 15_000 });
  const of = (metric: Reading['metric'], side: Reading['side'], instance: string | null = null) =>
    book.readings.find(
      (each) =>
        each.subject.id === 'gateway-Orders' &&
        each.metric === metric &&
        each.side === side &&
        each.instance === instance &&
        each.operation === undefined,
    );
  return { ...book, until, of, source };
}

describe.each<[Type, string]>([
  ['jaeger', 'Jaeger'],
  ['zipkin', 'Zipkin'],
])('%s', (type, name) => {
  beforeAll(async () => {
    server = await startTraceServer(type);
  });
  afterAll(() => server.close());
  const plain = { cors: true, services: [], instead: () => false };
  beforeEach(() => {
    Object.assign(server.state, { ...plain, spans: visits(40), most: 0 });
    server.asked.length = 0;
  });

  describe('what it shows', () => {
    test('is what each side measured, over the window, and where from', async () => {
      const book = start(type);
      await book.until('live');
      const label = `${name} 127.0.0.1:${server.port}`;
      const latency = book.of('latency', 'callee')!;
      expect(latency).toMatchObject({
        ...{ samples: 40, instances: 2, window: 60_000 },
        provenance: { source: 'traces', label, simulated: false },
      });
      expect(quantile(latency.value as Distribution, 0.5)).toMatchObject({ low: 20.5, high: 20.5 });
      expect(book.of('errors', 'callee')!.value).toBe(0.25);
      expect(book.of('rate', 'callee')!.value).toBeCloseTo(40 / 60);
      const instances = book.readings.flatMap(({ instance }) => (instance === null ? [] : [instance]));
      expect(new Set(instances).size).toBe(3);
      expect(book.readings.some(({ subject }) => subject.id === 'Orders-pg-query')).toBe(true);
      expect(Date.now() - latency.at).toBeLessThan(15_000);
      expect(book.last()).toMatchObject({ label, simulated: false, unbound: [] });
      expect(book.last()!.reason).toBeUndefined();
      expect(book.last()!.remarks).toContain(
        'Rates are of traced requests: where only a share is traced, there are more.',
      );
    });

    test('is not what is still on its way, nor what is older than the window', async () => {
      server.state.spans = [
        ...visits(10),
        ...visits(20, 0).map((span) => ({ ...span, trace: `9${span.trace.slice(1)}` })),
      ];
      const book = start(type);
      await book.until('live');
      expect(book.of('latency', 'callee')!.samples).toBe(10);
      book.source.configure(configOf(type, { window: 5000 }));
      server.state.spans = [
        ...visits(7),
        ...visits(20, 30_000).map((span) => ({ ...span, trace: `9${span.trace.slice(1)}` })),
      ];
      book.readings.length = 0;
      await vi.waitFor(() => expect(book.of('latency', 'callee')?.samples).toBe(7));
    });

    test('tells what nobody drew, with how much of it there is', async () => {
      const book = start(type, { board: boardOf({ gateway: 'service' }) });
      await book.until('live');
      expect(book.last()!.unbound).toEqual([
        { source: 'gateway', target: 'orders', kind: 'call', rate: expect.closeTo(40 / 60) },
        { source: 'orders', target: 'postgresql', kind: 'query', rate: expect.closeTo(40 / 60) },
      ]);
    });

    test('can be drawn', async () => {
      let n = 0;
      const found = await discover(configOf(type), () => `id${n++}`, withReader());
      if (!found.ok) throw new Error(found.reason);
      const { nodes, edges } = found.value.graph;
      const called = Object.fromEntries(nodes.map((node) => [node.id, node.name]));
      expect(edges.map(({ source, target, kind }) => `${called[source]} ${kind} ${called[target]}`)).toEqual([
        'gateway call orders',
        'orders query postgresql',
      ]);
      expect([...nodes, ...edges].every(({ id }) => id.startsWith('id'))).toBe(true);
      expect(found.value.dialect).toBe(name);
      server.state.spans = [];
      const none = await discover(configOf(type), () => 'id', withReader());
      expect(none.ok ? '' : none.reason).toMatch(new RegExp(`^${name} 127.* (no traces|no services).*\\.$`));
    });

    test('of the past is told moment by moment', async () => {
      const book = start(type);
      await book.until('live');
      const to = Math.floor(Date.now() / 1000) * 1000;
      server.state.spans = [20, 50, 51, 140].flatMap((ago, n) => visit({ n, end: to - ago * 1000 }));
      const stretch = { from: to - 180_000, to, step: 60_000, window: 60_000 };
      const past = await book.source.history!(stretch, new AbortController().signal);
      if (!past.ok) throw new Error(past.reason);
      const samples = past.value.map(({ at, readings }) => [
        at - to,
        readings.find(({ subject, metric }) => subject.id === 'gateway-Orders' && metric === 'latency')
          ?.samples,
      ]);
      expect(samples).toEqual([
        [-180_000, undefined],
        [-120_000, 1],
        [-60_000, undefined],
        [0, 3],
      ]);
      const only = new Set(['edge:gateway-Orders']);
      const one = await book.source.history!(stretch, new AbortController().signal, only);
      expect(
        one.ok && new Set(one.value.flatMap(({ readings }) => readings.map(({ subject }) => subject.id))),
      ).toEqual(new Set(['gateway-Orders']));
      const gone = await book.source.history!(stretch, AbortSignal.abort());
      expect(gone).toMatchObject({ ok: false, reason: expect.stringContaining(name) });
    });
  });

  describe('how much is asked', () => {
    test('a sample is said to be one, and tells no rates', async () => {
      const long = visits(1600, SETTLED, 5);
      server.state.spans = long;
      const book = start(type, { more: { window: 30_000 } });
      await book.until('live');
      const [first, second] = book.last()!.remarks!;
      expect(first).toMatch(
        /^A sample: the newest (1,500|750) traces( of 2 services)?, which reach back \d.*; there are more\.$/,
      );
      expect(second).toBe('Rates are not told: a sample does not say how much there was.');
      expect(book.readings.length).toBeGreaterThan(0);
      expect(book.readings.filter(({ metric }) => metric === 'rate')).toEqual([]);
      expect(book.of('errors', 'callee')).toBeDefined();
    });

    test('one service can be asked about, and is whole in its own traffic alone', async () => {
      const book = start(type, { more: { service: 'orders' } });
      await book.until('live');
      for (const { searchParams } of server.questions())
        expect(searchParams.get(type === 'jaeger' ? 'service' : 'serviceName')).toBe('orders');
      expect(server.asked.length).toBe(server.questions().length);
      const rated = new Set(
        book.readings.flatMap(({ metric, subject }) => (metric === 'rate' ? [subject.id] : [])),
      );
      expect([...rated].sort()).toEqual(['Orders', 'Orders-pg-query', 'gateway-Orders']);
      expect(book.last()!.remarks!.join()).toContain('Only traces with orders in them count');
      book.source.configure(configOf(type, { service: 'nobody' }));
      await vi.waitFor(() => expect(book.last()!.reason).toContain('has no traces with nobody in them'));
    });

    test('answers that are too large are asked for again with fewer traces, once and for all', async () => {
      const limits: number[] = [];
      server.state.instead = (url, response) => {
        const limit = Number(url.searchParams.get('limit'));
        if (limit > 0) limits.push(limit);
        if (limit <= 100) return false;
        flood(response, 60_000_000);
        return true;
      };
      const book = start(type, {
        env: { ...withReader(), fetch },
        more: { interval: 5000, service: 'orders' },
      });
      await book.until('live');
      expect(limits).toEqual([1500, 375, 93]);
      expect(book.of('latency', 'callee')!.samples).toBe(40);
      book.source.configure(configOf(type, { interval: 5001, service: 'orders' }));
      await vi.waitFor(() => expect(limits.length).toBe(4));
      expect(limits[3]).toBe(93);
    });

    test('of the past, a piece with too much is asked for in parts', async () => {
      const to = Date.now();
      server.state.spans = visits(40, 0, 1000);
      /** A back end that gives no more than ten traces at a time. */
      const env: Env = {
        ...withReader(),
        fetch: (input, init) => fetch(String(input).replace(/limit=\d+/, 'limit=10'), init),
        async readTraces(answers, signal) {
          const read = await withReader().readTraces!(answers, signal);
          if (!read.ok) return read;
          return { ok: true, value: { ...read.value, counts: read.value.counts.map((n) => n * 150) } };
        },
      };
      const book = start(type, { env, more: { service: 'orders', interval: 60_000 } });
      const stretch = { from: to - 35_000, to, step: 5000, window: 5000 };
      const past = await book.source.history!(stretch, new AbortController().signal);
      if (!past.ok) throw new Error(past.reason);
      const seconds = past.value.map(({ at }) => (at - to) / 1000);
      expect(seconds).toEqual([-35, -30, -25, -20, -15, -10, -5, 0]);
      expect(past.value.filter(({ readings }) => readings.length === 0)).toEqual([]);
    });
  });

  describe('trouble is told, changes nothing, and passes', () => {
    const flooding = (bytes: number) => (_: URL, response: ServerResponse) => {
      flood(response, bytes);
      return true;
    };
    const saying = (status: number, body: string) => (_: URL, response: ServerResponse) => {
      response.writeHead(status).end(body);
      return true;
    };
    /** Of a question about traces; the list of services is sound. */
    const half = (url: URL, response: ServerResponse) => {
      if (!url.searchParams.has('limit')) return false;
      response.writeHead(200, { 'Content-Length': '1000' }).write('{"data":[{"traceID"');
      setTimeout(() => response.destroy(), 20);
      return true;
    };
    const onlyTraces = (instead: (url: URL, response: ServerResponse) => boolean) => {
      return (url: URL, response: ServerResponse) => url.searchParams.has('limit') && instead(url, response);
    };
    const refusal =
      type === 'jaeger'
        ? '{"data":null,"errors":[{"code":400,"msg":"no such storage"}]}'
        : '{"timestamp":1,"status":400,"message":"no such storage"}';

    test.each<[string, (url: URL, response: ServerResponse) => boolean, string]>([
      ['503', saying(503, ''), 'answered 503'],
      ['a refusal', saying(400, refusal), 'refused the question: no such storage'],
      ['another program', saying(404, '<html>'), `does not speak the ${name} API`],
      ['a web page', onlyTraces(saying(200, '<html>sign in</html>')), 'can’t be read'],
      ['a number', onlyTraces(saying(200, '7')), 'can’t be read'],
      [
        'spans of no kind',
        onlyTraces(saying(200, '[{"traceId":7,"spans":[{"spanID":{}}]}]')),
        'can’t be read',
      ],
      ['half of JSON', onlyTraces(saying(200, '[[{"traceId":"1","id"')), 'ends'],
      ['nothing', onlyTraces(saying(200, '')), 'can’t be read'],
      ['half an answer', half, 'broke off in the middle'],
      ['50 MB again and again', onlyTraces(flooding(55_000_000)), 'MB for one question'],
      ['silence', () => true, 'gave no answer within'],
    ])(
      '%s',
      async (_, instead, reason) => {
        const env = withReader(5);
        const book = start(type, { env });
        await book.until('live');
        server.state.instead = instead;
        await book.until('stale');
        await vi.waitFor(() => expect(book.last()!.reason).toContain(reason), { timeout: 10_000 });
        expect(book.last()!.reason).toMatch(
          new RegExp(`^${name} 127\\.0\\.0\\.1:\\d+ .*; asking again .*\\.$`),
        );
        const known = book.readings.length;
        await book.until('lost');
        expect(book.readings.length).toBe(known);
        server.state.instead = () => false;
        await book.until('live');
        expect(book.readings.length).toBeGreaterThan(known);
      },
      60_000,
    );

    test('nobody there, and nobody that lets pages ask', async () => {
      const env: Env = { ...withReader(), fetch: () => Promise.reject(new TypeError('Failed to fetch')) };
      const gone = start(type, { env });
      await vi.waitFor(() => expect(gone.last()?.reason).toContain('could not be reached'));
      source?.stop();
      // A browser tells nothing but that it failed, unless it is asked not to look.
      const strict = start(type, {
        env: {
          ...withReader(),
          fetch: (input, init) =>
            init?.mode === 'no-cors' ? fetch(input, init) : Promise.reject(new TypeError('Failed to fetch')),
        },
      });
      await vi.waitFor(() =>
        expect(strict.last()?.reason).toContain('lets no page of this address ask it (CORS: see its '),
      );
    });

    test('what is under way is given up with a change and with stop', async () => {
      const book = start(type);
      await book.until('live');
      server.state.instead = () => true;
      await vi.waitFor(() => expect(server.state.open).toBeGreaterThan(0));
      server.state.instead = () => false;
      book.source.configure(configOf(type, { interval: 1500 }));
      await vi.waitFor(() => expect(server.state.open).toBe(0));
      server.state.instead = () => true;
      await vi.waitFor(() => expect(server.state.open).toBeGreaterThan(0), { timeout: 3000 });
      book.source.stop();
      await vi.waitFor(() => expect(server.state.open).toBe(0));
      const told = book.statuses.length;
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(book.statuses.length).toBe(told);
    });
  });
});

describe('Jaeger alone', () => {
  beforeAll(async () => {
    server = await startTraceServer('jaeger');
  });
  afterAll(() => server.close());
  beforeEach(() => {
    Object.assign(server.state, { spans: visits(40), services: [], instead: () => false, most: 0 });
    server.asked.length = 0;
  });

  test('is asked about each service, few at a time, in microseconds; a trace of several counts once', async () => {
    server.state.services = Array.from({ length: 12 }, (_, n) => `idle-${n}`);
    const book = start('jaeger');
    await book.until('live');
    const first = server.questions().slice(0, 14);
    expect(new Set(first.map(({ searchParams }) => searchParams.get('service'))).size).toBe(14);
    expect(server.state.most).toBeLessThanOrEqual(4);
    const { searchParams } = first[0]!;
    const [from, to] = ['start', 'end'].map((name) => Number(searchParams.get(name)));
    expect(to! - from!).toBe(60_000_000);
    expect(Math.abs(Date.now() * 1000 - to!)).toBeLessThan(20_000_000);
    expect(book.of('latency', 'callee')!.samples).toBe(40);
    expect(book.of('rate', 'callee')!.value).toBeCloseTo(40 / 60);
  });

  test('of many services those on the board come first, it is told that there are more, and no rates are', async () => {
    server.state.services = Array.from({ length: 57 }, (_, n) => `a-${n}`);
    const book = start('jaeger');
    await book.until('live');
    const services = server
      .questions()
      .slice(0, 20)
      .map(({ searchParams }) => searchParams.get('service'));
    expect(services).toContain('gateway');
    expect(services).toContain('orders');
    expect(book.last()!.remarks!.slice(0, 2)).toEqual([
      'Only 20 of 59 services were asked about, those on the board first: the source can be set to one.',
      'Rates are not told: a sample does not say how much there was.',
    ]);
    expect(book.readings.filter(({ metric }) => metric === 'rate')).toEqual([]);
  });

  test('is not drawn for being asked', async () => {
    server.state.services = ['jaeger', 'jaeger-query', 'jaeger-all-in-one'];
    await start('jaeger').until('live');
    for (const { searchParams } of server.questions())
      expect(searchParams.get('service')).not.toContain('jaeger');
  });

  test('without services, or with something that is no list of them, says so', async () => {
    server.state.spans = [];
    const book = start('jaeger');
    await book.until('live');
    expect(book.last()!.reason).toContain('knows of no services yet');
    for (const body of ['{"data":7}', '[]', 'x', 'null']) {
      server.state.instead = (_, response) => {
        response.end(body);
        return true;
      };
      await vi.waitFor(() => expect(book.last()!.reason).toContain('no list of services'), { timeout: 5000 });
      server.state.instead = () => false;
      await vi.waitFor(() => expect(book.last()!.state).toBe('live'), { timeout: 5000 });
    }
  });
});

/** So many bytes, as long as anybody takes them. */
function flood(response: ServerResponse, bytes: number): void {
  const piece = Buffer.alloc(1_000_000, ' ');
  let left = bytes;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= piece.length;
      if (!response.write(piece)) return void response.once('drain', more);
    }
    if (!response.destroyed) response.end();
  };
  more();
}
