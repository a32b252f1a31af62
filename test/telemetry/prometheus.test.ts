import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Distribution, quantile } from '../../src/graph/index.ts';
import { createSource, discover, type Source } from '../../src/telemetry/index.ts';
import { pauseAfter } from '../../src/telemetry/polling.ts';
import { boardOf } from './boards.ts';
import { notebook } from './environment.ts';
import { type Answers, bucketsOf, fastClock, seriesOf, startServer } from './prometheus-server.ts';

const BOARD = boardOf({ a: 'service', b: 'service' }, 'a → b');
const EDGE = { client: 'a', server: 'b', connection_type: '' };
/** One second of the source's time takes a tenth of one. */
const FAST = 10;
const INTERVAL = 1000;

const well: Answers = (query) => {
  if (query.includes('server_seconds_bucket')) return bucketsOf(EDGE, 1, 3, 4);
  if (query.includes('failed_total')) return [];
  if (query.includes('request_total')) return [seriesOf(EDGE, '4')];
  return [];
};

let server: Awaited<ReturnType<typeof startServer>>;
let source: Source | null = null;

beforeEach(async () => {
  server = await startServer();
  server.state.answer = well;
});
afterEach(async () => {
  source?.stop();
  source = null;
  await server.close();
});

const settings = (more = {}) => ({
  id: 'prom',
  type: 'prometheus' as const,
  name: 'Prometheus',
  url: server.url,
  interval: INTERVAL,
  window: 10_000,
  ...more,
});

function start(more = {}) {
  const book = notebook(() => BOARD);
  source = createSource(settings(more), fastClock(FAST));
  source.start(book.host);
  const until = (state: string) =>
    vi.waitFor(() => expect(book.last()?.state).toBe(state), { timeout: 15_000 });
  return { ...book, until, latencies: () => book.readings.filter((each) => each.metric === 'latency') };
}

describe('a poll', () => {
  test('asks once for each family, all at one time, as a form', async () => {
    const book = start();
    await book.until('live');
    const { at } = book.latencies()[0]!;
    const first = server.asked.filter(({ time }) => Math.round(Number(time) * 1000) === at);
    expect(first.length).toBe(8);
    expect(new Set(first.map(({ query }) => query)).size).toBe(8);
    for (const { type } of first) expect(type).toContain('application/x-www-form-urlencoded');
  });

  test('brings latency, rate and errors, with where they are from', async () => {
    const book = start();
    await book.until('live');
    const [latency] = book.latencies();
    expect(latency).toMatchObject({
      subject: { type: 'edge', id: 'a-b' },
      side: 'callee',
      samples: 40,
      provenance: { source: 'prom', label: `Prometheus ${server.url.slice(7)}`, simulated: false },
    });
    expect(quantile(latency!.value as Distribution, 0.5)!.value).toBeCloseTo(550, 9);
    expect(book.readings.find((each) => each.metric === 'errors')!.value).toBe(0);
    expect(book.last()).toMatchObject({ simulated: false, unbound: [] });
    expect(book.last()!.reason).toBeUndefined();
  });

  test('comes again after the interval, one at a time', async () => {
    let under = 0;
    let most = 0;
    server.state.answer = (query, response) => {
      under++;
      most = Math.max(most, under);
      setTimeout(() => {
        under--;
        response.end(
          JSON.stringify({
            status: 'success',
            data: { resultType: 'vector', result: well(query, response, 0) },
          }),
        );
      }, 15);
    };
    const book = start();
    await vi.waitFor(() => expect(book.latencies().length).toBeGreaterThan(3), { timeout: 15_000 });
    expect(most).toBeLessThanOrEqual(4);
  });

  test('a series that vanished brings nothing: never 0', async () => {
    const book = start();
    await book.until('live');
    server.state.answer = (query) =>
      query.includes('request_total') ? [seriesOf({ ...EDGE, server: 'new' }, '1')] : [];
    await vi.waitFor(() =>
      expect(book.last()!.unbound).toEqual([{ source: 'a', target: 'new', kind: 'call', rate: 1 }]),
    );
    const known = book.readings.length;
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(book.readings.length).toBe(known);
    expect(book.last()!.state).toBe('live');
  });

  test('says so when there is nothing to read', async () => {
    server.state.names = ['up'];
    const book = start();
    await book.until('live');
    expect(book.last()!.reason).toContain('has none of the metrics that tell of traffic');
    server.state.names = ['x_traces_service_graph_request_total'];
    server.state.answer = () => [];
    await vi.waitFor(() => expect(book.last()!.reason).toContain('at least four scrape intervals'), {
      timeout: 15_000,
    });
    server.state.answer = well;
    await vi.waitFor(() => expect(book.last()!.reason).toBeUndefined(), { timeout: 15_000 });
    expect(server.asked.at(-1)!.query).toContain('(x_traces_service_graph');
  });
});

