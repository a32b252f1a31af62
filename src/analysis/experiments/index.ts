/**
 * Divide and conquer: what an experiment would show, what it did show, whose guilt it is most likely, what to try next.
 * Nothing of it is kept: all follows from the board's experiments and their snapshots.
 *
 *   ways of a request ─► effect of taking a part out ─► plan (before) · likelihood (after) ─► beliefs ─► next best
 */
export { type Beliefs, beliefs, THRESHOLD } from './beliefs.ts';
export type { Prior } from './candidates.ts';
export { nextBest, type Suggestion, togetherOf } from './next.ts';
export { planOf } from './plan.ts';
export { priorOf, toldBy } from './ranking.ts';
export type { Step } from './tries.ts';
export { guards, verdictOf, verdictOn } from './verdict.ts';
export {
  adviceSentence,
  cameSentence,
  partName,
  planSentences,
  settledSentence,
  sharersText,
  symptomName,
  verdictSentence,
} from './words.ts';
