/**
 * Two times beside each other: what changed, by how much, how sure that is, and one plain word for it.
 *
 *   snapshots ─► pairs of readings ─► interval (interval, means, shares) ─► verdict and why ─► words
 */
export { neededFor, ratioInterval } from './interval.ts';
export { type Comparison, compareReadings } from './pair.ts';
export { instanceFindings, instanceSentence } from './siblings.ts';
export { type CompareOptions, compareFigure, compareSnapshots } from './snapshots.ts';
export type { Verdict } from './verdict.ts';
export { comparisonSentence, intervalText, metricWords, reasonWords, shortReason } from './words.ts';
