/** Queueing theory, M/M/c: Poisson arrivals, exponential holding times, c servers, one queue. */
import type { Milliseconds } from '../../graph/index.ts';

/** Mean and variance of a duration (ms, ms²). Independent durations add both. */
export type Moments = { mean: Milliseconds; variance: number };

/** Beyond this many servers waiting is bounded by that of this many at the same load each. */
const MOST_SERVERS = 1000;

/**
 * Erlang's C formula: the probability that an arrival has to wait, by the recursion for Erlang B.
 * @param load offered load in erlangs (arrival rate × holding time), below `servers`; at or above it all wait
 */
export function erlangC(servers: number, load: number): number {
  if (!(load > 0)) return 0;
  if (load >= servers) return 1;
  const use = load / servers;
  const c = Math.min(servers, MOST_SERVERS);
  const a = use * c;
  let blocking = 1;
  for (let k = 1; k <= c; k++) blocking = (a * blocking) / (k + a * blocking);
  return blocking / (1 - use * (1 - blocking));
}

/** Waiting time before service: 0 with probability 1 − C, else exponential with mean hold / (c − load). */
export function waiting(servers: number, load: number, hold: Milliseconds): Moments {
  const delayed = erlangC(servers, load);
  const scale = hold / (servers - load);
  const mean = delayed * scale;
  return { mean, variance: 2 * delayed * scale * scale - mean * mean };
}
