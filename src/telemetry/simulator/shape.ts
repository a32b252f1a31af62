/** From mean and variance to a histogram: log-normal, the shape that measured latencies mostly have. */
import type { Distribution } from '../../graph/index.ts';
import type { Moments } from './queueing.ts';

/** Buckets 19.4 % wide (13 to a decade), from 10 µs to 10⁷ ms (almost three hours), and an open last one. */
const PER_DECADE = 13;
const FIRST = -2;
const DECADES = 9;
const STEP = Math.LN10 / PER_DECADE;
const FINITE = DECADES * PER_DECADE + 1;
const BOUNDS: (number | null)[] = [
  ...Array.from({ length: FINITE }, (_, i) => Number((10 ** (FIRST + i / PER_DECADE)).toPrecision(4))),
  null,
];
const LOG_BOUNDS = BOUNDS.map((bound) => (bound === null ? Number.POSITIVE_INFINITY : Math.log(bound)));

/** Fractions, so that the engine stores every copy as an array of doubles from the start. */
const ZEROS = BOUNDS.map(() => 0.5);
ZEROS.fill(0);

/** Standard normal distribution function, tabulated over ±6 and interpolated: error below 1e-6. */
const REACH = 6;
const CELLS = 2400;
const PHI = normalTable();

function normalTable(): Float64Array {
  const density = (z: number) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  const width = (2 * REACH) / CELLS;
  const table = new Float64Array(CELLS + 1);
  for (let i = 1; i <= CELLS; i++) {
    const z = -REACH + (i - 1) * width;
    // Simpson's rule over one cell.
    table[i] = table[i - 1]! + (width / 6) * (density(z) + 4 * density(z + width / 2) + density(z + width));
  }
  return table.map((value) => value / table[CELLS]!);
}

export function normalCdf(z: number): number {
  if (z <= -REACH) return 0;
  if (z >= REACH) return 1;
  const at = ((z + REACH) / (2 * REACH)) * CELLS;
  const cell = Math.floor(at);
  return PHI[cell]! + (at - cell) * (PHI[cell + 1]! - PHI[cell]!);
}

/** One kind of request among several: how many, and how long they take. */
export type Share = { count: number; moments: Moments };

/** The histogram (ms) of all shares together. */
export function histogramOf(shares: readonly Share[]): Distribution {
  const counts = ZEROS.slice();
  for (const { count, moments } of shares) addLogNormal(counts, count, moments);
  const sum = shares.reduce((all, { count, moments }) => all + count * moments.mean, 0);
  return { type: 'histogram', bounds: BOUNDS, counts, sum };
}

function addLogNormal(counts: number[], count: number, { mean, variance }: Moments): void {
  const logVariance = Math.log1p(variance / (mean * mean));
  const centre = Math.log(mean) - logVariance / 2;
  const deviation = Math.max(Math.sqrt(logVariance), 0.01);
  const lowest = Math.ceil((centre - REACH * deviation - FIRST * Math.LN10) / STEP);
  let before = 0;
  for (let i = Math.min(Math.max(0, lowest), FINITE); i <= FINITE; i++) {
    const upTo = normalCdf((LOG_BOUNDS[i]! - centre) / deviation);
    counts[i]! += count * (upTo - before);
    before = upTo;
    if (upTo === 1) break;
  }
}
