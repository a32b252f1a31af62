/** The table of edges: rows from board and readings, and their order. Pure. */
import { baselineLatency } from '../../analysis/index.ts';
import {
  type Board,
  edgeName,
  type Id,
  type Metric,
  type Milliseconds,
  type PerSecond,
  quantile,
  type Ratio,
  type Reading,
  type Snapshot,
  type Subject,
} from '../../graph/index.ts';
import { distributionOf, sharedOut } from '../live/figures.ts';

export type MeasureRow = {
  id: Id;
  name: string;
  /** Of the chosen quantile. Null is "not measured", which is not zero. */
  value: Milliseconds | null;
  baseline: Milliseconds | null;
  ratio: Ratio | null;
  rate: PerSecond | null;
  errors: Ratio | null;
  stale: boolean;
  /** The one instance that the latency is of. */
  instance: string | null;
};

export const COLUMNS = ['name', 'value', 'baseline', 'ratio', 'rate', 'errors'] as const;
export type Column = (typeof COLUMNS)[number];
export type Order = { by: Column; descending: boolean };

export type Measured = {
  best: (subject: Subject, metric: Metric) => Reading | null;
  q: number;
  baseline: Snapshot | null;
  /** Rates are shared out over the instances. */
  perInstance?: boolean;
  isStale: (reading: Reading) => boolean;
};

/** One edge's row. */
export function rowOf(
  id: Id,
  name: string,
  { best, q, baseline, perInstance, isStale }: Measured,
): MeasureRow {
  const subject: Subject = { type: 'edge', id };
  const latency = best(subject, 'latency');
  const distribution = distributionOf(latency);
  const value = (distribution && quantile(distribution, q)?.value) ?? null;
  const before = latency && baselineLatency(baseline, latency, q);
  const numberOf = (metric: Metric) => {
    const found = best(subject, metric);
    const reading = perInstance && metric === 'rate' && found?.instance === null ? sharedOut(found) : found;
    return typeof reading?.value === 'number' ? reading.value : null;
  };
  return {
    id,
    name,
    value,
    baseline: before,
    ratio: value !== null && before !== null && before > 0 ? value / before : null,
    rate: numberOf('rate'),
    errors: numberOf('errors'),
    stale: latency !== null && isStale(latency),
    instance: latency?.instance ?? null,
  };
}

const { compare } = new Intl.Collator(undefined, { numeric: true });

/** In that order; what was not measured always comes last, and equals stand by name. */
export function sortRows(rows: readonly MeasureRow[], { by, descending }: Order): MeasureRow[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const x = a[by];
    const y = b[by];
    if (x === y) return compare(a.name, b.name);
    if (x === null) return 1;
    if (y === null) return -1;
    return sign * (typeof x === 'string' ? compare(x, String(y)) : x - Number(y));
  });
}

/** Names of all edges, once per board. */
export const edgeNames = (board: Pick<Board, 'nodes' | 'edges'>): [Id, string][] =>
  Object.keys(board.edges).map((id) => [id, edgeName(board, id)]);
