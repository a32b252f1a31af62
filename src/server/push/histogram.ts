/**
 * Durations on the grid that trace files are thinned to, too, so that both merge. Up to 2^-10 ms (1 µs) is one bucket,
 * and so is beyond 2^23 ms (2.3 h).
 */
import {
  type Distribution,
  gridBound,
  gridIndex,
  type Milliseconds,
  PER_DOUBLING,
} from '../../graph/index.ts';

const FIRST = -10 * PER_DOUBLING;
const LAST = 23 * PER_DOUBLING;
const SMALLEST: Milliseconds = 2 ** -10;
/** The index of the open bucket, beyond the last bound. */
const OPEN = LAST + 1;
/** Buckets that a histogram grows by, so that it need not grow for each. */
const SLACK = 3;
/** Of a histogram besides its buckets, as V8 lays it out, with its place in a map; and of a bucket. Bytes. */
const FRAME = 200;
const BUCKET = 8;

/** One series in one slot of time. */
export type Cell = {
  calls: number;
  failed: number;
  /** Of all durations. */
  sum: Milliseconds;
  /** Grid index of `counts[0]`. */
  first: number;
  counts: number[];
};

export const emptyCell = (): Cell => ({ calls: 0, failed: 0, sum: 0, first: 0, counts: [] });
export const bytesOf = (cell: Cell): number => FRAME + BUCKET * cell.counts.length;

function indexOf(ms: Milliseconds): number {
  if (!(ms > SMALLEST)) return FIRST;
  return Math.min(OPEN, gridIndex(ms));
}

/** Adds a distribution's durations, or takes them away again. Quantiles say nothing that could be added. */
export function count(cell: Cell, durations: Distribution, sign: 1 | -1): void {
  if (durations.type === 'samples')
    for (const value of durations.values) {
      put(cell, indexOf(value), sign);
      cell.sum += sign * value;
    }
  else if (durations.type === 'histogram') {
    durations.counts.forEach((counted, i) => {
      if (counted > 0) put(cell, indexOf(durations.bounds[i] ?? Number.POSITIVE_INFINITY), sign * counted);
    });
    cell.sum += sign * (durations.sum ?? 0);
  }
}

/** Adds one cell to another. */
export function merge(into: Cell, cell: Cell): void {
  into.calls += cell.calls;
  into.failed += cell.failed;
  into.sum += cell.sum;
  cell.counts.forEach((counted, i) => {
    if (counted > 0) put(into, cell.first + i, counted);
  });
}

function put(cell: Cell, index: number, counted: number): void {
  let at = index - cell.first;
  if (at < 0 || at >= cell.counts.length) {
    grow(cell, index);
    at = index - cell.first;
  }
  // Never below zero: what is taken away may have been refused when it came.
  cell.counts[at] = Math.max(0, cell.counts[at]! + counted);
}

function grow(cell: Cell, index: number): void {
  const { first, counts } = cell;
  const isEmpty = counts.length === 0;
  const from = Math.max(FIRST, Math.min(isEmpty ? index : first, index - SLACK));
  const to = Math.min(OPEN, Math.max(isEmpty ? index : first + counts.length - 1, index + SLACK));
  const grown = new Array<number>(to - from + 1).fill(0);
  counts.forEach((counted, i) => {
    grown[first - from + i] = counted;
  });
  cell.first = from;
  cell.counts = grown;
}

/** The buckets that hold something, with the lower bound of the first as an empty bucket of its own. */
export function distributionOf({ first, counts, sum }: Cell): Distribution {
  const low = counts.findIndex((counted) => counted > 0);
  if (low === -1) return { type: 'histogram', bounds: [], counts: [], sum: 0 };
  const high = counts.findLastIndex((counted) => counted > 0);
  const bounds: (number | null)[] = [];
  for (let i = low - 1; i <= high; i++) bounds.push(boundOf(first + i));
  return { type: 'histogram', bounds, counts: [0, ...counts.slice(low, high + 1)], sum };
}

/** Null is the open end; below the first bucket lies nothing. */
function boundOf(index: number): number | null {
  if (index >= OPEN) return null;
  return index < FIRST ? 0 : gridBound(index);
}
