/** Series → readings: each measure as a whole, per instance, and on edges per operation. */
import {
  type Distribution,
  type EpochMs,
  gridBound,
  gridIndex,
  type Milliseconds,
  mergeDistributions,
  type Provenance,
  type Reading,
  type Subject,
  totalCount,
} from '../../graph/index.ts';
import { bothSided, MOST_MEASURED, type Timed } from './measure.ts';
import type { Series, Tally } from './tally.ts';

/** Single durations kept of a whole; beyond it a histogram says it in less. */
export const MOST_SAMPLES = 1000;
/** Likewise of one instance or operation, of which there may be many. */
const MOST_SAMPLES_OF_PART = 100;
/** Instances of one part or edge with readings of their own: the busiest. All of them are counted. */
export const MOST_INSTANCES = 100;
/** The lowest bucket ends at a microsecond or below. */
const SMALLEST_MS = 2 ** -10;

/** What all spans together cover, and how to name where they are from. */
export type Coverage = {
  at: EpochMs;
  /** 0 where nothing says over how long: then there is no rate. */
  window: Milliseconds;
  provenance: Provenance;
};

/** Readings of one subject from all its series. */
export function figuresOf(all: readonly Series[], subject: Subject, coverage: Coverage): Reading[] {
  const bySide = Map.groupBy(bothSided(all), ({ metric, side }) => `${metric} ${side}`);
  return [...bySide.values()].flatMap((series) => {
    const byInstance = busiest(series, ({ instance }) => instance);
    const whole = { instance: null, instances: byInstance.length || null };
    const readings = readingsOf(series, whole, MOST_SAMPLES);
    for (const [instance, own] of byInstance.slice(0, MOST_INSTANCES))
      readings.push(...readingsOf(own, { instance, instances: 1 }, MOST_SAMPLES_OF_PART));
    for (const [operation, own] of busiest(series, (each) => each.operation).slice(0, MOST_MEASURED))
      readings.push(...readingsOf(own, { ...whole, operation }, MOST_SAMPLES_OF_PART));
    return readings;
  });

  function readingsOf(
    series: readonly Timed[],
    of: Pick<Reading, 'instance' | 'instances' | 'operation'>,
    mostSamples: number,
  ): Reading[] {
    const [{ metric, side }] = series as [Timed];
    const { at, window, provenance } = coverage;
    const common = { subject, at, window, ...of, side, provenance };
    const readings: Reading[] = [];
    // Those that hold nothing are of whatever kind, and must not stand in the way of the others.
    const timed = series.map(({ durations }) => durations).filter((each) => totalCount(each) !== 0);
    const merged = mergeDistributions(timed);
    const samples = merged && totalCount(merged);
    if (merged && samples)
      readings.push({ ...common, metric, value: thinned(merged, mostSamples), samples: Math.round(samples) });
    if (metric !== 'latency') return readings;
    const calls = series.reduce((sum, each) => sum + each.calls, 0);
    const failed = series.reduce((sum, each) => sum + each.failed, 0);
    if (calls > 0) readings.push({ ...common, metric: 'errors', value: failed / calls, samples: calls });
    if (window > 0)
      readings.push({ ...common, metric: 'rate', value: calls / (window / 1000), samples: calls });
    return readings;
  }
}

/** Series by the name that each has, those with the most calls first. */
function busiest(
  series: readonly Timed[],
  nameOf: (series: Timed) => string | null,
): [name: string, series: Timed[]][] {
  const callsOf = (all: readonly Timed[]) => all.reduce((sum, { calls }) => sum + calls, 0);
  return [...Map.groupBy(series, nameOf)]
    .flatMap(([name, own]): [string, Timed[]][] => (name === null ? [] : [[name, own]]))
    .sort(([, a], [, b]) => callsOf(b) - callsOf(a));
}

/** Many samples as a histogram; their sum is kept, so that their mean is not lost. */
function thinned(distribution: Distribution, most: number): Distribution {
  if (distribution.type !== 'samples' || distribution.values.length <= most) return distribution;
  const { values } = distribution;
  const first = gridIndex(Math.max(values[0]!, SMALLEST_MS)) - 1;
  const bounds: number[] = [];
  const counts: number[] = [];
  let counted = 0;
  while (counted < values.length) {
    const bound = gridBound(first + bounds.length);
    const from = counted;
    while (counted < values.length && values[counted]! <= bound) counted++;
    bounds.push(bound);
    counts.push(counted - from);
  }
  return { type: 'histogram', bounds, counts, sum: values.reduce((sum, value) => sum + value, 0) };
}

/**
 * The share of a part or edge in the end-to-end time of all requests; of messages where nobody was answered.
 * Null for what lies on no path.
 */
export function pathFigure(
  { answers, messages }: Tally['paths'],
  name: string,
  subject: Subject,
  { at, window, provenance }: Coverage,
): Reading | null {
  const { total, times } = answers.total > 0 ? answers : messages;
  const time = times.get(name);
  if (time === undefined || total === 0) return null;
  return {
    ...{ subject, metric: 'critical path', value: time / total, at, window },
    ...{ instance: null, instances: null, side: null, samples: null, provenance },
  };
}
