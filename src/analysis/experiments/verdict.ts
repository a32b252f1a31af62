/** What became of the symptom between two snapshots, how sure that is, and what stands in the way of comparing them. */
import {
  type Board,
  type Experiment,
  formatCount,
  formatQuantile,
  formatShare,
  givenQuantile,
  type OUTCOMES,
  quantile,
  type Reading,
  type Snapshot,
  type Subject,
  type Symptom,
} from '../../graph/index.ts';
import { readingsThen } from '../baseline.ts';
import { neededFor, ratioInterval } from '../compare/interval.ts';
import { levelOf, quantileOf, readingOf } from './symptom.ts';

export type Outcome = (typeof OUTCOMES)[number];

export type Guard = {
  kind:
    | 'not measured'
    | 'few samples'
    | 'no interval'
    | 'other load'
    | 'other instances'
    | 'other window'
    | 'still out';
  sentence: string;
};

export type ExperimentVerdict = {
  outcome: Outcome | "can't tell";
  /** The symptom's figure; null where it was not measured. */
  before: number | null;
  after: number | null;
  usual: number | null;
  /** After ÷ before. */
  ratio: number | null;
  /** At 95 %; null where it can't be said. */
  interval: readonly [number, number] | null;
  /** Of ln(after ÷ before): what of it may be chance and different circumstances, standard deviation. */
  sigma: number;
  guards: readonly Guard[];
};

/** A figure within so much of another is called the same. */
const SAME = Math.log(1.25);
/** What a single figure without samples or buckets may be off by. */
const BARE = 0.15;

/** @param usual when all was well */
export function verdictOf(
  before: Snapshot | null,
  after: Snapshot | null,
  symptom: Symptom,
  usual: Snapshot | null = null,
): ExperimentVerdict {
  const [was, is] = [before, after].map((each) => each && readingOf(each, symptom.subject, symptom.metric));
  const [a, b] = [levelOf(was ?? null, symptom), levelOf(is ?? null, symptom)];
  const wanted = usual && levelOf(readingOf(usual, symptom.subject, symptom.metric), symptom);
  const found = guards(before, after, symptom);
  const nothing = {
    before: a,
    after: b,
    usual: wanted,
    ratio: null,
    interval: null,
    sigma: 1,
    guards: found,
  };
  if (a === null || b === null || !was || !is) return { ...nothing, outcome: "can't tell" };
  const [from, to] = [floored(symptom, a), floored(symptom, b)];
  const ratio = to / from;
  const { interval, sigma } = spreadOf(was, is, symptom);
  const circumstances = Math.hypot(sigma, driftOf(before!, after!, symptom.subject));
  return {
    ...nothing,
    ratio,
    interval,
    sigma: circumstances,
    outcome: outcomeOf(
      Math.log(ratio),
      circumstances,
      wanted === null ? null : Math.log(floored(symptom, wanted) / from),
    ),
  };
}

/** Shares and counts may be 0: so little is as good as nothing. */
const floored = ({ metric }: Symptom, value: number) => Math.max(value, metric === 'errors' ? 0.001 : 1e-3);

function outcomeOf(change: number, sigma: number, wanted: number | null): ExperimentVerdict['outcome'] {
  const reach = 1.96 * sigma;
  const isHigh = wanted === null || wanted < 0;
  const towards = isHigh ? -change : change;
  if (
    wanted !== null &&
    Math.abs(wanted) > SAME &&
    towards > 0 &&
    towards > Math.abs(wanted) - Math.max(SAME, reach / 2)
  ) {
    // it is known well enough, or it is surely as good as usual, however little that is away
    const isSure = reach < Math.abs(wanted) || towards - reach > Math.abs(wanted);
    return isSure ? 'gone' : "can't tell";
  }
  if (towards - reach > 0 && towards > SAME / 2) return 'better';
  if (towards + reach < 0 && -towards > SAME / 2) return 'worse';
  return reach <= 2 * SAME ? 'same' : "can't tell";
}

/** The interval of the ratio, and its width as a standard deviation on the logarithmic scale. */
function spreadOf(
  was: Reading,
  is: Reading,
  symptom: Symptom,
): Pick<ExperimentVerdict, 'interval' | 'sigma'> {
  if (typeof was.value === 'number' || typeof is.value === 'number') {
    const sigma = Math.hypot(countSigma(was), countSigma(is));
    return { interval: null, sigma };
  }
  const q = givenQuantile(was.value, quantileOf(symptom));
  const found = ratioInterval(was.value, is.value, q, { before: was.samples, after: is.samples });
  const sigma = Math.hypot(quantileSigma(was, q), quantileSigma(is, q));
  return { interval: found && [found.low, found.high], sigma };
}

/** Errors are counted: of n, a share p is off by √(p(1−p)/n). Other numbers are as good as anybody knows. */
function countSigma({ metric, value, samples }: Reading): number {
  if (metric !== 'errors' || typeof value !== 'number' || !samples) return BARE;
  const share = Math.max(value, 1 / samples);
  return Math.max(0.05, Math.sqrt((1 - Math.min(share, 0.99)) / (share * samples)));
}

/**
 * How far a quantile may be off, as a logarithm: by chance, from the quantiles one standard error of its rank to either
 * side; and by its bucket. In a narrow one it is interpolated well, the error goes with the square of the width; in a
 * wide one it may lie anywhere: width ÷ √12.
 */
