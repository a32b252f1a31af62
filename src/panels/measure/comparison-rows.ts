/** The table of comparisons: what is listed, in which order. Pure. */
import type { Comparison, Verdict } from '../../analysis/index.ts';
import { type Board, METRICS, type Metric, type Ratio, subjectKey, subjectName } from '../../graph/index.ts';

/** What can be looked at together. */
export const KINDS = ['durations', 'rates', 'errors', 'saturation'] as const;
export type Kind = (typeof KINDS)[number];

export const metricsOf = (kind: Kind): Metric[] => METRICS_OF[kind];

const METRICS_OF = Object.groupBy(Object.keys(METRICS) as Metric[], (metric): Kind => {
  if (METRICS[metric] === 'ms') return 'durations';
  if (metric === 'rate') return 'rates';
  return metric === 'errors' ? 'errors' : 'saturation';
}) as Record<Kind, Metric[]>;

export const COMPARED = ['name', 'verdict', 'ratio', 'interval'] as const;
export type ComparedBy = (typeof COMPARED)[number];
export type ComparedOrder = { by: ComparedBy; descending: boolean };

/** The same in each second: whose, of what, from which side. */
export const comparisonKey = ({ subject, metric, after, instance }: Comparison): string =>
  `${subjectKey(subject)} ${metric} ${after.side} ${instance ?? ''}`;

/** What needs a person first. */
const GRAVITY: Record<Verdict, number> = {
  slower: 3,
  higher: 3,
  "can't tell": 2,
  same: 1,
  lower: 0,
  faster: 0,
};

/** In that order; what is not known comes last, equals stand by name. By verdict: the worst that is sure first. */
export function sortComparisons(
  board: Pick<Board, 'nodes' | 'edges'>,
  comparisons: readonly Comparison[],
  { by, descending }: ComparedOrder,
): Comparison[] {
  const sign = descending ? -1 : 1;
  const keyed = comparisons.map((comparison) => ({
    comparison,
    keys: keysOf(comparison, by),
    name: `${subjectName(board, comparison.subject)} ${comparison.instance ?? ''}`,
  }));
  keyed.sort((a, b) => {
    for (const [i, x] of a.keys.entries()) {
      const y = b.keys[i] ?? null;
      if (x === y) continue;
      if (x === null) return 1;
      return y === null ? -1 : sign * (x - y);
    }
    return (by === 'name' ? sign : 1) * compare(a.name, b.name);
  });
  return keyed.map(({ comparison }) => comparison);
}

const { compare } = new Intl.Collator(undefined, { numeric: true });

function keysOf({ verdict, ratio, interval, difference }: Comparison, by: ComparedBy): (number | null)[] {
  const changed = ratio ?? difference?.value ?? null;
  const least: Ratio | null = interval?.[0] ?? difference?.interval?.[0] ?? null;
  if (by === 'verdict') return [GRAVITY[verdict], verdict === "can't tell" ? changed : (least ?? changed)];
  return by === 'ratio' ? [changed] : by === 'interval' ? [least] : [];
}
