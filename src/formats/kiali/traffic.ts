/**
 * What Kiali counted on one connection: rates are text, a second, of requests (HTTP, gRPC), of messages (gRPC when
 * asked for them) or of bytes (TCP). A rate or share of 0 is left out by Kiali (graph/config/common/common.go).
 */
import type { Fault, Milliseconds, PerSecond } from '../../graph/index.ts';
import { isObject } from '../format.ts';

type Json = Record<string, unknown>;

export type Flow = {
  protocol: string;
  /** What `rate` counts; null where the protocol is none that is known. */
  unit: 'requests' | 'messages' | 'bytes' | null;
  /** Null where Kiali gives none: an idle connection. */
  rate: PerSecond | null;
  /** How many of them failed, a second; null where that isn't said. */
  failed: PerSecond | null;
  /** How failures are counted. */
  note: string;
  /** An average or a quantile: which one is not in the file. */
  responseTime: Milliseconds | null;
  throughput: number | null;
};

/** Kiali's numbers are text; whoever passed them on may have made numbers of them. */
export function numberIn(value: unknown): number | null {
  const isNumeral = typeof value === 'string' && /^\d{1,20}(?:\.\d{1,20})?(?:[eE][-+]?\d{1,3})?$/.test(value);
  const number = isNumeral ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : null;
}

const NAMES: Readonly<Record<string, string>> = { http: 'HTTP', grpc: 'gRPC', tcp: 'TCP' };
const LARGEST_RATE = 1e12;

/** @param broken takes what is no number */
export function flowOf(edge: Json, path: string, broken: Fault[]): Flow {
  const isOld = !isObject(edge.traffic) && edge.rate !== undefined;
  const traffic = isObject(edge.traffic) ? edge.traffic : isOld ? oldTraffic(edge) : {};
  const rates = isObject(traffic.rates) ? traffic.rates : {};
  /** Undefined where Kiali says nothing, null where it says what is no number. */
  const figure = (holder: Json, key: string, at: string): number | null | undefined => {
    const value = Object.hasOwn(holder, key) ? holder[key] : undefined;
    if (value === undefined || value === null) return undefined;
    const number = numberIn(value);
    if (number !== null && number <= LARGEST_RATE) return number;
    broken.push({ path: `${at}${key}`, reason: 'must be a number, not negative; left out' });
    return null;
  };
  const rateOf = (key: string) => figure(rates, key, `${path}.traffic.rates.`);
  const key = typeof traffic.protocol === 'string' ? traffic.protocol.slice(0, 63) : '';
  const known = Object.hasOwn(NAMES, key) ? NAMES[key]! : null;
  const rate = known ? (rateOf(key) ?? null) : null;
  return {
    protocol: known ?? key,
    ...{ unit: unitOf(key, traffic.responses), rate },
    ...failuresOf(key, rate, rateOf, traffic.responses),
    responseTime: responseTimeOf(figure(edge, 'responseTime', `${path}.`) ?? null, isOld),
    throughput: figure(edge, 'throughput', `${path}.`) ?? null,
  };
}

/** Before Kiali told protocols apart (0.15), an edge had its rates itself, and they were of HTTP; times were in seconds. */
const oldTraffic = ({ rate, rate4XX, rate5XX, percentErr }: Json): Json => ({
  protocol: 'http',
  rates: { http: rate, http4xx: rate4XX, http5xx: rate5XX, httpPercentErr: percentErr },
});
const responseTimeOf = (value: number | null, isOld: boolean): Milliseconds | null =>
  value === null || !isOld ? value : Math.round(value * 1e6) / 1000;

function unitOf(protocol: string, responses: unknown): Flow['unit'] {
  if (protocol === 'http') return 'requests';
  if (protocol === 'tcp') return 'bytes';
  if (protocol !== 'grpc') return null;
  // Requests end with a status, messages have none.
  const statuses = isObject(responses) ? Object.keys(responses) : [];
  return statuses.length > 0 && statuses.every((status) => status === '-') ? 'messages' : 'requests';
}

/** A share that Kiali states and doesn't split can't be told from one of answers that the caller brought about. */
function failuresOf(
  protocol: string,
  rate: number | null,
  rateOf: (key: string) => number | null | undefined,
  responses: unknown,
): Pick<Flow, 'failed' | 'note'> {
  if (protocol === 'http') {
    const isUnsplit = rateOf('httpPercentErr') !== undefined && rateOf('http4xx') === undefined;
    const stated = rateOf('http5xx');
    const failed = stated === undefined && !isUnsplit ? 0 : (stated ?? null);
    const lost = (rate ?? 0) * lostShare(responses);
    return {
      failed: failed === null ? null : failed + lost,
      note: 'answers of 500 and above, and requests that never arrived or got no answer',
    };
  }
  if (protocol !== 'grpc') return { failed: null, note: '' };
  const [failed, share] = [rateOf('grpcErr'), rateOf('grpcPercentErr')];
  const byShare = share === undefined ? 0 : share === null || rate === null ? null : (rate * share) / 100;
  return { failed: failed === undefined ? byShare : failed, note: 'gRPC statuses other than OK' };
}

/** Envoy's response flags: no connection, no healthy target, too many waiting, no route, no cluster. */
const NEVER_ARRIVED = new Set(['UF', 'UH', 'UO', 'NR', 'NC']);

/** Share of requests without an answer of the target, besides those that were answered with 5xx for it. */
function lostShare(responses: unknown): number {
  if (!isObject(responses)) return 0;
  const percents = Object.entries(responses).flatMap(([code, detail]) => {
    if (Number(code) >= 500 || !isObject(detail) || !isObject(detail.flags)) return [];
    const isUnanswered = code === '0' || code === '-';
    return Object.entries(detail.flags).map(([flags, percent]) =>
      isUnanswered || flags.split(',').some((flag) => NEVER_ARRIVED.has(flag)) ? (numberIn(percent) ?? 0) : 0,
    );
  });
  return Math.min(1, percents.reduce((sum, percent) => sum + percent, 0) / 100);
}
