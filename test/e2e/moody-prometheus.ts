/** A Prometheus in changing moods. What it means is known at every time; all else that it sends is poison: numbers that must never be shown. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { seriesOf } from '../telemetry/prometheus-server.ts';

export const MOODS = {
  slow: 'answers after some seconds',
  hung: 'never answers',
  half: 'breaks off half way',
  huge: 'sends more than 50 MB',
  'one word': 'sends one series of 40 MB',
  types: 'sends other types than agreed',
  'no numbers': 'sends NaN, infinities and negative counts',
  unavailable: 'answers 503',
  reset: 'closes the connection',
  empty: 'has no series',
  twice: 'sends every series twice',
} as const;
export type Mood = keyof typeof MOODS | 'well';

type Labels = Record<string, string>;
/** Traffic between two parts as two dialects tell of it. */
export type Told = { source: string; target: string; instances: readonly string[] };

const NAMES = [
  'traces_service_graph_request_total',
  'traces_service_graph_request_server_seconds_bucket',
  'http_client_request_duration_seconds_bucket',
];
/** Seconds of what is never true. */
const POISON = 7;
const MEGABYTE = 1024 * 1024;
const HEAD = '{"status":"success","data":{"resultType":"vector","result":[';

/** What is true at a time, whole milliseconds: another one every second, each of them in the same unit. */
const truthAt = (seconds: number): number => 100 + ((Math.floor(seconds) * 7) % 800);

/** All requests took this long, to a thousandth: every quantile lies there. */
const bounds = (seconds: number) => [seconds * 0.9995, seconds * 1.0005].map((bound) => bound.toFixed(7));

function timed(labels: Labels, seconds: number, count = '10') {
  const [low, high] = bounds(seconds);
  return [
    [low, count === '10' ? '0' : count],
    [high, count],
    ['+Inf', count],
  ].map(([le, upTo]) => seriesOf({ ...labels, le: le! }, upTo!));
}

/** 52 MB of what could be true. */
function* manySeries(result: readonly unknown[]) {
  const one = `${JSON.stringify(result[0] ?? seriesOf({ client: 'x' }, '1'))},`;
  yield HEAD;
  for (let i = 0; i < 52; i++) yield one.repeat(Math.ceil(MEGABYTE / one.length));
  yield `${one.slice(0, -1)}]}}`;
}

/** 40 MB, most of them a name. */
function* oneWord() {
  yield `${HEAD}{"value":[1,"1"],"metric":{"client":"`;
  for (let i = 0; i < 40; i++) yield 'x'.repeat(MEGABYTE);
  yield '"}}]}}';
}

export async function startMoody(graph: readonly Told[], http: readonly Told[], random: () => number) {
  const state = { mood: 'well' as Mood };
  /** Every true number that was sent whole, and about which second it speaks. */
  const sent = new Map<number, number>();
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

  function answer(query: string, seconds: number, count?: string): unknown[] {
    if (query.includes('time()')) return [seriesOf({}, count ?? String(Date.now() / 1000))];
    const isBuckets = query.includes('_seconds_bucket[');
    if (/failed_total|messaging|http_server/.test(query)) return [];
    const told = (labels: Labels) =>
      isBuckets
        ? timed(labels, seconds, count)
        : [seriesOf(labels, count ?? (query.includes('_sum[') ? String(10 * seconds) : '10'))];
    if (query.includes('http_client'))
      return http.flatMap(({ source, target, instances }) =>
        instances.flatMap((instance) =>
          told({
            service_name: source,
            service_instance_id: instance,
            server_address: target,
            server_port: '80',
          }),
        ),
      );
    if (!query.includes('service_graph')) return [];
    return graph.flatMap(({ source, target }) =>
      told({ client: source, server: target, connection_type: '' }),
    );
  }

  async function respond(response: ServerResponse, query: string, time: number): Promise<void> {
    const { mood } = state;
    const poison = () => answer(query, POISON);
    const vector = (result: unknown) =>
      JSON.stringify({ status: 'success', data: { resultType: 'vector', result } });
    switch (mood) {
      case 'hung':
        return;
      case 'reset':
        response.destroy();
        return;
      case 'unavailable':
        response.statusCode = 503;
        response.end(
          pick(['<html>busy</html>', '{"status":"error","error":"busy"}', ' '.repeat(3 * MEGABYTE)]),
        );
        return;
      case 'empty':
        response.end(query === '' ? '{"status":"success","data":[]}' : vector([]));
        return;
      case 'half': {
        const whole = query === '' ? JSON.stringify(NAMES) : vector(poison());
        response.setHeader('content-length', whole.length);
        response.write(whole.slice(0, Math.ceil(whole.length * random() * 0.9)));
        setTimeout(() => response.destroy(), 50);
        return;
      }
      case 'huge':
      case 'one word':
        // whoever reads it may hang up before its end
        await pipeline(Readable.from(mood === 'huge' ? manySeries(poison()) : oneWord()), response).catch(
          () => {},
        );
        return;
      case 'types': {
        const list = poison() as { metric: unknown; value: [number, string] }[];
        const wrong: (() => unknown)[] = [
          () => ({ status: 'success', data: { resultType: 'matrix', result: list } }),
          () => ({ status: 'success', data: { resultType: 'vector', result: { ...list } } }),
          () => ({ status: 'error', error: 'no', data: { resultType: 'vector', result: list } }),
          () => ({
            status: 'success',
            data: { resultType: 'vector', result: [...list, { value: [1, '1'] }] },
          }),
          () => ({
            status: 'success',
            data: { resultType: 'vector', result: [{ metric: {}, value: [1, 7] }] },
          }),
          () => ({
            status: 'success',
            data: { resultType: 'vector', result: [{ metric: { client: 1 }, value: [1, '7'] }, ...list] },
          }),
          () => ({ status: 'success', data: 7 }),
          () => [list],
          () => null,
          () => 'well',
        ];
        response.end(JSON.stringify(pick(wrong)()));
        return;
      }
      case 'no numbers': {
        const none = pick(['NaN', '+Inf', '-Inf', '-5', '', 'ten']);
        response.end(
          query === ''
            ? JSON.stringify({ status: 'success', data: NAMES })
            : vector(answer(query, POISON, none)),
        );
        return;
      }
      case 'slow':
        await new Promise((resume) => setTimeout(resume, 300 + random() * 3000));
    }
    if (query === '') {
      response.end(JSON.stringify({ status: 'success', data: NAMES }));
      return;
    }
    const truth = truthAt(time);
    const result = answer(query, truth / 1000);
    sent.set(truth, Math.max(time, sent.get(truth) ?? 0));
    response.end(vector(mood === 'twice' ? result.flatMap((series) => [series, series]) : result));
  }

  const server = createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    let text = '';
    for await (const chunk of request) text += chunk;
    const form = new URLSearchParams(text);
    await respond(response, form.get('query') ?? '', Number(form.get('time') ?? 0));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    state,
    sent,
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