describe('trouble is told, changes nothing, and passes', () => {
  const half = JSON.stringify({
    status: 'success',
    data: { resultType: 'vector', result: [seriesOf(EDGE, '1')] },
  });
  test.each<[string, Answers, string]>([
    ['503', (_, response) => response.writeHead(503).end('starting up'), 'answered 503'],
    ['503 at length', (_, response) => response.writeHead(503).end('x'.repeat(9_000_000)), 'answered 503'],
    [
      'a 400 with words',
      (_, response) =>
        response.writeHead(400).end('{"status":"error","errorType":"bad_data","error":"too many points"}'),
      'refused the question: too many points',
    ],
    ['a web page', (_, response) => response.end('<!doctype html><title>Login</title>'), 'not complete JSON'],
    ['half an answer', (_, response) => response.end(half.slice(0, 90)), 'not complete JSON'],
    [
      'an answer broken off',
      (_, response) => {
        response.writeHead(200, { 'content-length': '5000' });
        response.write(half.slice(0, 50));
        setTimeout(() => response.destroy(), 5);
      },
      'broke off in the middle of its answer',
    ],
    [
      'one family of five failing',
      (query, response) =>
        query.includes('client_seconds')
          ? response.writeHead(422).end('{"error":"query is too heavy"}')
          : well(query, response, 0),
      'query is too heavy',
    ],
    ['numbers for texts', () => [{ metric: EDGE, value: [1, 4] }], 'a value that is no text'],
    ['404', (_, response) => response.writeHead(404).end(''), 'does not speak the Prometheus API'],
  ])('%s', async (_, answer, reason) => {
    const book = start();
    await book.until('live');
    server.state.answer = answer;
    await book.until('stale');
    expect(book.last()!.reason).toContain(reason);
    expect(book.last()!.reason).toMatch(/^Prometheus 127\.0\.0\.1:\d+ .*; asking again .*\.$/);
    expect(book.last()!.lastAnswer).not.toBeNull();
    const known = book.readings.length;
    server.state.answer = well;
    await book.until('live');
    expect(book.readings.length).toBeGreaterThan(known);
  });

  test('a server that hangs goes stale, then lost, and comes back by itself', async () => {
    const book = start();
    await book.until('live');
    server.state.answer = () => null;
    await book.until('stale');
    await book.until('lost');
    expect(book.last()!.reason).toMatch(/gave no answer within 2 s|has not answered for/);
    server.state.answer = well;
    await book.until('live');
  });

  test('a server that is gone is lost, and found again when it is back', async () => {
    const book = start();
    await book.until('live');
    await server.close();
    await book.until('lost');
    expect(book.last()!.reason).toContain('could not be reached');
    await server.reopen();
    await book.until('live');
  });

  test('figures that are no numbers bring no reading', async () => {
    server.state.answer = (query) =>
      query.includes('server_seconds') ? bucketsOf(EDGE, 'NaN', 'NaN', 'NaN') : [seriesOf(EDGE, '+Inf')];
    const book = start();
    await book.until('live');
    expect(book.readings).toEqual([]);
  });

  test('a browser that may not read the answer says CORS, not refused', async () => {
    const env = fastClock(FAST);
    const blocked: typeof fetch = async (_, init) => {
      if (init?.mode === 'no-cors') return new Response();
      throw new TypeError('Failed to fetch');
    };
    const book = notebook(() => BOARD);
    source = createSource(settings(), { ...env, fetch: blocked });
    source.start(book.host);
    await vi.waitFor(() => expect(book.last()?.reason).toContain('CORS'), { timeout: 15_000 });
  });

  test('pauses grow to at most half a minute, and never beyond an interval or 5 s', () => {
    expect([1, 2, 3, 4, 9].map((n) => pauseAfter(n, 1000))).toEqual([1000, 2000, 4000, 5000, 5000]);
    expect([1, 2, 9].map((n) => pauseAfter(n, 15_000))).toEqual([15_000, 15_000, 15_000]);
    expect(pauseAfter(9, 120_000)).toBe(30_000);
  });
});

