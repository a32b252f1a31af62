/** X-Ray's statistics of a service or an edge → readings. Times are seconds there. */
import type { Distribution, EpochMs, Milliseconds, Provenance, Reading, Subject } from '../../graph/index.ts';
import { isObject } from '../format.ts';

type Json = Record<string, unknown>;

/** A window and its end. */
export type Spell = { at: EpochMs; window: Milliseconds };
export type Of = Spell & { subject: Subject; side: Reading['side']; provenance: Provenance };

/** Single durations kept; beyond it a histogram says it in less. */
const MOST_SAMPLES = 1000;
/** X-Ray rounds durations to milliseconds, longer ones to three digits: a value stands for what is this much below it. */
const ROUNDING = 0.005;
const LAST_MOMENT = 8.64e15;
const LONGEST_SECONDS = 1e9;

const countIn = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 && value < 1e15 ? value : null;

/** Seconds since 1970, or a date in ISO 8601, as the command line has it. */
export function momentIn(value: unknown): EpochMs | null {
  const isDate =
    typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ][\d:.]{5,20}(?:Z|[-+]\d\d:?\d\d)$/.test(value);
  const moment = isDate
    ? Date.parse(value.replace(' ', 'T'))
    : typeof value === 'number'
      ? value * 1000
      : Number.NaN;
  return Number.isFinite(moment) && moment > 0 && moment <= LAST_MOMENT ? moment : null;
}

export function readingsOf(json: Json, { window, ...of }: Of): Reading[] {
  const summary = isObject(json.SummaryStatistics) ? json.SummaryStatistics : {};
  const total = countIn(summary.TotalCount);
  const common = { ...of, window, instance: null, instances: null, samples: total };
  const readings: Reading[] = [];
  if (total !== null && window > 0)
    readings.push({ ...common, metric: 'rate', value: total / (window / 1000) });
  const faults = isObject(summary.FaultStatistics) ? countIn(summary.FaultStatistics.TotalCount) : null;
  if (total !== null && total > 0 && faults !== null && faults <= total) {
    const provenance = {
      ...of.provenance,
      note: 'faults, of sampled requests; errors of the caller are none',
    };
    readings.push({ ...common, metric: 'errors', value: faults / total, provenance });
  }
  const latency = distributionOf(json.ResponseTimeHistogram, total, countIn(summary.TotalResponseTime));
  if (latency) readings.push({ ...common, metric: 'latency', ...latency });
  return readings;
}

/**
 * X-Ray's histogram is a list of rounded durations and how often each was measured, no buckets: few are samples, many a
 * histogram with a narrow bucket for each.
 */
function distributionOf(
  histogram: unknown,
  total: number | null,
  seconds: number | null,
): { value: Distribution; samples: number } | null {
  const counts = new Map<Milliseconds, number>();
  for (const entry of Array.isArray(histogram) ? histogram : []) {
    const [value, count] = isObject(entry) ? [countIn(entry.Value), countIn(entry.Count)] : [null, null];
    if (value !== null && value < LONGEST_SECONDS && count !== null && count > 0)
      counts.set(value * 1000, (counts.get(value * 1000) ?? 0) + count);
  }
  const entries = [...counts].sort(([a], [b]) => a - b);
  const samples = entries.reduce((sum, [, count]) => sum + count, 0);
  if (samples === 0) return null;
  if (samples <= MOST_SAMPLES && entries.every(([, count]) => Number.isInteger(count)))
    return {
      value: { type: 'samples', values: entries.flatMap(([ms, count]) => Array(count).fill(ms)) },
      samples,
    };
  const value: Extract<Distribution, { type: 'histogram' }> = { type: 'histogram', bounds: [], counts: [] };
  for (const [ms, count] of entries) {
    const below = ms * (1 - ROUNDING);
    if (below > (value.bounds.at(-1) ?? 0)) {
      value.bounds.push(below);
      value.counts.push(0);
    }
    value.bounds.push(ms);
    value.counts.push(count);
  }
  if (seconds !== null && total === samples) value.sum = seconds * 1000;
  return { value, samples };
}
