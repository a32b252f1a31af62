/**
 * Who it is if two share the guilt: Bayes' rule over all pairs of candidates. With both out, the symptom goes; with
 * neither, it stays; with one of them, it ends up anywhere between.
 */
import type { SinglePart } from '../../graph/index.ts';
import type { Candidate } from './candidates.ts';
import { expectationOf, rangeBetween } from './scene.ts';
import type { Try } from './tries.ts';

export type Sharer = {
  part: SinglePart;
  /** Probability that it is one of the two, if there are two. */
  share: number;
};

/** Below this, a name would mislead. */
const STANDS_OUT = 0.3;

/** @returns the likeliest first */
export function sharersOf(candidates: readonly Candidate[], tries: readonly Try[]): Sharer[] {
  const seen = tries.map(({ effect, trial }) => ({
    out: candidates.map((each) => 1 - Math.min(1, effect.rest(each))),
    both: Math.exp(trial((scene, sigma) => expectationOf(scene, 0, effect.removed, sigma))),
    one: Math.exp(trial((scene, sigma) => rangeBetween(scene, effect.removed, sigma))),
    none: Math.exp(trial((scene, sigma) => expectationOf(scene, 1, effect.removed, sigma))),
  }));
  const shares = candidates.map(() => 0);
  let whole = 0;
  candidates.forEach((first, i) => {
    for (let j = i + 1; j < candidates.length; j++) {
      let likely = first.prior * candidates[j]!.prior;
      for (const { out, both, one, none } of seen) {
        const [a, b] = [out[i]!, out[j]!];
        likely *= a * b * both + (a + b - 2 * a * b) * one + (1 - a) * (1 - b) * none;
      }
      shares[i]! += likely;
      shares[j]! += likely;
      whole += likely;
    }
  });
  return candidates
    .map(({ part }, i): Sharer => ({ part, share: whole > 0 ? shares[i]! / whole : 0 }))
    .filter(({ share }) => share >= STANDS_OUT)
    .sort((a, b) => b.share - a.share);
}