export function quantileSigma({ value, samples }: Reading, q: number): number {
  const found = typeof value === 'number' ? null : quantile(value, q);
  if (!found || typeof value === 'number' || !(found.value > 0)) return BARE;
  const width = found.low > 0 && found.high < Infinity ? Math.log(found.high / found.low) : 1;
  const n = value.type === 'samples' ? value.values.length : samples;
  const bucket = Math.min(width ** 2 / 6, width / Math.sqrt(12));
  if (n === null || n < 1) return Math.hypot(BARE, bucket);
  const error = Math.sqrt((q * (1 - q)) / n);
  const [down, up] = [q - error, q + error].map(
    (each) => quantile(value, Math.min(1, Math.max(0, each)))?.value ?? 0,
  );
  const chance = down && up ? Math.log(up / down) / 2 : 1;
  return Math.hypot(Math.max(chance, 0.5 / Math.sqrt(n)), bucket);
}

/** Load moves latencies by less than itself; how much less, nobody knows beforehand. */
const OF_LOAD = 0.4;
const OF_INSTANCES = 0.2;

function driftOf(before: Snapshot, after: Snapshot, subject: Subject): number {
  const load = loadRatio(before, after, subject);
  const [was, is] = [instancesAt(before, subject), instancesAt(after, subject)];
  return Math.hypot(
    load === null ? 0.05 : OF_LOAD * Math.log(load),
    was !== null && is !== null && was !== is ? OF_INSTANCES : 0,
  );
}

const OTHER_LOAD = 1.25;

/** What makes the two hard to compare, a sentence each; nothing where they can be. */
export function guards(before: Snapshot | null, after: Snapshot | null, symptom: Symptom): Guard[] {
  const { subject, metric } = symptom;
  const found: Guard[] = [];
  const say = (kind: Guard['kind'], sentence: string) => found.push({ kind, sentence });
  for (const [snapshot, when] of [
    [before, 'before'],
    [after, 'after'],
  ] as const) {
    if (!snapshot) continue;
    const reading = readingOf(snapshot, subject, metric);
    const needed = reading ? neededBy(reading, symptom) : 0;
    if (!reading)
      say(
        'not measured',
        `The symptom was not measured ${when}. Wait until figures come, and measure again.`,
      );
    else if (reading.samples !== null && reading.samples < needed)
      say(
        'few samples',
        `Only ${formatCount(reading.samples)} measurements ${when}, and it takes ${needed} to be sure of ${symptomFigure(reading, symptom)}. Measure over a longer window.`,
      );
    else if (typeof reading.value !== 'number' && reading.value.type === 'quantiles')
      say('no interval', `The source gave quantiles alone ${when}: how sure they are can’t be said.`);
  }
  if (!before || !after) return found;
  const load = loadRatio(before, after, subject);
  if (load !== null && (load > OTHER_LOAD || load < 1 / OTHER_LOAD))
    say(
      'other load',
      `The load was ${formatShare(Math.abs(load - 1))} ${load > 1 ? 'higher' : 'lower'} after than before: part of the change may be that.`,
    );
  const [was, is] = [instancesAt(before, subject), instancesAt(after, subject)];
  if (was !== null && is !== null && was !== is)
    say('other instances', `${formatCount(was)} instances answered before and ${formatCount(is)} after.`);
  if (before.window > 3 * after.window || after.window > 3 * before.window)
    say('other window', 'One window is more than three times as long as the other.');
  return found;
}

/** How many measurements it takes to say how sure a figure is. */
const neededBy = ({ value, metric }: Reading, symptom: Symptom): number =>
  typeof value !== 'number' ? neededFor(quantileOf(symptom)) : metric === 'errors' ? FEW : 0;
/** For a share of them. */
const FEW = 30;

const symptomFigure = ({ value }: Reading, symptom: Symptom): string =>
  typeof value === 'number' ? 'a share' : `a ${formatQuantile(quantileOf(symptom))}`;

function loadRatio(before: Snapshot, after: Snapshot, subject: Subject): number | null {
  const [was, is] = [loadAt(before, subject), loadAt(after, subject)];
  return was !== null && is !== null && was > 0 && is > 0 ? is / was : null;
}

function loadAt(snapshot: Snapshot, subject: Subject): number | null {
  const rate = readingOf(snapshot, subject, 'rate');
  return rate && typeof rate.value === 'number' ? rate.value : null;
}

function instancesAt(snapshot: Snapshot, subject: Subject): number | null {
  for (const { instance, instances } of readingsThen(snapshot, subject))
    if (instance === null && instances !== null) return instances;
  return null;
}

/** The verdict on an experiment of the board: as measured, or else as a person told. */
export function verdictOn(
  board: Pick<Board, 'snapshots' | 'experiments'>,
  experiment: Experiment,
  symptom: Symptom,
  usual: Snapshot | null,
): ExperimentVerdict {
  const [before, after] = [experiment.before, experiment.after].map((id) =>
    id === undefined ? null : (board.snapshots[id] ?? null),
  );
  const verdict = verdictOf(before ?? null, after ?? null, symptom, usual);
  if (verdict.ratio !== null || experiment.outcome === undefined)
    return withOthersOut(board, experiment, verdict);
  return { ...verdict, outcome: experiment.outcome };
}

/** Something else was out as well while this was measured. */
function withOthersOut(
  { experiments }: Pick<Board, 'experiments'>,
  experiment: Experiment,
  verdict: ExperimentVerdict,
): ExperimentVerdict {
  const { since, until = Number.POSITIVE_INFINITY } = experiment;
  if (since === undefined) return verdict;
  const other = Object.values(experiments).some(
    (each) =>
      each.id !== experiment.id &&
      each.since !== undefined &&
      each.since < until &&
      (each.until ?? Number.POSITIVE_INFINITY) > since,
  );
  if (!other) return verdict;
  const sentence = 'Another part was out at the same time. Put it back before the next one is taken out.';
  return { ...verdict, guards: [...verdict.guards, { kind: 'still out', sentence }] };
}
