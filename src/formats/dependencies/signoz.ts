/**
 * What SigNoz says beside the count of a link (`/api/v1/dependency_graph`): calls a second, percent failed, and
 * quantiles of durations in nanoseconds, of spans of either side.
 */
import type { Milliseconds, Reading } from '../../graph/index.ts';

export type Figures = {
  figures: Pick<Reading, 'metric' | 'value'>[];
  /** The time that was counted over; 0 where nothing was. */
  window: Milliseconds;
};

const QUANTILES = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99 };
/** A year. */
const LONGEST: Milliseconds = 3.2e10;

const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** Null for a link that is not SigNoz's. */
export function signozFigures(link: Readonly<Record<string, unknown>>): Figures | null {
  const { callCount, callRate, errorRate } = link;
  if (!isAmount(callCount) || !isAmount(callRate) || !isAmount(errorRate) || errorRate > 100) return null;
  const points = Object.entries(QUANTILES).flatMap(([name, q]) => {
    const value = isAmount(link[name]) ? Math.round(link[name]) / 1e6 : Number.NaN;
    return value <= LONGEST ? [{ q, value }] : [];
  });
  return {
    figures: [
      { metric: 'rate', value: callRate },
      { metric: 'errors', value: errorRate / 100 },
      ...(points.length > 0
        ? [{ metric: 'latency' as const, value: { type: 'quantiles' as const, points } }]
        : []),
    ],
    window: callRate > 0 ? Math.round((callCount / callRate) * 1000) : 0,
  };
}
