/** Live Jaeger and Zipkin, over real HTTP: what they show, and how much is asked of them. */
import { describe, expect, test, vi } from 'vitest';
import { type Distribution, quantile } from '../../src/graph/index.ts';
import { discover, type Env } from '../../src/telemetry/index.ts';
import { visit } from '../server/shop.ts';
import { boardOf } from './boards.ts';
import { flood, withReader } from './trace-servers.ts';
import { configOf, server, start, type Type, visits, withTraceServer } from './traced.ts';

describe.each<[Type, string]>([
  ['jaeger', 'Jaeger'],
  ['zipkin', 'Zipkin'],
])('%s', (type, name) => {
  withTraceServer(type);

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
      server.state.spans = visits(1600, 6000, 5);
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
});

describe('Jaeger alone', () => {
  withTraceServer('jaeger');

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
