/** A stretch of the past that answers like a server, one moment after another: each question is fetched once. */
import type { EpochMs, Milliseconds } from '../../graph/index.ts';
import { type Outcome, success } from '../outcome.ts';
import type { Pace } from '../pace.ts';
import type { Range, Series } from './answer.ts';
import type { Client, Server } from './client.ts';

export type Replay = Client & {
  /** Series in the largest answer so far. */
  largest(): number;
};

/** @param times the moments, `step` apart, in order */
export function createReplay(
  server: Server,
  times: readonly EpochMs[],
  step: Milliseconds,
  pace: Pace,
): Replay {
  const fetched = new Map<string, Promise<Outcome<Series[][]>>>();
  const [start = 0] = times;
  let largest = 0;
  const fetchRange = async (query: string): Promise<Outcome<Series[][]>> => {
    const ranges = await server.range(query, start, times.at(-1) ?? start, step);
    if (!ranges.ok) return ranges;
    largest = Math.max(largest, ranges.value.length);
    return success(await byMoment(ranges.value, start, step, times.length, pace));
  };
  return {
    largest: () => largest,
    async vector(query, time) {
      const asked = fetched.get(query) ?? fetchRange(query);
      fetched.set(query, asked);
      const moments = await asked;
      return moments.ok ? success(moments.value[Math.round((time - start) / step)] ?? []) : moments;
    },
  };
}

/** Ranges by series → series by moment. */
async function byMoment(
  ranges: readonly Range[],
  start: EpochMs,
  step: Milliseconds,
  moments: number,
  pace: Pace,
): Promise<Series[][]> {
  const all: Series[][] = Array.from({ length: moments }, () => []);
  let n = 0;
  for (const { labels, points } of ranges)
    for (const [time, value] of points) {
      if (++n % 5000 === 0) await pace();
      const moment = all[Math.round((time - start) / step)];
      if (typeof value === 'number') moment?.push({ labels, value });
      else moment?.push({ labels, value: Number.NaN, histogram: value });
    }
  return all;
}