describe('stop and change', () => {
  test('after stop nothing is said, whatever was under way', async () => {
    let release = () => {};
    server.state.answer = (query, response) => {
      const send = release;
      release = () => {
        send();
        response.end(
          JSON.stringify({
            status: 'success',
            data: { resultType: 'vector', result: well(query, response, 0) },
          }),
        );
      };
    };
    const book = start();
    await vi.waitFor(() => expect(server.asked.length).toBe(4), { timeout: 15_000 });
    const told = book.statuses.length;
    source!.stop();
    release();
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(book.readings).toEqual([]);
    expect(book.statuses.length).toBe(told);
  });

  test('a new window is used by the next poll', async () => {
    const book = start();
    await book.until('live');
    source!.configure(settings({ window: 60_000 }));
    await vi.waitFor(() => expect(book.latencies().at(-1)!.window).toBe(60_000), { timeout: 15_000 });
    expect(server.asked.at(-1)!.query).toContain('[60000ms]');
  });

  test('another address is another source: nothing is known of it yet', async () => {
    const book = start();
    await book.until('live');
    const other = await startServer([]);
    source!.configure(settings({ url: other.url }));
    expect(book.last()).toMatchObject({ state: 'connecting', lastAnswer: null });
    await vi.waitFor(
      () => expect(book.last()!.reason).toContain('has none of the metrics that tell of traffic'),
      {
        timeout: 15_000,
      },
    );
    source!.stop();
    await other.close();
  });
});

describe('forwarded', () => {
  test('it is asked by name of Chalkline’s own server', async () => {
    const asked: string[] = [];
    const forwarder: typeof fetch = async (url, init) => {
      asked.push(String(url));
      return fetch(String(url).replace('http://chalkline.test/forward/shop', server.url), init);
    };
    const book = notebook(() => BOARD);
    source = createSource(settings({ url: 'forward:shop' }), {
      ...fastClock(FAST),
      fetch: forwarder,
      server: 'http://chalkline.test',
    });
    source.start(book.host);
    await vi.waitFor(() => expect(book.last()?.state).toBe('live'), { timeout: 15_000 });
    expect(asked.every((url) => url.startsWith('http://chalkline.test/forward/shop/api/v1/'))).toBe(true);
    expect(book.last()!.label).toBe('Prometheus shop');
    expect(book.readings[0]!.provenance.label).toBe('Prometheus shop');
  });
});

describe('discovery', () => {
  const ids = () => {
    let n = 0;
    return () => `id${n++}`;
  };

  test('draws what the metrics name', async () => {
    server.state.answer = () => [
      seriesOf({ client: 'user', server: 'shop', connection_type: 'virtual_node' }, '1'),
      seriesOf({ client: 'shop', server: 'cart' }, '1'),
      seriesOf({ client: 'cart', server: 'redis', connection_type: 'database' }, '1'),
      seriesOf({ client: 'cart', server: 'packer', connection_type: 'messaging_system' }, '1'),
      seriesOf({ client: 'shop', server: 'bank.example', connection_type: 'virtual_node' }, '1'),
      seriesOf({ client: '', server: 'shop' }, '1'),
    ];
    const found = await discover(settings(), ids());
    if (!found.ok) throw new Error(found.reason);
    const { nodes, edges } = found.value.graph;
    const name = Object.fromEntries(nodes.map((node) => [node.id, node.name]));
    expect(nodes.map((node) => `${node.name}: ${node.kind}`)).toEqual([
      'bank.example: external',
      'cart: service',
      'packer: service',
      'redis: database',
      'shop: service',
      'user: client',
    ]);
    expect(edges.map((edge) => `${name[edge.source]} ${edge.kind} ${name[edge.target]}`)).toEqual([
      'user call shop',
      'shop call cart',
      'cart query redis',
      'cart publish packer',
      'shop call bank.example',
    ]);
    expect(new Set(nodes.map((node) => node.position.join())).size).toBe(6);
  });

  test('says why it could not', async () => {
    server.state.names = [];
    const none = await discover(settings(), ids());
    expect(none.ok ? '' : none.reason).toMatch(
      /^Prometheus 127.0.0.1:\d+ answers, but has none of the metrics/,
    );
    await server.close();
    const gone = await discover(settings(), ids());
    expect(gone.ok ? '' : gone.reason).toMatch(/could not be reached\.$/);
    await server.reopen();
    const simulated = await discover({ id: 's', type: 'simulator', name: '', seed: 1 }, ids());
    expect(simulated.ok).toBe(false);
  });

  test('can be called off', async () => {
    server.state.answer = () => null;
    const controller = new AbortController();
    const pending = discover(settings(), ids(), undefined, controller.signal);
    await vi.waitFor(() => expect(server.asked.length).toBeGreaterThan(0), { timeout: 15_000 });
    controller.abort();
    expect((await pending).ok).toBe(false);
  });
});
