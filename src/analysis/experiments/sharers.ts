/**
 * Who it is if two share the guilt: Bayes' rule over all pairs of candidates. With both out, the symptom goes; with
 * neither, it stays; with one of them, it ends up anywhere between.
 */
import type { SinglePart } from '../../graph/index.ts';
import type { Candidate } from './candidates.ts';
import type { Effect } from './effect.ts';
import { expectationOf, rangeBetween } from './scene.ts';
import type { Try } from './tries.ts';

export type Sharer = {
  part: SinglePart;
  /** Probability that it is one of the two, if there are two. */
  share: number;
};

/** Below this, a name would mislead. */
const STANDS_OUT = 0.3;

/**
 * @returns how likely what was seen is if two share it, and who they are, the likeliest first. As a natural logarithm,
 * averaged over all pairs by how likely their parts were at first.
 */
export function sharedBy(
  candidates: readonly Candidate[],
  tries: readonly Try[],
): { log: number; sharers: readonly Sharer[] } {
  const seen = tries.map(({ effect, trial }) => seenIn(candidates, effect, trial));
  const shares = candidates.map(() => 0);
  let [whole, before] = [0, 0];
  candidates.forEach((first, i) => {
    for (let j = i + 1; j < candidates.length; j++) {
      const prior = first.prior * candidates[j]!.prior;
      let likely = prior;
      for (const { out, both, one, none } of seen) {
        const [a, b] = [out[i]!, out[j]!];
        likely *= a * b * both + (a + b - 2 * a * b) * one + (1 - a) * (1 - b) * none;
      }
      shares[i]! += likely;
      shares[j]! += likely;
      whole += likely;
      before += prior;
    }
  });
  if (!(whole > 0)) return { log: Number.NEGATIVE_INFINITY, sharers: [] };
  const sharers = candidates
    .map(({ part }, i): Sharer => ({ part, share: shares[i]! / whole }))
    .filter(({ share }) => share >= STANDS_OUT)
    .sort((a, b) => b.share - a.share);
  return { log: Math.log(whole / before) + seen.reduce((sum, { scale }) => sum + scale, 0), sharers };
}

/** What a try says of who is out in it, so scaled that many of them can be multiplied. */
function seenIn(candidates: readonly Candidate[], { rest, removed }: Effect, trial: Try['trial']) {
  const logs = [
    trial((scene, sigma) => expectationOf(scene, 0, removed, sigma)),
    trial((scene, sigma) => rangeBetween(scene, removed, sigma)),
    trial((scene, sigma) => expectationOf(scene, 1, removed, sigma)),
  ];
  const scale = Math.max(...logs);
  const [both, one, none] = logs.map((log) => Math.exp(log - scale));
  const out = candidates.map((each) => 1 - Math.min(1, rest(each)));
  return { out, scale, both: both!, one: one!, none: none! };
}
