/** What would be if a part were faster, or not there: run through real requests again, or worked out from rates and times. */
import { type Board, type Milliseconds, quantile, type Snapshot, type Subject } from '../../graph/index.ts';
import type { Assumption, NoPrediction, Prediction } from './prediction.ts';
import { byQueueing } from './queueing.ts';
import { type Change, replay } from './replay.ts';

export type { NoPrediction, Prediction } from './prediction.ts';
export type { Change } from './replay.ts';
export { assumptionSentence } from './words.ts';

/** So few requests tell no quantile. */
const FEW = 5;

/**
 * The latency of the symptom with a part changed: from single requests of the snapshot where there are some that went
 * through both, otherwise from its rates and times. The reason where neither can say.
 */
export function whatIf(
  board: Pick<Board, 'nodes' | 'edges'>,
  snapshot: Snapshot,
  change: Change,
  symptom: Subject,
  q: number,
): Prediction | NoPrediction {
  return byTraces(snapshot, change, symptom, q) ?? byQueueing(board, snapshot, change, symptom, q);
}

function byTraces({ requests }: Snapshot, change: Change, symptom: Subject, q: number): Prediction | null {
  if (!requests) return null;
  const indexOf = ({ type, id }: Subject) =>
    requests.subjects.findIndex((each) => each.type === type && each.id === id);
  const [changed, watched] = [indexOf(change.subject), indexOf(symptom)];
  if (changed < 0 || watched < 0) return null;
  const [before, after]: Milliseconds[][] = [[], []];
  for (const spans of requests.each) {
    // A span of the same part inside of another one is a piece of it.
    const isInside: boolean[] = [];
    const outermost = spans.flatMap(([subject, parent], i) => {
      isInside[i] = parent >= 0 && (isInside[parent]! || spans[parent]![0] === watched);
      return subject === watched && !isInside[i] ? [i] : [];
    });
    if (outermost.length === 0) continue;
    const took = replay(spans, (subject) => subject === changed, change);
    for (const i of outermost) {
      before!.push(spans[i]![3] - spans[i]![2]);
      after!.push(took[i]!);
    }
  }
  if (before!.length < FEW) return null;
  const at = (values: Milliseconds[]) =>
    quantile({ type: 'samples', values: values.toSorted((a, b) => a - b) }, q)!.value;
  const [was, is] = [at(before!), at(after!)];
  const what: Assumption =
    change.left === 0 ? 'not called' : change.subject.type === 'edge' ? 'whole call' : 'own time only';
  return {
    ...{ by: 'traces', symptom, change, q, before: was, after: is, ratio: was > 0 ? is / was : 1 },
    requests: before!.length,
    assumptions: ['calls after one another wait for each other', what, 'nothing else changes'],
  };
}
