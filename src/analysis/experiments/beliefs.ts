/**
 * What to believe of whose guilt it is, after all that was tried: Bayes' rule over every candidate, over guilt that is
 * not one part's, and over what nobody drew.
 *
 *   ranking ─► prior ─┐
 *   experiments ──────┴► × likelihood of each change that was measured ─► shares, and whether it is settled
 */
import {
  type Board,
  type Experiment,
  type Id,
  partKey,
  type Snapshot,
  type Symptom,
} from '../../graph/index.ts';
import { type Candidate, candidatesOf, type Prior, SPREAD, UNDRAWN } from './candidates.ts';
import { type Effect, effectOf } from './effect.ts';
import { noiseOf } from './noise.ts';
import {
  densitiesAt,
  type Expectation,
  endsOf,
  expectationOf,
  type Scene,
  sceneOf,
  sharedExpectation,
} from './scene.ts';
import { levelOf, readingOf } from './symptom.ts';
import { type ExperimentVerdict, verdictOn } from './verdict.ts';
import { type Ways, waysOf } from './ways.ts';

export type Belief = Candidate & {
  /** Probability that this part alone is guilty, as things stand. */
  share: number;
};

/** An experiment and what it brought. */
export type Step = {
  experiment: Experiment;
  verdict: ExperimentVerdict;
  /** Nothing is concluded from it: withdrawn, not measured yet, or of another symptom. */
  counts: boolean;
};

export type Settled =
  | { kind: 'found'; belief: Belief }
  /** Several parts share the guilt. */
  | { kind: 'spread'; share: number }
  /** It is nothing that was drawn, or nothing that requests on this way touch. */
  | { kind: 'undrawn'; share: number };

export type Beliefs = {
  symptom: Symptom;
  ways: Ways;
  /** The likeliest first. */
  candidates: readonly Belief[];
  /** Probabilities, too: with all candidates they add up to 1. */
  spread: number;
  undrawn: number;
  /** In the order in which they were begun. */
  steps: readonly Step[];
  /** What passes the threshold; null while nothing does, and before anything was tried. */
  settled: Settled | null;
  threshold: number;
  /** Of ln(after ÷ before), from measurement alone: as the experiments so far show it, standard deviation. */
  sigma: number;
  /** What the symptom is now and what it should be, as far as known. */
  scene: Scene;
};

/** How sure a person wants to be. */
export const THRESHOLD = 0.95;

export type BeliefsInput = {
  symptom: Symptom;
  /** When all was well; null: nobody knows. */
  usual: Snapshot | null;
  /** As things are, before the next experiment; null: as they last were. */
  now?: Snapshot | null;
  /** What a ranking says that knows nothing of these experiments; null: all parts are alike. */
  prior?: Prior | null;
  threshold?: number;
};

