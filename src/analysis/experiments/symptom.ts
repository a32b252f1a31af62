/** What a snapshot says of a symptom: its reading, its level, and how sure that is. */
import {
  givenQuantile,
  METRICS,
  quantile,
  type Reading,
  type Snapshot,
  type Subject,
  type Symptom,
} from '../../graph/index.ts';
import { readingsThen } from '../baseline.ts';

/** Where a person names none. */
const USUAL_QUANTILE = 0.95;

/** True for what is a time, so that the parts on its way have shares of it. */
export const isTime = ({ metric }: Pick<Symptom, 'metric'>): boolean =>
  METRICS[metric] === 'ms' && !isQueueing({ metric });

/** True for what piles up: a little more capacity than is needed, and it is gone. */
export const isQueueing = ({ metric }: Pick<Symptom, 'metric'>): boolean =>
  metric === 'queue wait' ||
  metric === 'queue depth' ||
  metric === 'queue unacked' ||
  metric === 'lag time' ||
  metric === 'pool wait' ||
  metric === 'pool waiting';

/** The quantile that is looked at. */
export const quantileOf = ({ q = USUAL_QUANTILE }: Pick<Symptom, 'q'>): number => q;

/** The reading of a metric for all instances and operations together: as it is felt, so of a call by its caller. */
export function readingOf(snapshot: Snapshot, subject: Subject, metric: Symptom['metric']): Reading | null {
  let best: Reading | null = null;
  let rank = Number.NEGATIVE_INFINITY;
  for (const reading of readingsThen(snapshot, subject)) {
    if (reading.metric !== metric || reading.instance !== null || reading.operation !== undefined) continue;
    const felt = reading.side === (subject.type === 'edge' ? 'caller' : 'callee');
    const here = (reading.provenance.simulated ? 0 : 10) + (felt ? 2 : reading.side === null ? 1 : 0);
    if (here > rank) [best, rank] = [reading, here];
  }
  return best;
}

/** The figure of a reading that the symptom speaks of; null where its source did not give it. */
export function levelOf(reading: Reading | null, symptom: Symptom): number | null {
  if (!reading) return null;
  const { value } = reading;
  if (typeof value === 'number') return value;
  return quantile(value, givenQuantile(value, quantileOf(symptom)))?.value ?? null;
}
