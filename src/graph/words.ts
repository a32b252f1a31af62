/** Measured values as a person reads them: three significant digits, the unit always. */
import { METRICS, type Metric } from './reading.ts';
import type { Milliseconds, PerSecond, Ratio } from './units.ts';

function threeDigits(value: number): string {
  if (value === 0) return '0';
  // Little is not nothing.
  if (Math.abs(value) < 0.0005) return value > 0 ? '<0.001' : '>-0.001';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const rounded = Number(value.toPrecision(3));
  return rounded
    .toFixed(Math.min(digits, 3))
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

export const UNITS = ['auto', 'ms', 's'] as const;
/** How durations are written: in the unit that fits their size, or always in one, to be compared by eye. */
export type Units = (typeof UNITS)[number];

/** `87 µs`, `4.21 ms`, `182 ms`, `1.2 s`, `2 min 5 s`. */
export function formatDuration(ms: Milliseconds, units: Units = 'auto'): string {
  const size = Math.abs(ms);
  if (units !== 'auto' && Number.isFinite(ms))
    return `${threeDigits(units === 'ms' ? ms : ms / 1000)} ${units}`;
  if (size === 0) return '0 ms';
  if (size === Number.POSITIVE_INFINITY) return ms > 0 ? '∞' : '-∞';
  if (size < 0.9995) return `${threeDigits(ms * 1000)} µs`;
  if (size < 999.5) return `${threeDigits(ms)} ms`;
  if (size < 119_500) return `${threeDigits(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.trunc(seconds / 60)} min ${Math.abs(seconds % 60)} s`;
}

/** `0.4 /s`, `1230 /s`. */
export const formatRate = (rate: PerSecond): string =>
  `${Math.abs(rate) >= 999.5 ? Math.round(rate) : threeDigits(rate)} /s`;

/** `0.5 %`, `100 %`. */
export const formatShare = (share: Ratio): string => `${threeDigits(share * 100)} %`;

/** Change against a baseline: `↑3.2×`, `↓2×`, `≈` within a tenth. Ratio is now ÷ baseline, above 0. */
export function formatChange(ratio: Ratio): string {
  if (ratio > 1 / 1.1 && ratio < 1.1) return '≈';
  const factor = ratio >= 1 ? ratio : 1 / ratio;
  const digits = factor < 9.95 ? factor.toFixed(1).replace(/\.0$/, '') : String(Math.round(factor));
  return `${ratio >= 1 ? '↑' : '↓'}${digits}×`;
}

/** How long ago: `now`, `4 s`, `3 min`, `2 h`. */
export function formatAge(age: Milliseconds): string {
  const seconds = Math.max(0, Math.round(age / 1000));
  if (seconds < 2) return 'now';
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** Whole things: `0`, `950`, `12.3k`, `4.2M`. */
export function formatCount(count: number): string {
  const size = Math.abs(count);
  if (size < 999.5) return threeDigits(count);
  if (size < 999_500) return `${threeDigits(count / 1000)}k`;
  return `${threeDigits(count / 1e6)}M`;
}

/** Of a distribution those that are shown. */
export const QUANTILES = [0.5, 0.95, 0.99] as const;

/** `p95`, `p99.9`. */
export const formatQuantile = (q: Ratio): string => `p${Number((q * 100).toFixed(4))}`;

/** `1.2 GiB`, `640 MiB`, `12 B`. */
export function formatBytes(bytes: number): string {
  const names = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = bytes;
  let name = 0;
  while (Math.abs(size) >= 999.5 && name < names.length - 1) {
    size /= 1024;
    name++;
  }
  return `${threeDigits(size)} ${names[name]}`;
}

/** A number of a metric with its unit. */
export function formatMetric(metric: Metric, value: number, units: Units = 'auto'): string {
  switch (METRICS[metric]) {
    case 'ratio':
      return formatShare(value);
    case '1/s':
      return formatRate(value);
    case 'ms':
      return formatDuration(value, units);
    case 'bytes':
      return formatBytes(value);
    case 'bytes/s':
      return `${formatBytes(value)}/s`;
    case 'messages':
    case 'count':
      return formatCount(value);
  }
}

export const METRIC_NAMES: Record<Metric, string> = {
  latency: 'Latency',
  rate: 'Rate',
  errors: 'Errors',
  'own time': 'Own time',
  'critical path': 'On the critical path',
  cpu: 'CPU',
  throttled: 'CPU throttled',
  memory: 'Memory',
  'memory use': 'Memory in use',
  'thread use': 'Threads in use',
  'pool use': 'Pool in use',
  'pool waiting': 'Waiting for the pool',
  'pool wait': 'Wait for the pool',
  'event loop lag': 'Event loop lag',
  'gc pause': 'Paused for GC',
  'disk busy': 'Disk busy',
  'disk io': 'Disk I/O',
  'queue depth': 'Queue depth',
  'queue unacked': 'Unacknowledged',
  'queue wait': 'Wait in queue',
  'lag time': 'Lag',
  'consumer capacity': 'Consumer capacity',
  consumers: 'Consumers',
  prefetch: 'Prefetch',
};
