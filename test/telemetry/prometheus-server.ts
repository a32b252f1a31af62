/** A Prometheus that says what the test tells it to, on a loopback port, and a clock that runs fast. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Env } from '../../src/telemetry/index.ts';

export type Answers = (query: string, response: ServerResponse, at: number) => unknown;

export const seriesOf = (labels: Record<string, string>, value: string) => ({
  metric: labels,
  value: [1, value],
});

/** Buckets of one edge: counts up to 0.1 s, up to 1 s, in all. */
export const bucketsOf = (labels: Record<string, string>, ...upTo: (string | number)[]) =>
  ['0.1', '1', '+Inf'].map((le, i) => seriesOf({ ...labels, le }, String(upTo[i])));

export async function startServer(names = ['traces_service_graph_request_total']) {
  const asked: { query: string; time: string | null; type: string | undefined }[] = [];
  const ranges: { query: string; start: number; end: number; step: number }[] = [];
  const state = {
    names,
    /** The result for a query at a time (epoch s), or anything written to the response itself. */
    answer: (() => []) as Answers,
    /** The samples of a query over time, epoch seconds; where null each moment is answered by itself. */
    range: null as ((query: string, times: readonly number[]) => unknown[]) | null,
    /** What its clock says, epoch seconds; null where it does not say. */
    clock: null as (() => number) | null,
  };
  const server: Server = createServer(async (request, response) => {
    // as Prometheus does by default: any page may ask
    response.setHeader('access-control-allow-origin', '*');
    const send = (data: unknown) => response.end(JSON.stringify({ status: 'success', data }));
    if (request.url!.startsWith('/api/v1/label/__name__/values')) return send(state.names);
    const form = new URLSearchParams(await bodyOf(request));
    const query = form.get('query') ?? '';
    if (query === 'vector(time())')
      return send({
        resultType: 'vector',
        result: state.clock ? [seriesOf({}, String(state.clock()))] : [],
      });
    asked.push({ query, time: form.get('time'), type: request.headers['content-type'] });
    if (request.url!.startsWith('/api/v1/query_range')) {
      const [start = 0, end = 0, step = 1] = ['start', 'end', 'step'].map((name) => Number(form.get(name)));
      ranges.push({ query, start, end, step });
      const count = Math.floor((end - start) / step + 1e-6) + 1;
      const times = Array.from({ length: count }, (_, i) => Number((start + i * step).toFixed(3)));
      if (state.range) return send({ resultType: 'matrix', result: state.range(query, times) });
      const matrix = new Map<string, { metric: unknown; values: unknown[] }>();
      for (const at of times)
        for (const { metric, value } of state.answer(query, response, at) as ReturnType<typeof seriesOf>[]) {
          const series = matrix.get(JSON.stringify(metric)) ?? { metric, values: [] };
          series.values.push([at, value[1]]);
          matrix.set(JSON.stringify(metric), series);
        }
      return send({ resultType: 'matrix', result: [...matrix.values()] });
    }
    const result = state.answer(query, response, Date.now() / 1000);
    if (Array.isArray(result)) send({ resultType: 'vector', result });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    state,
    asked,
    ranges,
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
    reopen: () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve)),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

/** Real network, time that runs `times` as fast. */
export function fastClock(times: number): Env {
  const start = Date.now();
  return {
    now: () => Math.round(start + (Date.now() - start) * times),
    schedule(task, after) {
      const timer = setTimeout(task, after / times);
      return () => clearTimeout(timer);
    },
    fetch: (...args) => fetch(...args),
    server: '',
  };
}
