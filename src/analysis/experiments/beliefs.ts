/**
 * What to believe of whose guilt it is, after all that was tried: Bayes' rule over every candidate, over guilt that is
 * not one part's, and over what nobody drew.
 *
 *   ranking ─► prior ─┐
 *   experiments ──────┴► × likelihood of each change that was measured ─► shares, and whether it is settled
 */
import type { Board, Experiment, Id, Snapshot, Symptom } from '../../graph/index.ts';
import { type Candidate, candidatesOf, type Prior, SPREAD, UNDRAWN } from './candidates.ts';
import { noiseOf } from './noise.ts';
import { expectationOf, type Scene, sceneOf } from './scene.ts';
import { type Sharer, sharedBy } from './sharers.ts';
import { levelOf, readingOf } from './symptom.ts';
import { type Step, triesOf } from './tries.ts';
import { verdictOn } from './verdict.ts';
import { type Ways, waysOf } from './ways.ts';

export type Belief = Candidate & {
  /** Probability that this part alone is guilty, as things stand. */
  share: number;
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
  /** Who it most likely is if two share it; none where that is unlikely, or nobody stands out. */
  sharers: readonly Sharer[];
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
  const befores = counted.map(({ experiment }) => snapshotOf(board, experiment.before));
  const noise = noiseOf(calmOf([usual, ...befores, now]), symptom, usual);

  const logs = candidates.map(({ prior: share }) => Math.log(share));
  let undrawn = Math.log(UNDRAWN);
  const tries = triesOf(board, { ways, symptom, noise, steps: counted });
  for (const { effect, trial } of tries) {
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
  }
  const shared = sharedBy(candidates, tries);
  const spread = Math.log(SPREAD) + shared.log;
  const best = Math.max(...logs, spread, undrawn);
  const powers = logs.map((log) => Math.exp(log - best));
  const [all, none] = [Math.exp(spread - best), Math.exp(undrawn - best)];
  const whole = powers.reduce((a, b) => a + b, all + none);
  const found = candidates
    .map((candidate, i): Belief => ({ ...candidate, share: powers[i]! / whole }))
    .sort((a, b) => b.share - a.share);
  const shares = { spread: all / whole, undrawn: none / whole };
  const sharers = shares.spread > WORTH_NAMES ? shared.sharers : [];
  const last = counted.at(-1)?.verdict;
  const level = (snapshot: Snapshot | null) =>
    snapshot && levelOf(readingOf(snapshot, symptom.subject, symptom.metric), symptom);
  return {
    ...{ symptom, ways, candidates: found, ...shares, sharers, steps, threshold },
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
/** Who shares it is told where that several do is likelier than this. */
const WORTH_NAMES = 0.1;

const isOf = ({ symptom }: Experiment, wanted: Symptom): boolean =>
  !symptom ||
  (symptom.metric === wanted.metric &&
    symptom.subject.type === wanted.subject.type &&
    symptom.subject.id === wanted.subject.id);

const snapshotOf = ({ snapshots }: Pick<Board, 'snapshots'>, id: Id | undefined): Snapshot | null =>
  id === undefined ? null : (snapshots[id] ?? null);

/** One after another, none that shares its window with the one before it. */
function calmOf(snapshots: readonly (Snapshot | null)[]): Snapshot[] {
  const calm: Snapshot[] = [];
  for (const each of snapshots.filter((each) => each !== null).sort((a, b) => a.at - b.at)) {
    const last = calm.at(-1);
    if (!last || each.at - each.window >= last.at) calm.push(each);
  }
  return calm;
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
