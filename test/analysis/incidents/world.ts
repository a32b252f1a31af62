/**
 * A simulated system that something goes wrong in, measured as a real one would be: over a window, by so many samples,
 * with figures that are off by a little and load that is never the same twice.
 */

import { levelOf, readingOf } from '../../../src/analysis/experiments/symptom.ts';
import { waysOf } from '../../../src/analysis/experiments/ways.ts';
import {
  type Board,
  type Distribution,
  type Out,
  type Reading,
  type SinglePart,
  type Snapshot,
  type Subject,
  type Symptom,
  subjectKey,
} from '../../../src/graph/index.ts';
import type { Fault } from '../../../src/telemetry/index.ts';
import { strikeOf } from '../../../src/telemetry/simulator/fault.ts';
import { type Flow, initialState, STEP, type State, step } from '../../../src/telemetry/simulator/model.ts';
import { takenOut } from '../../../src/telemetry/simulator/out.ts';
import { readLink, readPart } from '../../../src/telemetry/simulator/readings.ts';
import { type System, systemOf } from '../../../src/telemetry/simulator/system.ts';
import type { Uniform } from '../chance.ts';

export type Conditions = {
  /** Every figure of every measurement is off by about so much (standard deviation of its logarithm). */
  noise: number;
  /** Load at every measurement, likewise. */
  drift: number;
  /** Of all requests, those that are measured. */
  sampled: number;
};

/** Seconds that are measured over, where nobody asks for more. */
const WINDOW = 60;
/** Seconds of a window that are read; each stands for as many others. */
const READ = 12;
export type World = {
  setFault(fault: Fault | null): void;
  setOut(out: readonly Out[]): void;
  /** Lets it run until what waits has settled, as far as it does within an hour. */
  settle(): void;
  /** All readings of a window, or those of some subjects. */
  measure(id: string, only?: { of: ReadonlySet<string>; seconds: number }): Snapshot;
};

export function createWorld(board: Board, seed: number, conditions: Conditions, chance: Uniform): World {
  let fault: Fault | null = null;
  let out: readonly Out[] = [];
  let load = 1;
  let now = 0;
  let system = systemOf(board, seed);
  let state: State = initialState(system);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

  function rebuild(): void {
    const next = takenOut(systemOf(board, seed), board, out);
    for (const part of next.parts) part.entry *= load;
    state.backlog.forEach((_, i) => {
      if (!Number.isFinite(next.parts[i]!.workers)) state.backlog[i] = 0;
    });
    system = next;
  }
  function run(seconds: number): Flow {
    let flow: Flow | null = null;
    for (let i = 0; i < seconds; i++) {
      ({ flow, state } = step(system, state, strikeOf(system, fault)));
      now += STEP;
    }
    return flow!;
  }
  const waiting = () => state.messages.reduce((a, b) => a + b, 0) + state.backlog.reduce((a, b) => a + b, 0);

  return {
    setFault(next) {
      fault = next;
    },
    setOut(next) {
      out = next;
      rebuild();
    },
    settle() {
      run(10);
      for (let i = 0; i < 150; i++) {
        const before = waiting();
        run(20);
        if (waiting() >= before * 0.98 - 0.5) break;
      }
    },
    measure(id, only) {
      const seconds = only?.seconds ?? WINDOW;
      const every = Math.max(1, Math.floor(seconds / READ));
      load = Math.exp(conditions.drift * gauss());
      rebuild();
      run(10);
      const bias = new Map<string, number>();
      const all = Map.groupBy(
        Array.from({ length: Math.ceil(seconds / every) }, () =>
          readAll(system, run(every), now, only?.of),
        ).flat(),
        ({ subject, metric, side, instance }) => `${subjectKey(subject)} ${metric} ${side} ${instance}`,
      );
      const readings = [...all.values()].map((series) => {
        const key = subjectKey(series[0]!.subject);
        if (!bias.has(key)) bias.set(key, Math.exp(conditions.noise * gauss()));
        return sampled(
          series,
          bias.get(key)! * Math.exp(0.2 * conditions.noise * gauss()),
          conditions.sampled * every,
          seconds,
          chance,
          gauss,
        );
      });
      return { id, name: id, at: now, window: seconds * STEP, readings };
    },
  };
}

function readAll(system: System, flow: Flow, at: number, of?: ReadonlySet<string>): Reading[] {
  const readings: Reading[] = [];
  const moment = { at, provenance: { source: 'sim', label: 'Simulator', simulated: true } };
  const isAsked = (subject: Subject) => of?.has(subjectKey(subject)) ?? true;
  system.links.forEach(({ id }, i) => {
    if (isAsked({ type: 'edge', id })) readLink(system, flow, i, moment, readings);
  });
  system.parts.forEach(({ id }, i) => {
    if (isAsked({ type: 'node', id })) readPart(system, flow, i, moment, readings);
  });
  return readings;
}

