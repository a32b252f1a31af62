/** How far the symptom wanders by itself between two measurements: learnt from what was measured with nothing out. */
import type { ExperimentVerdict } from './verdict.ts';

/** What is taken for granted before that, standard deviation of one figure's logarithm, with the weight of so many. */
const USUAL = 0.06;
const WEIGHT = 2;

/** Standard deviation of ln(after ÷ before) that is neither chance of few samples nor coarse buckets. */
export function noiseOf(verdicts: readonly ExperimentVerdict[]): number {
  const befores = verdicts.flatMap(({ before }) => (before !== null && before > 0 ? [Math.log(before)] : []));
  // of neighbours in time, so that a symptom that grows all the while does not count as one that jumps
  const steps = befores.slice(1).map((value, i) => (value - befores[i]!) ** 2 / 2);
  const sum = steps.reduce((a, b) => a + b, 0);
  const variance = (WEIGHT * USUAL ** 2 + sum) / (WEIGHT + steps.length);
  return Math.sqrt(2 * variance);
}
