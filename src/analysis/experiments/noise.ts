/**
 * How far the symptom wanders by itself between two measurements: learnt from what was measured with nothing out. Of
 * the symptom there are few such moments, so before that, from how far all other figures moved: most of them have nothing
 * to do with the trouble.
 */
import { givenQuantile, quantile, type Snapshot, type Symptom, subjectKey } from '../../graph/index.ts';
import { levelOf, readingOf } from './symptom.ts';
import { quantileSigma } from './verdict.ts';

/** What is taken for granted, standard deviation of one figure's logarithm, with the weight of so many moments. */
const USUAL = 0.06;
const WEIGHT = 2;
/** Where other figures tell, with the weight of so many: they may wander less or more than the symptom does. */
const TOLD_WEIGHT = 4;
/** Nothing is steadier than this. */
const LEAST = 0.02;

/**
 * Standard deviation of ln(after ÷ before) that is neither chance of few samples nor coarse buckets.
 *
 * @param calm measured with nothing out, in the order of time
 * @param usual the one of them that is from when all was well
 */
export function noiseOf(calm: readonly Snapshot[], symptom: Symptom, usual: Snapshot | null): number {
  const levels = calm.flatMap((each) => {
    if (each === usual) return [];
    const level = levelOf(readingOf(each, symptom.subject, symptom.metric), symptom);
    return level !== null && level > 0 ? [Math.log(level)] : [];
  });
  // of neighbours in time, so that a symptom that grows all the while does not count as one that jumps
  const steps = levels.slice(1).map((value, i) => (value - levels[i]!) ** 2 / 2);
  const sum = steps.reduce((a, b) => a + b, 0);
  const others = wanderOf(calm, symptom);
  const [from, weight] = others === null ? [USUAL, WEIGHT] : [Math.max(others, LEAST), TOLD_WEIGHT];
  return Math.sqrt((2 * (weight * from ** 2 + sum)) / (weight + steps.length));
}

/** So many figures tell how far figures wander. */
const ENOUGH = 8;
/** Of a normal distribution, a third is nearer to the middle than this many standard deviations. */
const THIRD = 0.43;
/** Median calls measured by fewer than this say nothing. */
const SAMPLES = 10;
/** Less than this share of what chance does can't be told from none. */
const HIDDEN = 0.5;

/**
 * How far median times of calls are off from one moment to the next, standard deviation of one figure's logarithm: of
 * those that are measured best, the third that moved least tells it, so that it may be half of them that the trouble moves.
 */
function wanderOf(calm: readonly Snapshot[], { subject }: Symptom): number | null {
  const moved = movesOf(calm, subjectKey(subject));
  if (moved.length < ENOUGH) return null;
  moved.sort((a, b) => a.sigma - b.sigma);
  const best = moved.slice(0, Math.max(ENOUGH, moved.length >> 1));
  const chance = best[best.length >> 1]!.sigma;
  const far = best.map(({ by }) => Math.abs(by)).sort((a, b) => a - b);
  const all = far[Math.floor(far.length / 3)]! / THIRD;
  return Math.sqrt(Math.max(all ** 2 - chance ** 2, (HIDDEN * chance) ** 2) / 2);
}

function movesOf(calm: readonly Snapshot[], except: string): { by: number; sigma: number }[] {
  const edges = calm.flatMap(({ readings }) =>
    readings.flatMap(({ subject }) => (subject.type === 'edge' ? [subject.id] : [])),
  );
  return [...new Set(edges)].flatMap((id) => {
    const subject = { type: 'edge', id } as const;
    if (subjectKey(subject) === except) return [];
    const medians = calm.flatMap((each) => medianOf(each, subject) ?? []);
    return medians.slice(1).map((is, i) => {
      const was = medians[i]!;
      return { by: Math.log(is.value / was.value), sigma: Math.hypot(is.sigma, was.sigma) };
    });
  });
}

function medianOf(snapshot: Snapshot, subject: { type: 'edge'; id: string }) {
  const reading = readingOf(snapshot, subject, 'latency');
  if (!reading || typeof reading.value === 'number' || (reading.samples ?? 0) < SAMPLES) return null;
  const q = givenQuantile(reading.value, 0.5);
  const value = quantile(reading.value, q)?.value ?? 0;
  return value > 0 ? { value, sigma: quantileSigma(reading, q) } : null;
}
