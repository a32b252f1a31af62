/** Figures of a data set as the product has them. */
import { type Distribution, type Metric, type Reading, type Snapshot, snapshotSchema } from './product.ts';

/**
 * A mean and some quantiles as the histogram that says just that: between two quantiles lies the share that is between
 * them, and all add up to the mean. Null where not even a mean or a quantile is known.
 */
export function distributionOf(
  given: { mean: number | null; quantiles: readonly (readonly [q: number, value: number | null])[] },
  count: number,
): Distribution | null {
  const points = given.quantiles.flatMap(([q, value]) => (value === null ? [] : [{ q, value }]));
  if (given.mean === null) return points.length > 0 ? { type: 'quantiles', points } : null;
  const bounds: (number | null)[] = [];
  const counts: number[] = [];
  let below = 0;
  for (const { q, value } of points) {
    // several quantiles of few requests are one and the same
    if (value === bounds.at(-1)) counts[counts.length - 1]! += (q - below) * count;
    else if (value > (bounds.at(-1) ?? Number.NEGATIVE_INFINITY)) {
      bounds.push(value);
      counts.push((q - below) * count);
    } else continue;
    below = q;
  }
  bounds.push(null);
  counts.push((1 - below) * count);
  return { type: 'histogram', bounds, counts, sum: given.mean * count };
}

export type Told = {
  subject: Reading['subject'];
  metric: Metric;
  value: Reading['value'] | null;
  /** Epoch ms at the window's end. */
  at: number;
  window: number;
  side?: Reading['side'];
  instance?: string | null;
  samples?: number | null;
};

/** @returns nothing where there is no value: no data is not zero */
export function readingsOf(source: string, told: readonly Told[]): Reading[] {
  return told.flatMap(({ value, side = null, instance = null, samples = null, ...rest }) =>
    value === null
      ? []
      : [
          {
            ...{ ...rest, value, side, instance, samples, instances: null },
            provenance: { source, label: source, simulated: false },
          },
        ],
  );
}

/** Checked by the product's own schema. */
export function snapshotOf(id: string, readings: readonly Reading[], window: number): Snapshot | null {
  if (readings.length === 0) return null;
  const at = Math.max(...readings.map((each) => each.at));
  return snapshotSchema.parse({ id, name: id, at, window, readings: [...readings] });
}
