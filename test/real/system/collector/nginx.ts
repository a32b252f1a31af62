/**
 * What nginx says of itself. It has no OpenTelemetry of its own here, but it begins each trace (its $request_id is the
 * trace, and goes on to the gateway as traceparent) and logs how long the gateway took. As log pipelines do, each line
 * becomes a span and a measurement; the figures are nginx's, to the millisecond.
 */
import { open } from 'node:fs/promises';
import { hostname } from 'node:os';
import { Histogram, Registry } from 'prom-client';
import { KIND, type Otlp } from './span.ts';

export const registry = new Registry();
const duration = new Histogram({
  name: 'http_client_request_duration_seconds',
  help: 'Duration of HTTP client requests.',
  labelNames: ['http_request_method', 'http_response_status_code', 'server_address', 'server_port'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
  registers: [registry],
});

/** A line of the log that is written for us: one JSON object, times in seconds as texts. */
interface Line {
  trace: string;
  span: string;
  /** When the answer had been sent, since 1970, and how long that was after the request had begun to come. */
  ended: string;
  took: string;
  /** "-" where the gateway was not asked. */
  upstream: string;
  server: string;
  method: string;
  path: string;
  status: string;
}

/** How often the log is looked at. Milliseconds. */
const PERIOD = 200;

/** Reads the log as it grows, and hands on each new lot of lines as OTLP. */
export async function follow(path: string, send: (otlp: Otlp) => void): Promise<void> {
  const file = await open(path);
  let rest = '';
  const read = async () => {
    const text =
      rest +
      (await file
        .read({ buffer: Buffer.alloc(1 << 20) })
        .then(({ bytesRead, buffer }) => buffer.toString('utf8', 0, bytesRead)));
    const lines = text.split('\n');
    rest = lines.pop()!;
    const asked = lines.map((line) => JSON.parse(line) as Line).filter(({ upstream }) => upstream !== '-');
    asked.forEach(measure);
    if (asked.length > 0) send(otlpOf(asked));
  };
  for (;;) {
    await read();
    await new Promise((resolve) => setTimeout(resolve, PERIOD));
  }
}

function measure({ upstream, server, method, status }: Line): void {
  const [server_address, server_port] = server.split(':');
  duration.observe(
    {
      http_request_method: method,
      http_response_status_code: status,
      server_address: server_address!,
      server_port: server_port!,
    },
    Number(upstream),
  );
}

const RESOURCE = { 'service.name': 'nginx', 'service.instance.id': 'nginx-1', 'host.name': hostname() };

const otlpOf = (lines: Line[]): Otlp => ({
  resourceSpans: [
    {
      resource: { attributes: attributesOf(RESOURCE) },
      scopeSpans: [{ spans: lines.map(spanOf) }],
    },
  ],
});

function spanOf({ trace, span, ended, took, upstream, server, method, path, status }: Line) {
  // It asks the gateway as soon as it has the request; the line is written some time after the answer.
  const start = nanoseconds(ended) - nanoseconds(took);
  const [address, port] = server.split(':');
  return {
    traceId: trace,
    spanId: span,
    name: method,
    kind: KIND.client,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + nanoseconds(upstream)),
    status: { code: Number(status) >= 500 ? 2 : 0 },
    attributes: attributesOf({
      'http.request.method': method,
      'http.response.status_code': status,
      'url.path': path,
      'server.address': address!,
      'server.port': port!,
    }),
  };
}

/** "1.234" seconds → nanoseconds. */
const nanoseconds = (seconds: string): bigint => BigInt(Math.round(Number(seconds) * 1000)) * 1_000_000n;

const attributesOf = (values: Record<string, string>) =>
  Object.entries(values).map(([key, value]) => ({ key, value: { stringValue: value } }));
