/** Measured figures in words: value, bounds, unit, side, samples, age. Pure. */
import { baselineLatency } from '../../analysis/index.ts';
import {
  type Distribution,
  formatAge,
  formatCount,
  formatDuration,
  formatMetric,
  METRICS,
  type Milliseconds,
  mean,
  type Quantile,
  quantile,
  type Ratio,
  type Reading,
  type Snapshot,
  type Units,
} from '../../graph/index.ts';

/** `182 ms`; `≥ 10 s` in an open last bucket. */
export const quantileText = ({ value, high }: Quantile, units: Units): string =>
  high === Number.POSITIVE_INFINITY ? `≥ ${formatDuration(value, units)}` : formatDuration(value, units);

/** What a quantile may really be, where its source knows no more than a bucket: `175–200 ms`, `800 µs – 1.2 ms`. */
export function boundsText({ low, high }: Quantile, units: Units = 'auto'): string | null {
  if (low === high || high === Number.POSITIVE_INFINITY) return null;
  const [from, fromUnit] = formatDuration(low, units).split(' ');
  const to = formatDuration(high, units);
  return low === 0 || to === `${to.split(' ')[0]} ${fromUnit}`
    ? `${from}–${to}`
    : `${formatDuration(low, units)} – ${to}`;
}

/** The latency of a reading; null where it is not a distribution. */
export const distributionOf = (reading: Reading | null | undefined): Distribution | null =>
  reading && typeof reading.value !== 'number' ? reading.value : null;

export type QuantileFigure = { text: string; bounds: string | null; ratio: Ratio | null };

/** One quantile of a latency, and its ratio to the baseline's. */
export function quantileFigure(
  reading: Reading,
  q: number,
  baseline: Snapshot | null,
  units: Units = 'auto',
): QuantileFigure | null {
  const distribution = distributionOf(reading);
  const found = distribution && quantile(distribution, q);
  if (!found) return null;
  const before = baselineLatency(baseline, reading, q);
  const ratio = before !== null && before > 0 && found.value > 0 ? found.value / before : null;
  return { text: quantileText(found, units), bounds: boundsText(found, units), ratio };
}

/**
 * The latency that speaks for an edge, and beside it what the other end measured, if one source knows both.
 */
export function bothSides(readings: readonly Reading[], best: Reading | null): Reading[] {
  if (!best) return [];
  const other = readings.find(
    (each) =>
      each.metric === best.metric &&
      each.instance === best.instance &&
      each.operation === undefined &&
      each.provenance.source === best.provenance.source &&
      each.side !== best.side &&
      each.side !== null &&
      best.side !== null,
  );
  return other ? [best, other] : [best];
}

/**
 * Mean time between the two ends: network and queue. Means may be subtracted and quantiles not; 'unknown' where an end
 * has no mean (`mean`), null where there is one end only.
 */
export function meanGap(sides: readonly Reading[]): Milliseconds | 'unknown' | null {
  if (sides.length < 2) return null;
  const meanOf = (side: 'caller' | 'callee') => {
    const found = distributionOf(sides.find((each) => each.side === side));
    return found && mean(found);
  };
  const [caller, callee] = [meanOf('caller'), meanOf('callee')];
  return caller === null || callee === null ? 'unknown' : caller - callee;
}

/** A rate of all instances, as one of them has on average; null where nobody says how many there are. */
export function sharedOut(reading: Reading | null): Reading | null {
  if (reading?.metric !== 'rate' || typeof reading.value !== 'number') return null;
  const { instance, instances, value } = reading;
  return instance === null && instances !== null && instances >= 1
    ? { ...reading, value: value / instances }
    : null;
}

/** A figure of any metric with its unit; of a distribution the q-quantile. A dash where there is none. */
export function figureText(reading: Reading | null, q: number, units: Units = 'auto'): string {
  if (!reading) return '–';
  if (typeof reading.value !== 'number') {
    const found = quantile(reading.value, q);
    return found ? quantileText(found, units) : '–';
  }
  const text = formatMetric(reading.metric, reading.value, units);
  return METRICS[reading.metric] === 'messages' ? `${text} messages` : text;
}

/** `catalog-2 · caller side · over 1 min · 1.2k samples`. */
export function basisText({ side, window, samples, instance, instances, provenance }: Reading): string {
  const parts = [
    instance,
    side && `${side} side`,
    window > 0 && `over ${formatDuration(window)}`,
    samples !== null && `${formatCount(samples)} samples`,
    instances !== null && `${instances} ${instances === 1 ? 'instance' : 'instances'}`,
    provenance.note,
  ];
  return parts.filter(Boolean).join(' · ');
}

/** `now`, `4 s ago`. */
export function agoText(age: Milliseconds): string {
  const words = formatAge(age);
  return words === 'now' ? words : `${words} ago`;
}
