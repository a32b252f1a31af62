/** Nezha's traces, a minute at a time: as they were added up beforehand, or else span by span. */
import { join } from 'node:path';
import { jsonOf } from './files.ts';
import type { Minutes } from './nezha-metrics.ts';
import type { Metric, Reading } from './product.ts';
import { distributionOf, type Told } from './readings.ts';

const MINUTE = 60_000;

type Figure = { n: number; p50?: number; p95?: number; p99?: number; mean: number };
type Minute = {
  phase?: string;
  nodes?: Record<string, { inclusive_ms?: Figure; exclusive_ms?: Figure }>;
  edges?: Record<string, { server_ms?: Figure; client_ms?: Figure }>;
};
type Derived = { minutes: Record<string, Minute> };

export function traceMinutes(root: string, date: string): Minutes {
  const derived = jsonOf(join(root, 'derived', `${date}-edges-per-minute.json`)) as Derived | null;
  if (!derived) return [];
  const seen = new Set<string>();
  const isFaultFree = ({ phase }: Minute): boolean => phase === 'fault-free';
  const known = Object.entries(derived.minutes).sort(
    ([a, one], [b, other]) => Number(isFaultFree(other)) - Number(isFaultFree(one)) || a.localeCompare(b),
  );
  return known.map(([time, minute]) => {
    const { nodes = {}, edges = {} } = minute;
    const at = Date.parse(`${date}T${time}:00Z`) + MINUTE;
    const told: Told[] = [];
    const put = (
      subject: Reading['subject'],
      metric: Metric,
      figure: Figure | undefined,
      side: Reading['side'] = null,
    ) => {
      if (!figure || !(figure.n > 0)) return;
      const quantiles = [
        [0.5, figure.p50 ?? null],
        [0.95, figure.p95 ?? null],
        [0.99, figure.p99 ?? null],
      ] as const;
      const value = distributionOf({ mean: figure.mean, quantiles }, figure.n);
      told.push({ subject, metric, value, at, window: MINUTE, side, samples: figure.n });
    };
    const count = (subject: Reading['subject'], figure: Figure | undefined) => {
      if (figure)
        told.push({ subject, metric: 'rate', value: figure.n / 60, at, window: MINUTE, samples: figure.n });
    };
    // what was called before and isn't in any trace of a minute was called 0 times in it
    for (const id of seen) if (!edges[id]) count({ type: 'edge', id }, { n: 0, mean: 0 });
    for (const id of Object.keys(edges)) seen.add(id);
    for (const [id, { inclusive_ms, exclusive_ms }] of Object.entries(nodes)) {
      const subject = { type: 'node' as const, id };
      put(subject, 'latency', inclusive_ms, 'callee');
      put(subject, 'own time', exclusive_ms);
      count(subject, inclusive_ms);
    }
    for (const [id, { server_ms, client_ms }] of Object.entries(edges)) {
      const subject = { type: 'edge' as const, id };
      put(subject, 'latency', client_ms, 'caller');
      put(subject, 'latency', server_ms, 'callee');
      count(subject, client_ms ?? server_ms);
    }
    return { at, source: 'traces', isFaultFree: isFaultFree(minute), told };
  });
}
