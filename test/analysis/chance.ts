/** Durations drawn from distributions whose quantiles are known. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Distribution } from '../../src/graph/index.ts';

export type Uniform = () => number;

/** Another one each time; who uses it prints the seed. */
export function uniformFrom(seed: number): Uniform {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

export const newSeed = (): number => Date.now() | 0;

const normal = (uniform: Uniform) =>
  Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

export const DISTRIBUTIONS: Record<string, (uniform: Uniform) => number> = {
  lognormal: (uniform) => 20 * Math.exp(0.7 * normal(uniform)),
  exponential: (uniform) => -30 * Math.log(1 - uniform()),
  // four fifths from a cache, the rest from the database
  bimodal: (uniform) =>
    uniform() < 0.8 ? 10 * Math.exp(0.3 * normal(uniform)) : 200 * Math.exp(0.2 * normal(uniform)),
};

export function draw(of: (uniform: Uniform) => number, uniform: Uniform, n: number, scale = 1): number[] {
  return Float64Array.from({ length: n }, () => scale * of(uniform)).sort() as unknown as number[];
}

/** A Poisson count by its exponential gaps. */
export function poisson(uniform: Uniform, mean: number): number {
  let count = -1;
  for (let time = 0; time < mean; count++) time -= Math.log(1 - uniform());
  return count;
}

export function histogramOf(values: Iterable<number>, bounds: readonly (number | null)[]): Distribution {
  const counts = bounds.map(() => 0);
  let sum = 0;
  for (const value of values) {
    const at = indexOf(bounds, value);
    counts[at] = counts[at]! + 1;
    sum += value;
  }
  return { type: 'histogram', bounds: [...bounds], counts, sum };
}

function indexOf(bounds: readonly (number | null)[], value: number): number {
  let [low, high] = [0, bounds.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (bounds[middle] ?? Infinity)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Buckets from 0.01 ms on, each wider than the one before by that factor, and an open last one. */
export const buckets = (factor: number): (number | null)[] => [
  ...Array.from({ length: Math.ceil(Math.log(1e6) / Math.log(factor)) }, (_, i) => 0.01 * factor ** i),
  null,
];
/** Those that Prometheus' clients have unless they are told otherwise, in ms. */
export const DEFAULT_BUCKETS = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, null];