/** A series of seconds as one reading, of those requests that were measured, off by a factor. */
function sampled(
  series: readonly Reading[],
  factor: number,
  share: number,
  seconds: number,
  chance: Uniform,
  gauss: () => number,
): Reading {
  const last = series.at(-1)!;
  const window = seconds * STEP;
  const come = series.reduce((sum, { samples }) => sum + (samples ?? 0), 0);
  const samples = last.samples === null ? null : Math.round(come * share);
  if (typeof last.value === 'number') {
    const mean = series.reduce((sum, { value }) => sum + (value as number), 0) / series.length;
    return { ...last, value: last.metric === 'errors' ? mean : mean * factor, window, samples };
  }
  const value = drawn(together(series), factor, share, chance, gauss);
  const counted = value.counts.reduce((a, b) => a + b, 0);
  return { ...last, value, window, samples: counted };
}

type Histogram = Extract<Distribution, { type: 'histogram' }>;

/** All of the simulator's histograms have the same buckets. */
function together(series: readonly Reading[]): Histogram {
  const all = series.map(({ value }) => value as Histogram);
  const counts = all[0]!.counts.map(() => 0);
  for (const each of all)
    each.counts.forEach((count, i) => {
      counts[i]! += count;
    });
  return { ...all[0]!, counts, sum: all.reduce((sum, each) => sum + (each.sum ?? 0), 0) };
}

/** So many requests as chance gives, each in its bucket, which the factor moves. */
function drawn(
  { bounds, counts, sum }: Histogram,
  factor: number,
  share: number,
  chance: Uniform,
  gauss: () => number,
): Histogram {
  const out = counts.map(() => 0);
  // buckets are all equally wide on a logarithmic scale
  const shift = Math.log(factor) / Math.log(bounds[1]! / bounds[0]!);
  const [whole, part] = [Math.floor(shift), shift - Math.floor(shift)];
  let before = 0;
  counts.forEach((count, i) => {
    before += count;
    if (count === 0) return;
    const n = poisson(count * share, chance, gauss);
    const upper = Math.round(n * part);
    const put = (at: number, many: number) => {
      const index = Math.min(out.length - 1, Math.max(0, at));
      out[index] = out[index]! + many;
    };
    put(i + whole, n - upper);
    put(i + whole + 1, upper);
  });
  const after = out.reduce((a, b) => a + b, 0);
  const mean = (sum ?? 0) / before;
  return {
    type: 'histogram',
    bounds,
    counts: out,
    sum: mean * factor * after * (1 + (0.7 * gauss()) / Math.sqrt(after + 1)),
  };
}

function poisson(mean: number, chance: Uniform, gauss: () => number): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * gauss()));
  const limit = Math.exp(-mean);
  let n = 0;
  for (let p = chance(); p > limit; p *= chance()) n++;
  return n;
}

/** From a quiet laboratory to a night on which everything moves. */
export const CONDITIONS = {
  mild: { noise: 0.03, drift: 0.05, sampled: 0.5 },
  middle: { noise: 0.08, drift: 0.15, sampled: 0.2 },
  nasty: { noise: 0.2, drift: 0.35, sampled: 0.05 },
} satisfies Record<string, Conditions>;
export type Level = keyof typeof CONDITIONS;

export type Felt = {
  symptom: Symptom;
  /** So long a window gives enough measurements of it. */
  seconds: number;
};

/**
 * Where and in which figure an incident is felt most, of those that somebody looks at, that are measured enough, and
 * that the culprit has a part in: what load alone does at the same time is another story.
 */
export function feltIn(board: Board, usual: Snapshot, now: Snapshot, culprit: SinglePart): Felt | null {
  let best: (Felt & { times: number }) | null = null;
  for (const symptom of looked(board)) {
    const [was, is] = [usual, now].map((each) => readingOf(each, symptom.subject, symptom.metric));
    const [a, b] = [levelOf(was ?? null, symptom), levelOf(is ?? null, symptom)];
    const { q = 0 } = symptom;
    const counted = Math.min(was?.samples ?? 0, is?.samples ?? 0);
    if (a === null || b === null || counted * (1 - q) < BEYOND) continue;
    // what users feel at large is looked at first
    const times = b / a / (symptom.metric === 'latency' && symptom.q === 0.95 ? 0.5 : 1);
    const seconds = Math.max(10, Math.min(4 * WINDOW, Math.ceil((WINDOW * ENOUGH) / counted)));
    if (!(b / a > VISIBLE && times > (best?.times ?? 0))) continue;
    const ways = waysOf(board, symptom, usual);
    if ((culprit.type === 'edge' ? ways.edgeAt : ways.nodeAt).has(culprit.id))
      best = { symptom, seconds, times };
  }
  return best;
}
/** Less than this is not called an incident. */
const VISIBLE = 2;
/** So many measurements of a minute lie beyond a quantile that somebody looks at, at least. */
const BEYOND = 5;
/** Measurements that are waited for. */
const ENOUGH = 1000;

function looked({ nodes, edges }: Board): Symptom[] {
  return Object.values(edges).flatMap(({ id, source, target }): Symptom[] => {
    const subject: Subject = { type: 'edge', id };
    const [from, to] = [nodes[source]!.kind, nodes[target]!.kind];
    if (from === 'client') return [0.5, 0.95, 0.99].map((q) => ({ subject, metric: 'latency', q }));
    const isQueue = (kind: string) => kind === 'queue' || kind === 'topic';
    if (isQueue(to)) return [{ subject: { type: 'node', id: target }, metric: 'queue wait', q: 0.95 }];
    return isQueue(from) ? [{ subject, metric: 'latency', q: 0.95 }] : [];
  });
}
