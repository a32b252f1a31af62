/** A source of traces on a back end of ours, for a test file. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { Reading } from '../../src/graph/index.ts';
import { createSource, type Source } from '../../src/telemetry/index.ts';
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
export type Type = 'jaeger' | 'zipkin';

export let server: Awaited<ReturnType<typeof startTraceServer>>;
let source: Source | null = null;
/** Visits that ended so long ago (ms), each after the other; of two instances, every fourth failed. */
export const visits = (count: number, ago = SETTLED, apart = 10) =>
  Array.from({ length: count }, (_, n) =>
    visit({
      ...{ n, end: Date.now() - ago - n * apart, took: n + 1, failed: n % 4 === 0 },
      instance: `orders-${(n % 2) + 1}`,
    }),
  ).flat();

export const configOf = (type: Type, more: object = {}) => ({
  ...{ id: 'traces', type, name: 'Traces', url: server.url, interval: 1000, window: 60_000 },
  ...more,
});

export function start(type: Type, { env = withReader(), board = BOARD, more = {} } = {}) {
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

/** Starts one for the tests here; before each of them it has forty visits, and nothing has been asked. */
export function withTraceServer(type: Type): void {
  beforeAll(async () => {
    server = await startTraceServer(type);
  });
  afterAll(() => server.close());
  beforeEach(() => {
    const usual = { cors: true, services: [], instead: () => false, most: 0 };
    Object.assign(server.state, { ...usual, spans: visits(40) });
    server.asked.length = 0;
  });
  afterEach(() => {
    source?.stop();
    source = null;
  });
}
