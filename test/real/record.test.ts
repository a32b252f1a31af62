/** `chalkline record` beside a real Prometheus: what it keeps must equal Prometheus' own answer at the same time. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Board, quantile, type Reading, type Snapshot } from '../../src/graph/index.ts';
import { workplace } from '../cli/run.ts';
import { counting, listen, own, PROMETHEUS, runPrometheus, waitFor } from './prometheus.ts';

const place = workplace({});
const metrics = counting(readFileSync(new URL('../fixtures/prometheus/otel.txt', import.meta.url), 'utf8'));
let prometheus: Awaited<ReturnType<typeof runPrometheus>>;

beforeAll(async () => {
  if (!PROMETHEUS) return;
  prometheus = await runPrometheus({ services: await listen(metrics) });
  const scraped = async () =>
    (await own(prometheus.url, 'sum_over_time(up[10s]) >= 8', Date.now(), JSON.stringify)).size > 0 || null;
  await waitFor('ten seconds of metrics', scraped, 60);
});
afterAll(async () => {
  metrics.closeAllConnections();
  metrics.close();
  if (PROMETHEUS) await prometheus.stop();
});

/** What Prometheus itself says of the query that a reading names, of all its series together. */
async function ownAnswer({ metric, value, at, provenance }: Reading, board: Board, edge: string) {
  const { source, target } = board.edges[edge]!;
  const nameOf = (id: string) => board.nodes[id]!.name;
  const by = `service_name="${nameOf(source)}",db_system_name="${nameOf(target)}"`;
  const query = provenance.query!.replace(/_(bucket|count)\[/, `_$1{${by}}[`);
  const asked = metric === 'rate' ? `sum(${query})` : `histogram_quantile(0.95, sum by(le)(${query}))`;
  const [answer] = (await own(prometheus.url, asked, at, JSON.stringify)).values();
  return metric === 'rate'
    ? [value, answer]
    : [quantile(value as Exclude<typeof value, number>, 0.95)!.value, 1000 * answer!];
}

test('draws what Prometheus knows, and keeps its figures as it tells them itself', async (ctx) => {
  if (!PROMETHEUS) return ctx.skip('beside a real Prometheus left out: no prometheus here');
  const source = `prometheus=${prometheus.url}`;
  const told = await place.chalkline(
    'record',
    '-s',
    source,
    '--for',
    '8s',
    '--name',
    'now',
    '-o',
    'system.json',
  );
  expect(told).toMatchObject({ status: 0, out: '', err: '' });
  const board = place.board('system.json');
  const [snapshot, ...more] = Object.values(board.snapshots) as [Snapshot, ...Snapshot[]];
  expect([snapshot.name, snapshot.window, more]).toEqual(['now', 8000, []]);

  const queries = snapshot.readings.filter(
    ({ subject, metric, instance, provenance }) =>
      subject.type === 'edge' &&
      board.edges[subject.id]!.kind === 'query' &&
      instance === null &&
      (metric === 'latency' || metric === 'rate') &&
      provenance.query !== undefined,
  );
  expect(queries.length).toBeGreaterThan(5);
  for (const reading of queries) {
    const [kept, answer] = await ownAnswer(reading, board, reading.subject.id);
    expect(kept, JSON.stringify(reading.subject)).toBeCloseTo(answer as number, 6);
  }

  const onto = await place.chalkline(
    'record',
    'system.json',
    '-s',
    source,
    '--for',
    '2s',
    '-o',
    'later.json',
  );
  expect(onto).toMatchObject({ status: 0, err: '' });
  const later = JSON.parse(place.text('later.json')) as Snapshot;
  expect(later.readings.every(({ subject }) => subject.id in board.nodes || subject.id in board.edges)).toBe(
    true,
  );
  const compared = await place.chalkline('diff', '--on', 'system.json', 'now', 'later.json', '--json');
  expect([0, 1]).toContain(compared.status);
  expect((JSON.parse(compared.out) as unknown[]).length).toBeGreaterThan(5);
});
