/**
 * Divide and conquer: what an experiment would show, what it did show, whose guilt it is most likely, what to try next.
 * Nothing of it is kept: all follows from the board's experiments and their snapshots.
 *
 *   ways of a request ─► effect of taking a part out ─► plan (before) · likelihood (after) ─► beliefs ─► next best
 */
export {
  type Belief,
  type Beliefs,
  type BeliefsInput,
  beliefs,
  type Settled,
  type Step,
  THRESHOLD,
} from './beliefs.ts';
export type { Prior } from './candidates.ts';
export { type NextOptions, nextBest, type Suggestion } from './next.ts';
export { type Expected, type Plan, planOf } from './plan.ts';
export { priorOf, type Told, toldBy } from './ranking.ts';
export { type ExperimentVerdict, type Guard, guards, verdictOf } from './verdict.ts';
export {
  adviceSentence,
  partName,
  planSentences,
  settledSentence,
  symptomName,
  verdictSentence,
} from './words.ts';
