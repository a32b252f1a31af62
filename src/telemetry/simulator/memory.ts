/**
 * What the simulator remembers: not readings but the flows they were read from, which are far smaller; a stretch of
 * the past is read from them when it is asked for. Bounded: of large systems only every so many steps are kept.
 */
import {
  type EpochMs,
  type Frame,
  type Milliseconds,
  mergeDistributions,
  type Provenance,
  type Reading,
  type Stretch,
  subjectKey,
} from '../../graph/index.ts';
import type { Pace } from '../pace.ts';
import { type Flow, STEP } from './model.ts';
import { type Moment, readLink, readPart } from './readings.ts';
import type { System } from './system.ts';

const SPAN: Milliseconds = 30 * 60_000;
/** Flows of parts and links kept at most, about 0.25 kB each. */
const MOST_FLOWS = 240_000;
/** Flows read for one moment at most: of a long window so many, evenly spread. */
const MOST_READ = 12;

type Remembered = { at: EpochMs; system: System; flow: Flow };

export type Memory = {
  remember(at: EpochMs, system: System, flow: Flow): void;
  /** @param isAsked which subjects (subjectKey) are asked for */
  frames(
    stretch: Stretch,
    provenance: Provenance,
    isAsked: (key: string) => boolean,
    pace: Pace,
    signal: AbortSignal,
  ): Promise<Frame[]>;
};

export function createMemory(): Memory {
  /** Oldest first. */
  let kept: Remembered[] = [];

  return {
    remember(at, system, flow) {
      const size = flow.parts.length + flow.links.length;
      const every = Math.max(STEP, (SPAN * size) / MOST_FLOWS);
      const last = kept.at(-1);
      // a clock that was set back begins a new past
      if (last && at < last.at) kept = [];
      else if (last && at - last.at < every - STEP / 2) return;
      kept.push({ at, system, flow });
      const first = kept.findIndex((each) => each.at > at - SPAN);
      if (first > 60) kept = kept.slice(first);
    },
    async frames({ from, to, step, window }, provenance, isAsked, pace, signal) {
      const frames: Frame[] = [];
      for (let at = from; at <= to && !signal.aborted; at += step) {
        const seen = kept.filter((each) => each.at > at - window && each.at <= at);
        // what began within the window was measured from then on
        const known = Math.min(window, at - (kept[0]?.at ?? at) + STEP);
        const readings: Reading[] = [];
        for (const read of readers(spread(seen), { at, provenance }, isAsked)) {
          for (const series of read()) readings.push(over(series, known, known / STEP / series.length));
          await pace();
        }
        frames.push({ at, readings });
      }
      return frames;
    },
  };
}

/** So many of a list, evenly spread, the last among them. */
function spread<T>(list: readonly T[]): readonly T[] {
  if (list.length <= MOST_READ) return list;
  return Array.from(
    { length: MOST_READ },
    (_, i) => list[Math.ceil(((i + 1) * list.length) / MOST_READ) - 1]!,
  );
}

/** For each subject at the end of the window, what reads it: its series, each with its readings in order. */
function* readers(
  seen: readonly Remembered[],
  moment: Moment,
  isAsked: (key: string) => boolean,
): Generator<() => Iterable<Reading[]>> {
  const last = seen.at(-1);
  if (!last) return;
  for (const { id } of last.system.links)
    if (isAsked(subjectKey({ type: 'edge', id })))
      yield () =>
        seriesOf(seen, (system, flow, into) => {
          const index = linksOf(system).get(id);
          if (index !== undefined) readLink(system, flow, index, moment, into);
        });
  for (const { id } of last.system.parts)
    if (isAsked(subjectKey({ type: 'node', id })))
      yield () =>
        seriesOf(seen, (system, flow, into) => {
          const index = system.index.get(id);
          if (index !== undefined) readPart(system, flow, index, moment, into);
        });
}

const links = new WeakMap<System, Map<string, number>>();

function linksOf(system: System): Map<string, number> {
  const known = links.get(system) ?? new Map(system.links.map((link) => [link.id, link.index]));
  links.set(system, known);
  return known;
}

function seriesOf(
  seen: readonly Remembered[],
  read: (system: System, flow: Flow, into: Reading[]) => void,
): Iterable<Reading[]> {
  const readings: Reading[] = [];
  for (const { system, flow } of seen) read(system, flow, readings);
  return Map.groupBy(readings, ({ metric, side, instance }) => `${metric} ${side} ${instance}`).values();
}

/** @param each how many steps each reading stands for */
function over(readings: readonly Reading[], window: Milliseconds, each: number): Reading {
  const last = readings.at(-1)!;
  const samples =
    last.samples === null
      ? null
      : Math.round(each * readings.reduce((sum, reading) => sum + (reading.samples ?? 0), 0));
  return { ...last, value: valueOver(readings), window, samples };
}

/** Histograms add up; a share of requests counts by requests; a queue is as deep as it is at the end. */
function valueOver(readings: readonly Reading[]): Reading['value'] {
  const last = readings.at(-1)!;
  const { value, metric } = last;
  if (typeof value !== 'number')
    return (
      mergeDistributions(readings.flatMap((each) => (typeof each.value === 'number' ? [] : [each.value]))) ??
      value
    );
  if (metric === 'queue depth' || readings.length === 1) return value;
  const weigh = (reading: Reading) => (metric === 'errors' ? (reading.samples ?? 0) : 1);
  let sum = 0;
  let weights = 0;
  for (const reading of readings) {
    sum += weigh(reading) * (reading.value as number);
    weights += weigh(reading);
  }
  return weights > 0 ? sum / weights : value;
}
