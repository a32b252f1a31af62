/** What Jaeger and Zipkin are asked over HTTP, and how each says what is wrong. */
import type { EpochMs } from '../../graph/index.ts';
import type { Asked } from '../ask.ts';

export type Api = {
  asked: Asked;
  services: string;
  /** The names of its services in the JSON of that answer; null where it holds none. */
  namesIn(json: unknown): string[] | null;
  /** Whether a question may be about all services at once. */
  asksAll: boolean;
  /** The newest traces with a span that began in that time, not more than `limit`. */
  traces(service: string | null, from: EpochMs, to: EpochMs, limit: number): string;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Names that are text; null for what is no list. */
const namesOf = (list: unknown): string[] | null =>
  Array.isArray(list) ? list.filter((name) => typeof name === 'string' && name !== '') : null;

/** What the query service of Jaeger calls itself in traces of itself: asking it must not draw it. */
const OWN = new Set(['jaeger', 'jaeger-query', 'jaeger-all-in-one']);

export const APIS: Record<'jaeger' | 'zipkin', Api> = {
  jaeger: {
    asked: {
      api: 'the Jaeger API',
      cors: 'its --query.additional-headers, or the server’s forwarder',
      /** `{errors: [{code, msg}]}` */
      errorOf(text) {
        const json = parsed(text);
        const errors = isRecord(json) && Array.isArray(json.errors) ? json.errors : [];
        const said = errors.find(isRecord)?.msg;
        return typeof said === 'string' ? said : null;
      },
    },
    services: '/api/services',
    namesIn(json) {
      if (!isRecord(json)) return null;
      return json.data === null ? [] : (namesOf(json.data)?.filter((name) => !OWN.has(name)) ?? null);
    },
    asksAll: false,
    traces: (service, from, to, limit) =>
      `/api/traces?${new URLSearchParams({
        service: service ?? '',
        // microseconds
        start: String(Math.round(from * 1000)),
        end: String(Math.round(to * 1000)),
        limit: String(limit),
      })}`,
  },
  zipkin: {
    asked: {
      api: 'the Zipkin API',
      cors: 'its ZIPKIN_QUERY_ALLOWED_ORIGINS, or the server’s forwarder',
      errorOf(text) {
        const json = parsed(text);
        if (isRecord(json) && typeof json.message === 'string') return json.message;
        return text.length < 300 && !/^\s*[<{]/.test(text) ? text.trim() || null : null;
      },
    },
    services: '/api/v2/services',
    namesIn: namesOf,
    asksAll: true,
    traces: (service, from, to, limit) =>
      `/api/v2/traces?${new URLSearchParams({
        ...(service !== null && { serviceName: service }),
        endTs: String(Math.round(to)),
        lookback: String(Math.round(to - from)),
        limit: String(limit),
      })}`,
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
