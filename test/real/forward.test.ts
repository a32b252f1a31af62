/**
 * A real Prometheus behind a proxy that asks for a token and a tenant, asked through Chalkline's server: what the page
 * reads must equal Prometheus' own answers, and the token must not be in anything that the page was told.
 */
import { readFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Distribution, emptyBoard, quantile, type Reading } from '../../src/graph/index.ts';
import { readTargets } from '../../src/server/forward/index.ts';
import { createSource, discover, type Env, machine, type SourceStatus } from '../../src/telemetry/index.ts';
import { serve } from '../server/served.ts';
import { counting, listen, own, PROMETHEUS, runPrometheus, waitFor } from './prometheus.ts';

const TOKEN = 'mimir-token-4711';
const WINDOW = 8000;
const BUCKETS = 'istio_request_duration_milliseconds_bucket';

let services: Server;
let gate: Server;
let turnedAway = 0;
let prometheus: Awaited<ReturnType<typeof runPrometheus>>;
let chalkline: Awaited<ReturnType<typeof serve>>;
/** All that the page was told. */
let told = '';
let env: Env;

/** Lets through who has the token and the tenant, to a path that it does not tell. */
const proxyTo = (port: number) =>
  createServer((asked, response) => {
    const { authorization, 'x-scope-orgid': tenant } = asked.headers;
    if (
      authorization !== `Bearer ${TOKEN}` ||
      tenant !== 'team-a' ||
      !asked.url!.startsWith('/prometheus/')
    ) {
      turnedAway++;
      return response.writeHead(401).end(`no: ${authorization}`);
    }
    const { method = '', headers } = asked;
    const path = asked.url!.slice('/prometheus'.length);
    const onward = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    asked.pipe(onward);
  });

beforeAll(async () => {
  if (!PROMETHEUS) return;
  services = counting(readFileSync(new URL('../fixtures/prometheus/istio.txt', import.meta.url), 'utf8'));
  prometheus = await runPrometheus({ mesh: await listen(services) });
  gate = proxyTo(Number(new URL(prometheus.url).port));
  const url = `http://127.0.0.1:${await listen(gate)}/prometheus`;
  const headers = { Authorization: { env: 'TOKEN', prefix: 'Bearer ' }, 'X-Scope-OrgID': { env: 'TENANT' } };
  const wrong = { Authorization: 'Bearer of-another' };
  const CHALKLINE_FORWARD = JSON.stringify({
    metrics: { type: 'prometheus', url, headers },
    wrong: { type: 'prometheus', url, headers: wrong },
  });
  chalkline = await serve({ targets: await readTargets({ TOKEN, TENANT: 'team-a', CHALKLINE_FORWARD }) });
  env = {
    ...machine,
    server: `http://127.0.0.1:${chalkline.port}`,
    async fetch(input, init) {
      const response = await fetch(input, init);
      told += `${response.status} ${JSON.stringify([...response.headers])} ${await response.clone().text()}\n`;
      return response;
    },
  };
  const query = `rate(${BUCKETS}[8s])`;
  const seen = async () =>
    (await own(prometheus.url, query, Date.now(), JSON.stringify)).size > 0 ? true : null;
  await waitFor(query, seen, 60);
});
afterAll(async () => {
  if (!PROMETHEUS) return;
  await chalkline.close();
  await prometheus.stop();
  for (const server of [gate, services]) {
    server.closeAllConnections();
    server.close();
  }
});

const config = (name: string) => ({
  ...{ id: 'p', type: 'prometheus' as const, name, url: `forward:${name}`, interval: 1000, window: WINDOW },
});
const LEFT_OUT = 'the real Prometheus left out: there is none here (PROMETHEUS_BIN)';

test('what comes through is what Prometheus says, now and of the past', async (ctx) => {
  if (!PROMETHEUS) return ctx.skip(LEFT_OUT);
  let next = 0;
  const found = await discover(config('metrics'), () => `id${next++}`, env);
  if (!found.ok) throw new Error(found.reason);
  const board = emptyBoard('board');
  for (const node of found.value.graph.nodes) board.nodes[node.id] = node;
  for (const edge of found.value.graph.edges) board.edges[edge.id] = edge;
  expect(Object.keys(board.edges).length).toBeGreaterThan(2);

  const readings: Reading[] = [];
  const statuses: SourceStatus[] = [];
  const source = createSource(config('metrics'), env);
  const host = { board: () => board, emit: (list: Reading[]) => readings.push(...list) };
  source.start({ ...host, status: (status) => statuses.push(status) });
  await waitFor('a poll', async () => (readings.length > 0 ? true : null), 20);
  const { at } = readings[0]!;
  const past = await source.history!(
    { from: at, to: at, step: 1000, window: WINDOW },
    AbortSignal.timeout(20_000),
  );
  source.stop();
  expect(past.ok && past.value.map(({ readings }) => readings.length > 0)).toEqual([true]);
  expect(statuses.at(-1)).toMatchObject({ state: 'live', label: 'Prometheus metrics' });

  const by = 'source_workload,destination_workload';
  const query = `histogram_quantile(0.95, sum by (le,${by}) (rate(${BUCKETS}{reporter="destination"}[${WINDOW}ms])))`;
  const key = ({ source_workload, destination_workload }: Record<string, string>) =>
    `${source_workload} → ${destination_workload}`;
  const truth = await own(prometheus.url, query, at, key);
  let compared = 0;
  for (const { subject, metric, side, instance, at: when, value } of readings) {
    const edge = board.edges[subject.id];
    const isWanted = when === at && metric === 'latency' && side === 'callee' && instance === null;
    if (!edge || !isWanted) continue;
    const expected = truth.get(`${board.nodes[edge.source]!.name} → ${board.nodes[edge.target]!.name}`);
    if (expected === undefined) continue;
    expect(quantile(value as Distribution, 0.95)!.value).toBeCloseTo(expected, 3);
    compared++;
  }
  expect(compared).toBeGreaterThan(0);
  expect(turnedAway).toBe(0);
});

test('wrong credentials are told as that, and none of them are seen', async (ctx) => {
  if (!PROMETHEUS) return ctx.skip(LEFT_OUT);
  const found = await discover(config('wrong'), () => 'id', env);
  expect(found.ok ? '' : found.reason).toBe(
    'Prometheus wrong was not reached through Chalkline’s server: wrong refused the credentials it was asked with (401).',
  );
  const unknown = await discover(config('unknown'), () => 'id', env);
  expect(unknown.ok ? '' : unknown.reason).toContain('it has no target called unknown');
  expect(turnedAway).toBeGreaterThan(0);
  expect(told.length).toBeGreaterThan(1000);
  const { port } = gate.address() as AddressInfo;
  for (const secret of [TOKEN, 'of-another', `:${port}`]) expect(told.includes(secret)).toBe(false);
});
