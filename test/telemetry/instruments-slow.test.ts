/** Questions about parts are beside the point when those about traffic are answered: they never hold it up. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSource, type Source } from '../../src/telemetry/index.ts';
import { boardOf } from './boards.ts';
import { notebook } from './environment.ts';
import { type Answers, fastClock, seriesOf, startServer } from './prometheus-server.ts';

const BOARD = boardOf({ a: 'service', b: 'service' }, 'a → b');
const NAMES = [
  'traces_service_graph_request_total',
  'process_resident_memory_bytes',
  'process_cpu_seconds_total',
];

let server: Awaited<ReturnType<typeof startServer>>;
let source: Source | null = null;
beforeEach(async () => {
  server = await startServer(NAMES);
});
afterEach(async () => {
  source?.stop();
  source = null;
  await server.close();
});

const traffic = (query: string) =>
  query.includes('request_total') ? [seriesOf({ client: 'a', server: 'b', connection_type: '' }, '4')] : [];
const memory = seriesOf({ job: 'a', instance: 'a:9464' }, '100');

async function poll(answer: Answers) {
  server.state.answer = answer;
  const book = notebook(() => BOARD);
  source = createSource(
    { id: 'p', type: 'prometheus', name: '', url: server.url, interval: 2000, window: 10_000 },
    fastClock(10),
  );
  source.start(book.host);
  await vi.waitFor(() => expect(book.readings.length).toBeGreaterThan(1), { timeout: 10_000 });
  const told = book.readings.map(({ subject, metric, value }) => `${subject.id} ${metric} ${value}`);
  return { told, status: book.last()! };
}

test('one that hangs is left out, and that is told', async () => {
  const { told, status } = await poll((query) => {
    if (query.includes('cpu_seconds')) return null;
    return query.includes('resident') ? [memory] : traffic(query);
  });
  expect(told).toEqual(expect.arrayContaining(['a-b rate 4', 'a memory 100']));
  expect(status).toMatchObject({ state: 'live' });
  expect(status.remarks!.join()).toContain('1 of its answers about parts took too long');
});

test('one that is refused is told with its reason', async () => {
  const { told, status } = await poll((query, response) => {
    if (query.includes('resident')) return [memory];
    if (!query.includes('cpu_seconds')) return traffic(query);
    return response
      .writeHead(422)
      .end(JSON.stringify({ status: 'error', errorType: 'execution', error: 'many-to-many' }));
  });
  expect(told).toContain('a memory 100');
  expect(status.remarks!.join()).toContain('refused the question: many-to-many');
});

test('figures of parts alone are told as such, and so is whom nobody drew', async () => {
  server.state.names = NAMES.slice(1);
  const stranger = seriesOf({ job: 'stranger', instance: 'x:1' }, '7');
  const { told, status } = await poll((query) => (query.includes('resident') ? [memory, stranger] : []));
  expect(told).toContain('a memory 100');
  expect(status.reason).toBeUndefined();
  expect(status.remarks!.join()).toContain('None of its metrics tell of traffic');
  expect(status.unboundNodes).toEqual([{ name: 'stranger', kind: null, metric: 'memory' }]);
});
