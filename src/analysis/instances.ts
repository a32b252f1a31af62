/** Instances beside each other: which is the worst, by how much they differ, and what only their number changed. */
import {
  formatChange,
  formatQuantile,
  METRIC_NAMES,
  type Metric,
  mergeDistributions,
  quantile,
  type Ratio,
  type Reading,
  type Snapshot,
  type Subject,
} from '../graph/index.ts';
import { readingsThen, readingThen } from './baseline.ts';

export type InstanceFigure = { instance: string; value: number; reading: Reading };
export type Spread = {
  /** The highest first; at least two. */
  figures: readonly InstanceFigure[];
  /** The highest ÷ the median; null where the median is 0. */
  skew: Ratio | null;
};

/**
 * One figure of each instance, as one source saw them from one side: real before simulated, the callee's instances
 * before the caller's, many before few. Null where fewer than two are told apart.
 * @param q which quantile, where the metric is a distribution
 */
export function spreadOf(readings: readonly Reading[], metric: Metric, q: number): Spread | null {
  const views = Map.groupBy(
    readings.filter((each) => each.metric === metric && isOfInstance(each)),
    ({ provenance, side }) => `${provenance.source}\n${side}`,
  );
  let best: InstanceFigure[] = [];
  for (const view of views.values()) {
    const figures = figuresOf(view, q);
    if (figures.length > 1 && (best.length === 0 || rank(figures) > rank(best))) best = figures;
  }
  if (best.length === 0) return null;
  const figures = best.sort((a, b) => b.value - a.value || compareNames(a.instance, b.instance));
  const middle = medianOf(figures);
  return { figures, skew: middle > 0 ? figures[0]!.value / middle : null };
}

const isOfInstance = ({ instance, operation }: Reading) => instance !== null && operation === undefined;
const { compare: compareNames } = new Intl.Collator('en', { numeric: true });

function rank([first, ...others]: readonly InstanceFigure[]): number {
  const { provenance, side } = first!.reading;
  const bySide = side === 'callee' ? 2 : side === null ? 1 : 0;
  return (provenance.simulated ? 0 : 1e9) + bySide * 1e8 + Math.min(others.length, 1e8 - 1);
}

function figuresOf(readings: readonly Reading[], q: number): InstanceFigure[] {
  return readings.flatMap((reading) => {
    const value = numberOf(reading, q);
    return value === null || reading.instance === null
      ? []
      : [{ instance: reading.instance, value, reading }];
  });
}

const numberOf = ({ value }: Reading, q: number): number | null =>
  typeof value === 'number' ? value : (quantile(value, q)?.value ?? null);

/** Of an even number the mean of the two in the middle, as PromQL's `quantile(.5, …)` has it. */
function medianOf(sorted: readonly InstanceFigure[]): number {
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)]!.value + sorted[Math.ceil(half)]!.value) / 2;
}

/**
 * What a node's instances took for all that came to them, from what was measured on its edges, edge by edge. Where
 * distributions can't be merged the slowest speaks for its instance.
 */
export function overEdges(node: Subject, edges: readonly (readonly Reading[])[], q: number): Reading[] {
  const ofCallee = edges
    .flat()
    .filter((each) => each.metric === 'latency' && each.side !== 'caller' && isOfInstance(each));
  const byInstance = Map.groupBy(ofCallee, ({ instance, side, provenance }) =>
    JSON.stringify([provenance.source, side, instance]),
  );
  return [...byInstance.values()].map((readings): Reading => {
    const slowest = readings.reduce((a, b) => ((numberOf(b, q) ?? 0) > (numberOf(a, q) ?? 0) ? b : a));
    const merged = mergeDistributions(
      readings.flatMap(({ value }) => (typeof value === 'number' ? [] : [value])),
    );
    return { ...slowest, subject: node, value: merged ?? slowest.value };
  });
}

export type CountChange = {
  subject: Subject;
  kind: 'instance count';
  metric: Metric;
  before: number;
  now: number;
  /** The aggregate now ÷ before. */
  ratio: Ratio;
  sentence: string;
};

/** Within so many doublings a figure is called the same (±20 %), as on the edges. */
const SAME = 0.26;
const isSame = (a: number, b: number) => a === b || (a > 0 && b > 0 && Math.abs(Math.log2(a / b)) <= SAME);

/**
 * An aggregate that moved although its instances did not: the median and the highest of them are as they were, and
 * only how many there are has changed. A rate that is not told per instance is shared out evenly.
 * @param spoken a reading of all instances together
 * @param readings all that is known of the same subject now
 */
export function countChange(
  spoken: Reading,
  readings: readonly Reading[],
  baseline: Snapshot | null,
  q: number,
): CountChange | null {
  const then = baseline && spoken.instance === null ? readingThen(baseline, spoken) : null;
  if (!baseline || !then) return null;
  const [a, b] = [numberOf(then, q), numberOf(spoken, q)];
  if (a === null || b === null || !(a > 0) || !(b > 0) || isSame(a, b)) return null;
  const before = instancesOf(then, readingsThen(baseline, spoken.subject), q);
  const now = instancesOf(spoken, readings, q);
  if (!before || !now || before.count === now.count) return null;
  if (!isSame(before.median, now.median) || !isSame(before.highest, now.highest)) return null;
  const { metric, subject } = spoken;
  const ratio = b / a;
  const what = typeof spoken.value === 'number' ? METRIC_NAMES[metric] : formatQuantile(q);
  const why = `only because there ${now.count === 1 ? 'is 1 instance' : `are ${now.count} instances`} now and ${before.count} before`;
  const sentence = `${what} ${formatChange(ratio)} ${why}: each of them is as it was.`;
  return { subject, kind: 'instance count', metric, before: before.count, now: now.count, ratio, sentence };
}

function instancesOf(whole: Reading, readings: readonly Reading[], q: number) {
  const { metric, side, provenance, instances, value } = whole;
  const own = readings.filter(
    (each) =>
      each.metric === metric &&
      each.side === side &&
      each.provenance.source === provenance.source &&
      isOfInstance(each),
  );
  const figures = figuresOf(own, q).sort((a, b) => b.value - a.value);
  if (figures.length > 0)
    return { count: figures.length, median: medianOf(figures), highest: figures[0]!.value };
  if (metric !== 'rate' || typeof value !== 'number' || instances === null || instances < 1) return null;
  return { count: instances, median: value / instances, highest: value / instances };
}
