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
  // those that were out in the same tries can't be told apart
  const alike = [
    ...Map.groupBy(candidates.keys(), (i) => seen.map(({ out }) => out[i]).join(' ')).values(),
  ].map((members) => ({ members, prior: sumOf(members, (i) => candidates[i]!.prior) }));
  const shares = candidates.map(() => 0);
  let [whole, before] = [0, 0];
  for (const one of alike) {
    for (const other of alike) {
      const likely = likelihoodOf(seen, one.members[0]!, other.members[0]!);
      for (const i of one.members) {
        const { prior } = candidates[i]!;
        // nobody shares it with himself
        const pairs = prior * (other.prior - (one === other ? prior : 0));
        shares[i]! += pairs * likely;
        whole += (pairs * likely) / 2;
        before += pairs / 2;
      }
    }
  }
  if (!(whole > 0)) return { log: Number.NEGATIVE_INFINITY, sharers: [] };
  const sharers = candidates
    .map(({ part }, i): Sharer => ({ part, share: shares[i]! / whole }))
    .filter(({ share }) => share >= STANDS_OUT)
    .sort((a, b) => b.share - a.share);
  return { log: Math.log(whole / before) + sumOf(seen, ({ scale }) => scale), sharers };
}

/** What was seen, if those two share it. */
const likelihoodOf = (seen: readonly ReturnType<typeof seenIn>[], first: number, second: number): number =>
  seen.reduce((product, { out, both, one, none }) => {
    const [a, b] = [out[first]!, out[second]!];
    return product * (a * b * both + (a + b - 2 * a * b) * one + (1 - a) * (1 - b) * none);
  }, 1);

const sumOf = <T>(all: readonly T[], of: (each: T) => number): number =>
  all.reduce((sum, each) => sum + of(each), 0);

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
