/** What a real system's exporters and a real Prometheus sent, kept outside of this repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quantile } from '../../src/graph/index.ts';
import type { Series } from '../../src/telemetry/prometheus/answer.ts';
import { otelHttp } from '../../src/telemetry/prometheus/dialects/otel-http.ts';
import { boardOf } from './boards.ts';
import { atOnce, bindAnswers, parseMatrix } from './prometheus-heard.ts';

const FOLDER = join(import.meta.dirname, '../../../shared/data/recorded-lab');
const LEFT_OUT = 'the recorded system left out: ../shared/data is not here';
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

/** An exposition as series, as if it had all been counted in one second, with the label of its scrape. */
function seriesIn(text: string, service: string): Map<string, Series[]> {
  const all = new Map<string, Series[]>();
  for (const [, name = '', labels = '', value] of text.matchAll(/^(\w+)\{(.*)\} (\S+)$/gm)) {
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key, text]);
    const series = { labels: { ...Object.fromEntries(pairs), service }, value: Number(value) };
    all.set(name, [...(all.get(name) ?? []), series]);
  }
  return all;
}

test('the exporter of OpenTelemetry for JavaScript names no unit, and its edges are found', async (ctx) => {
  if (!existsSync(FOLDER)) return ctx.skip(LEFT_OUT);
  const { ports } = JSON.parse(read('ground-truth.json')) as { ports: Record<string, string> };
  const names = Object.fromEntries(
    Object.entries(ports).map(([port, name]) => [name, { match: { names: [`127.0.0.1:${port}`] } }]),
  );
  const board = boardOf(
    { nginx: 'gateway', ...names },
    ...['nginx → gateway', 'gateway → cart', 'gateway → catalog', 'gateway → orders'],
  );
  const series = seriesIn(read('exposition-gateway.txt'), 'gateway');
  const of = (side: string, part: string) => series.get(`http_${side}_request_duration_${part}`)!;
  const answers = Object.fromEntries(
    ['client', 'server'].flatMap((side) =>
      ['bucket', 'sum', 'count'].map((part) => [`${side} 0 ${part}`, of(side, part)]),
    ),
  );
  const { readings, unbound } = await bindAnswers(board, [otelHttp, [...series.keys()], answers]);
  const latencies = readings.filter(
    ({ subject, metric, instance }) => subject.type === 'edge' && metric === 'latency' && instance === null,
  );
  expect(latencies.map(({ subject, side }) => `${subject.id} ${side}`).sort()).toEqual([
    'gateway-cart caller',
    'gateway-catalog caller',
    'gateway-orders caller',
    'nginx-gateway callee',
  ]);
  // Where it sends its traces is seen, too, and drawn nowhere.
  expect(unbound).toMatchObject([{ source: 'gateway', target: '127.0.0.1:14318' }]);
  const catalog = latencies.find(({ subject }) => subject.id === 'gateway-catalog')!.value;
  if (typeof catalog === 'number' || catalog.type !== 'histogram') throw new Error('no histogram');
  expect(catalog.sum).toBeCloseTo(184_930.511847, 3);
  const { low, high } = quantile(catalog, 0.95)!;
  // The injected fault of 250 ms, as well as these buckets can tell.
  expect([low, high]).toEqual([250, 500]);
});

test('ranges that Prometheus answered are read, whatever is in them', async (ctx) => {
  if (!existsSync(FOLDER)) return ctx.skip(LEFT_OUT);
  const ranges = readdirSync(FOLDER).filter((name) => name.startsWith('prom-range-'));
  expect(ranges.length).toBeGreaterThan(3);
  for (const name of ranges) {
    const sent = JSON.parse(read(name)) as { data: { result: { values: [number, string][] }[] } };
    const got = await parseMatrix(read(name), atOnce);
    if (!got.ok) throw new Error(`${name}: ${got.reason}`);
    const values = sent.data.result.map(({ values }) => values.map(([time, text]) => [time, Number(text)]));
    expect(got.value.map(({ points }) => points)).toEqual(values);
  }
});
