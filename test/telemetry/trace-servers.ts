/**
 * A Jaeger and a Zipkin of ours: they answer as the documented APIs do, from spans that a test hands them, on a loopback
 * port. Anything else that a test wants said takes the place of an answer.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeFaults, readAnswers } from '../../src/formats/index.ts';
import type { Env } from '../../src/telemetry/index.ts';
import type { TestSpan } from '../server/otlp-encoder.ts';
import { fastClock } from './prometheus-server.ts';

const KINDS: Record<number, string> = { 2: 'server', 3: 'client', 4: 'producer', 5: 'consumer' };
const micros = (ns: bigint): number => Number(ns / 1000n);

type Trace = { id: string; spans: readonly TestSpan[]; start: number };
type Dialect = {
  services(names: readonly string[]): unknown;
  /** The stretch in microseconds, the service and the limit that are asked for; null for another question. */
  asked(url: URL): { from: number; to: number; service: string | null; limit: number } | null;
  traces(traces: readonly Trace[]): unknown;
};

const jaegerTrace = ({ id, spans }: Pick<Trace, 'id' | 'spans'>) => ({
  traceID: id,
  spans: spans.map((span) => ({
    ...{ traceID: id, spanID: span.id, operationName: span.name, flags: 1 },
    references: span.parent ? [{ refType: 'CHILD_OF', traceID: id, spanID: span.parent }] : [],
    ...{ startTime: micros(span.start), duration: micros(span.end - span.start) },
    tags: [
      { key: 'span.kind', type: 'string', value: KINDS[span.kind!] },
      ...(span.failed ? [{ key: 'error', type: 'bool', value: true }] : []),
      ...Object.entries(span.attributes ?? {}).map(([key, value]) => ({ key, type: 'string', value })),
    ],
    ...{ logs: [], processID: `p-${span.instance}`, warnings: null },
  })),
  processes: Object.fromEntries(
    spans.map(({ service, instance }) => [
      `p-${instance}`,
      {
        serviceName: service,
        tags: [{ key: 'service.instance.id', type: 'string', value: instance }],
      },
    ]),
  ),
  warnings: null,
});

const zipkinTrace = ({ id, spans }: Trace) =>
  spans.map((span) => ({
    ...{ traceId: id, id: span.id, name: span.name.toLowerCase(), kind: KINDS[span.kind!]?.toUpperCase() },
    ...(span.parent && { parentId: span.parent }),
    ...{ timestamp: micros(span.start), duration: micros(span.end - span.start) },
    localEndpoint: { serviceName: span.service, ipv4: `10.0.0.${1 + (span.instance!.charCodeAt(7) % 200)}` },
    tags: {
      ...Object.fromEntries(
        Object.entries(span.attributes ?? {}).map(([key, value]) => [key, String(value)]),
      ),
      ...(span.failed && { error: 'true' }),
    },
  }));

const DIALECTS: Record<'jaeger' | 'zipkin', Dialect> = {
  jaeger: {
    services: (names) => ({ data: names, total: names.length, limit: 0, offset: 0, errors: null }),
    asked({ pathname, searchParams: search }) {
      if (pathname !== '/api/traces') return null;
      const [from, to, limit] = ['start', 'end', 'limit'].map((name) => Number(search.get(name)));
      return { from: from!, to: to!, limit: limit!, service: search.get('service') };
    },
    traces: (traces) => ({ data: traces.map(jaegerTrace), total: 0, limit: 0, offset: 0, errors: null }),
  },
  zipkin: {
    services: (names) => names,
    asked({ pathname, searchParams: search }) {
      if (pathname !== '/api/v2/traces') return null;
      const [end, lookback, limit] = ['endTs', 'lookback', 'limit'].map((name) => Number(search.get(name)));
      const service = search.get('serviceName');
      return { from: (end! - lookback!) * 1000, to: end! * 1000, limit: limit!, service };
    },
    traces: (traces) => traces.map(zipkinTrace),
  },
};

export async function startTraceServer(type: 'jaeger' | 'zipkin') {
  const dialect = DIALECTS[type];
  const asked: URL[] = [];
  const state = {
    spans: [] as readonly TestSpan[],
    /** Further services that it knows of, though no span names them. */
    services: [] as readonly string[],
    cors: true,
    /** Takes the place of an answer when it returns true. */
    instead: (_url: URL, _response: ServerResponse, _request: IncomingMessage): boolean => false,
    /** Questions about traces under way, and the most there were. */
    open: 0,
    most: 0,
  };
  const answer = (url: URL): unknown => {
    const question = dialect.asked(url);
    const named = state.spans.map(({ service }) => service!);
    if (!question) return dialect.services([...new Set([...named, ...state.services])].sort());
    const { from, to, service, limit } = question;
    const traces = [...Map.groupBy(state.spans, ({ trace }) => trace)].map(([id, spans]): Trace => {
      return { id, spans, start: Math.min(...spans.map((span) => micros(span.start))) };
    });
    const found = traces
      .filter(({ spans }) =>
        spans.some(
          (span) =>
            (service === null || span.service === service) &&
            micros(span.start) >= from &&
            micros(span.start) <= to,
        ),
      )
      .sort((a, b) => b.start - a.start);
    return dialect.traces(found.slice(0, limit));
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://here');
    asked.push(url);
    state.open++;
    state.most = Math.max(state.most, state.open);
    response.on('close', () => state.open--);
    if (state.cors) response.setHeader('Access-Control-Allow-Origin', '*');
    if (state.instead(url, response, request)) return;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(answer(url)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    state,
    asked,
    /** The questions about traces. */
    questions: () => asked.filter((url) => dialect.asked(url) !== null),
    port,
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Real network, time that runs `times` as fast, and the reader without a worker around it. */
export const withReader = (times = 1): Env => ({
  ...fastClock(times),
  async readTraces(answers) {
    const answered = readAnswers(answers);
    return answered.ok
      ? { ok: true, value: answered }
      : { ok: false, reason: `answered: ${describeFaults(answered.faults)}` };
  },
});

/** So many bytes, as long as anybody takes them. */
export function flood(response: ServerResponse, bytes: number): void {
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