export function beliefs(
  board: Pick<Board, 'nodes' | 'edges' | 'snapshots' | 'experiments'>,
  { symptom, usual, now = null, prior = null, threshold = THRESHOLD }: BeliefsInput,
): Beliefs {
  const experiments = Object.values(board.experiments).sort((a, b) => a.at - b.at);
  const steps = experiments.map((experiment): Step => {
    const verdict = verdictOn(board, experiment, symptom, usual);
    const isMeasured = verdict.ratio !== null || experiment.outcome !== undefined;
    return { experiment, verdict, counts: isMeasured && !experiment.withdrawn && isOf(experiment, symptom) };
  });
  const counted = steps.filter(({ counts }) => counts);
  const snapshots = [usual, now, ...experiments.map(({ before }) => snapshotOf(board, before))];
  const ways = waysOf(board, symptom, usual);
  const candidates = candidatesOf({
    ...{ board, ways, prior },
    snapshots: snapshots.filter((each) => each !== null),
    experiments: counted.map(({ experiment }) => experiment),
  });
  const noise = noiseOf(counted.map(({ verdict }) => verdict));

  // What was tried twice in one way goes wrong in one way: it is one piece of evidence, measured twice.
  const tries = Map.groupBy(counted, ({ experiment }) => `${experiment.action} ${partKey(experiment.part)}`);
  const logs = candidates.map(({ prior: share }) => Math.log(share));
  let spread = Math.log(SPREAD);
  let undrawn = Math.log(UNDRAWN);
  for (const same of tries.values()) {
    const { part, action } = same[0]!.experiment;
    const effect = effectOf(board, ways, part, action);
    const trial = (expect: (scene: Scene, sigma: number) => Expectation) =>
      Math.log(likelihood(same, symptom, effect, noise, expect));
    const byRest = new Map<number, number>();
    candidates.forEach((candidate, i) => {
      const rest = Math.round(effect.rest(candidate) * 20) / 20;
      if (!byRest.has(rest))
        byRest.set(
          rest,
          trial((scene, sigma) => expectationOf(scene, rest, effect.removed, sigma)),
        );
      logs[i]! += byRest.get(rest)!;
    });
    undrawn += trial((scene, sigma) => expectationOf(scene, 1, effect.removed, sigma));
    const out = outShare(candidates, effect);
    spread += trial((scene, sigma) => sharedExpectation(scene, out, effect.removed, sigma));
  }
  const best = Math.max(...logs, spread, undrawn);
  const powers = logs.map((log) => Math.exp(log - best));
  const [all, none] = [Math.exp(spread - best), Math.exp(undrawn - best)];
  const whole = powers.reduce((a, b) => a + b, all + none);
  const found = candidates
    .map((candidate, i): Belief => ({ ...candidate, share: powers[i]! / whole }))
    .sort((a, b) => b.share - a.share);
  const shares = { spread: all / whole, undrawn: none / whole };
  const last = counted.at(-1)?.verdict;
  const level = (snapshot: Snapshot | null) =>
    snapshot && levelOf(readingOf(snapshot, symptom.subject, symptom.metric), symptom);
  return {
    ...{ symptom, ways, candidates: found, ...shares, steps, threshold },
    settled: counted.length > 0 ? settledBy(found, shares, threshold) : null,
    sigma: Math.hypot(
      noise,
      counted.length > 0 ? median(counted.map(({ verdict }) => verdict.sigma)) : TYPICAL,
    ),
    scene: sceneOf(symptom, level(now) ?? last?.before ?? 0, level(usual), noise),
  };
}

/** Before anything was measured. */
const TYPICAL = 0.1;

const isOf = ({ symptom }: Experiment, wanted: Symptom): boolean =>
  !symptom ||
  (symptom.metric === wanted.metric &&
    symptom.subject.type === wanted.subject.type &&
    symptom.subject.id === wanted.subject.id);

const snapshotOf = ({ snapshots }: Pick<Board, 'snapshots'>, id: Id | undefined): Snapshot | null =>
  id === undefined ? null : (snapshots[id] ?? null);

/** How likely it is that one thing, tried so often, brought those changes. */
function likelihood(
  same: readonly Step[],
  symptom: Symptom,
  { removed }: Effect,
  noise: number,
  expect: (scene: Scene, sigma: number) => Expectation,
): number {
  let weights: number[] | null = null;
  let products: number[] = [];
  for (const { verdict, experiment } of same) {
    const scene = sceneOf(symptom, verdict.before ?? 0, verdict.usual, noise);
    const { change, sigma } = changeOf(verdict, experiment, scene, removed);
    const expectation = expect(scene, Math.hypot(sigma, noise));
    const densities = densitiesAt(expectation, change);
    weights ??= expectation.map(({ weight }) => weight);
    products = densities.map((density, i) => density * (products[i] ?? 1));
  }
  return products.reduce((sum, product, i) => sum + product * weights![i]!, 0);
}

/** What was measured, or where a person's word puts it. */
function changeOf(
  { ratio, sigma }: ExperimentVerdict,
  { outcome }: Experiment,
  scene: Scene,
  removed: number,
) {
  if (ratio !== null) return { change: Math.log(ratio), sigma };
  const { well, ill } = endsOf(scene, removed);
  const gap = ill - well;
  const said = { gone: well, better: (well + ill) / 2, same: ill, worse: ill + Math.abs(gap) / 4 };
  return { change: said[outcome ?? 'same'], sigma: Math.abs(gap) / 6 };
}

/** The share of what may be guilty, as it was at first, that has no influence left. */
function outShare(candidates: readonly Candidate[], effect: Effect): number {
  let out = 0;
  let whole = 0;
  for (const candidate of candidates) {
    whole += candidate.prior;
    out += candidate.prior * (1 - Math.min(1, effect.rest(candidate)));
  }
  return whole > 0 ? out / whole : 0;
}

function settledBy(
  [first]: readonly Belief[],
  { spread, undrawn }: { spread: number; undrawn: number },
  threshold: number,
): Settled | null {
  if (first && first.share >= threshold) return { kind: 'found', belief: first };
  if (spread >= threshold) return { kind: 'spread', share: spread };
  return undrawn >= threshold ? { kind: 'undrawn', share: undrawn } : null;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
