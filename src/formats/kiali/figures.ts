/** Flows of a link → its readings, its words, and what had to be left out, with how often. */
import type { EpochMs, Milliseconds, Provenance, Reading, Subject } from '../../graph/index.ts';
import type { Link } from './parts.ts';
import type { Flow } from './traffic.ts';

export type Coverage = { at: EpochMs; window: Milliseconds; provenance: Provenance };

/**
 * Rate and errors of a link. Latencies are none of them: Kiali's response time is an average or a quantile, as it was
 * asked, and the file doesn't say which.
 */
export function figuresOf(
  { flows }: Link,
  subject: Subject,
  { at, window, provenance }: Coverage,
): Reading[] {
  const common = { subject, at, window, instance: null, instances: null, side: null, samples: null };
  const of = (unit: Flow['unit']) => flows.flatMap((flow) => (flow.unit === unit && flow.rate ? [flow] : []));
  const requests = of('requests');
  const counted = requests.length > 0 ? requests : of('messages');
  if (counted.length === 0) return [];
  const rate = counted.reduce((sum, flow) => sum + (flow.rate ?? 0), 0);
  const noted = (note: string): Provenance => (note === '' ? provenance : { ...provenance, note });
  const isMessages = requests.length === 0;
  const whatIs = isMessages ? 'messages, not requests' : '';
  const readings: Reading[] = [{ ...common, metric: 'rate', value: rate, provenance: noted(whatIs) }];
  if (isMessages || counted.some(({ failed }) => failed === null)) return readings;
  const failed = counted.reduce((sum, flow) => sum + (flow.failed ?? 0), 0);
  const notes = counted.map(({ note }) => note).join('; ');
  // Rates are rounded each for itself.
  const value = Math.min(1, failed / rate);
  readings.push({ ...common, metric: 'errors', value, provenance: noted(notes) });
  return readings;
}

export const protocolOf = ({ flows }: Link): string | null =>
  flows.flatMap(({ protocol }) => protocol || []).join(', ') || null;

/** What is known of a link and no reading, in words. */
export function wordsOf({ flows }: Link, at: EpochMs | null): string | null {
  const times = new Set(flows.flatMap(({ responseTime }) => (responseTime === null ? [] : [responseTime])));
  if (times.size === 0) return null;
  const when = at === null ? '' : ` at ${new Date(at).toISOString()}`;
  return `Kiali’s response time${when}: ${[...times].join(', ')} ms, an average or a quantile; which of them it does not say.`;
}

export function remarksOf(links: readonly Link[]): string[] {
  const flows = links.flatMap((link) => link.flows);
  const several = (link: Link) => (unit: Flow['unit']) =>
    link.flows.some((flow) => flow.unit === unit && flow.rate);
  const counts: [reason: string, count: number][] = [
    [
      'response times are an average or a quantile and the graph does not say which, so that they are in the descriptions of edges and not in their latency',
      flows.filter(({ responseTime }) => responseTime !== null).length,
    ],
    [
      'bytes a second of TCP, which are no rate of requests and were left out',
      flows.filter(({ unit, rate }) => unit === 'bytes' && rate).length,
    ],
    ['throughputs in bytes a second, left out', flows.filter(({ throughput }) => throughput !== null).length],
    [
      'edges whose gRPC rate is of messages, not of requests',
      links.filter((link) => several(link)('messages') && !several(link)('requests')).length,
    ],
    [
      'rates of gRPC messages, left out beside those of requests',
      links.filter((link) => several(link)('messages') && several(link)('requests')).length,
    ],
    ['connections without a rate', flows.filter(({ rate }) => rate === null).length],
    [
      'parts joined over several protocols, by one edge',
      links.filter((link) => link.flows.length > 1).length,
    ],
  ];
  return counts.flatMap(([reason, count]) => (count > 0 ? [`${reason}: ${count}`] : []));
}
