/** What would be, from rates, times and how busy a part is, where no single requests are known. */
import {
  adjacencyOf,
  type Board,
  type Id,
  type Metric,
  type Milliseconds,
  mean,
  quantile,
  type Ratio,
  type Reading,
  type Snapshot,
  type Subject,
  subjectKey,
} from '../../graph/index.ts';
import { readingsThen } from '../baseline.ts';
import type { Assumption, NoPrediction, Prediction } from './prediction.ts';
import type { Change } from './replay.ts';

type Graph = Pick<Board, 'nodes' | 'edges'>;

/**
 * The share of the symptom's mean that the change takes away, and its quantile shrunk by as much. What a part holds of a
 * request is its share of the critical path, or how often a request comes to it × what it takes there.
 * Waiting follows the load (M/M/1, response time = service time ÷ (1 − use): Kleinrock, Queueing Systems I, 1975).
 */
export function byQueueing(
  board: Graph,
  snapshot: Snapshot,
  change: Change,
  symptom: Subject,
  q: number,
): Prediction | NoPrediction {
  const measured = measuresOf(snapshot);
  const spoken = latencyOf(board, symptom, measured);
  if (!spoken || typeof spoken.value === 'number')
    return { reason: 'the latency of the symptom is not known' };
  const before = quantile(spoken.value, q)?.value ?? null;
  if (before === null) return { reason: 'its source does not tell that quantile of the symptom' };
  const whole = middleOf(spoken);
  if (whole === null || !(whole > 0)) return { reason: 'the mean of the symptom is not known' };
  const held = heldBy(board, change.subject, symptom, whole, measured);
  if (typeof held === 'string') return { reason: held };
  const use = change.subject.type === 'node' ? busyShare(change.subject, measured) : null;
  // With less work to do it is less busy, so what is left of the service waits less, too.
  const left = use === null ? change.left : (change.left * (1 - use)) / (1 - use * change.left);
  const ratio = Math.max(0, 1 - held.share * (1 - left));
  const assumptions: Assumption[] = [
    ...(held.byPath ? [] : (['one after the other'] as const)),
    change.left === 0 ? 'not called' : change.subject.type === 'edge' ? 'whole call' : 'own time only',
    ...(change.subject.type === 'edge'
      ? []
      : [use === null ? ('no waiting known' as const) : ('waits as one queue' as const)]),
    'same for all requests',
    'nothing else changes',
  ];
  return {
    ...{ by: 'queueing', symptom, change, q, before, after: before * ratio, ratio },
    requests: null,
    assumptions,
  };
}

type Measures = (subject: Subject, metric: Metric) => Reading | null;

/** Over all instances and operations, as the caller saw it where both did, real before simulated. */
function measuresOf(snapshot: Snapshot): Measures {
  const kept = new Map<string, Reading | null>();
  return (subject, metric) => {
    const key = `${subjectKey(subject)} ${metric}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const found = readingsThen(snapshot, subject).filter(
      (each) => each.metric === metric && each.instance === null && each.operation === undefined,
    );
    const rank = (each: Reading) => (each.provenance.simulated ? 2 : 0) + (each.side === 'callee' ? 1 : 0);
    const best = found.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
    kept.set(key, best);
    return best;
  };
}

/** The mean, or where its source does not tell it the median. */
const middleOf = ({ value }: Reading): Milliseconds | null =>
  typeof value === 'number' ? value : (mean(value) ?? quantile(value, 0.5)?.value ?? null);

/** An edge's own; of a node that of the busiest edge that comes in. */
function latencyOf({ edges }: Graph, subject: Subject, measured: Measures): Reading | null {
  const own = measured(subject, 'latency');
  if (own || subject.type === 'edge') return own;
  const into = (adjacencyOf(edges).in.get(subject.id) ?? []).map(({ id }): Subject => ({ type: 'edge', id }));
  const busiest = into.toSorted((a, b) => (rateOf(b, measured) ?? 0) - (rateOf(a, measured) ?? 0));
  return busiest.map((edge) => measured(edge, 'latency')).find((each) => each !== null) ?? null;
}

function rateOf(subject: Subject, measured: Measures): number | null {
  const value = measured(subject, 'rate')?.value;
  return typeof value === 'number' ? value : null;
}

/** What share of the symptom's mean the changed part holds; why that is not known. */
function heldBy(
  board: Graph,
  changed: Subject,
  symptom: Subject,
  whole: Milliseconds,
  measured: Measures,
): { share: Ratio; byPath: boolean } | string {
  if (!leadsTo(board, symptom, changed)) return 'no request of the symptom comes to that part';
  const onPath = measured(changed, 'critical path')?.value;
  if (typeof onPath === 'number' && changed.type === 'node')
    return { share: Math.min(1, onPath), byPath: true };
  const visits = visitsOf(board, changed, symptom, measured);
  if (visits === null) return 'how often a request comes to that part is not known';
  const each = changed.type === 'edge' ? timeOf(changed, measured) : ownTimeOf(board, changed.id, measured);
  if (each === null) return 'how long that part takes is not known';
  return { share: Math.min(1, (visits * each) / whole), byPath: false };
}

const timeOf = (subject: Subject, measured: Measures): Milliseconds | null => {
  const reading = measured(subject, 'latency');
  return reading && middleOf(reading);
};

/** As measured, or what its callers wait less what it waits for itself. */
function ownTimeOf(board: Graph, node: Id, measured: Measures): Milliseconds | null {
  const told = measured({ type: 'node', id: node }, 'own time');
  const own = told && middleOf(told);
  if (own !== null) return own;
  const served = latencyOf(board, { type: 'node', id: node }, measured);
  const inclusive = served && middleOf(served);
  if (inclusive === null) return null;
  const rate = servedRate(board, node, measured);
  if (rate === null || !(rate > 0)) return null;
  let waited = 0;
  for (const { id, kind } of adjacencyOf(board.edges).out.get(node) ?? []) {
    if (kind === 'publish' || kind === 'consume') continue;
    const [calls, each] = [rateOf({ type: 'edge', id }, measured), timeOf({ type: 'edge', id }, measured)];
    if (calls === null || each === null) return null;
    waited += (calls / rate) * each;
  }
  return Math.max(0, inclusive - waited);
}

function servedRate({ edges }: Graph, node: Id, measured: Measures): number | null {
  const own = rateOf({ type: 'node', id: node }, measured);
  if (own !== null) return own;
  const rates = (adjacencyOf(edges).in.get(node) ?? []).map(({ id }) =>
    rateOf({ type: 'edge', id }, measured),
  );
  if (rates.length === 0 || rates.some((rate) => rate === null)) return null;
  return rates.reduce<number>((sum, rate) => sum + rate!, 0);
}

function visitsOf(board: Graph, changed: Subject, symptom: Subject, measured: Measures): number | null {
  const rate = (subject: Subject) =>
    subject.type === 'edge' ? rateOf(subject, measured) : servedRate(board, subject.id, measured);
  const [here, there] = [rate(changed), rate(symptom)];
  return here === null || there === null || !(there > 0) ? null : here / there;
}

/** Whether who waits for the symptom waits for the part, too. */
function leadsTo({ edges }: Graph, symptom: Subject, changed: Subject): boolean {
  const { out } = adjacencyOf(edges);
  const start = symptom.type === 'node' ? symptom.id : edges[symptom.id]?.target;
  if (start === undefined) return false;
  if (symptom.type === changed.type && symptom.id === changed.id) return true;
  const reached = new Set([start]);
  for (const node of reached)
    for (const edge of out.get(node) ?? []) {
      if (changed.type === 'edge' && edge.id === changed.id) return true;
      if (edge.kind !== 'publish' && edge.kind !== 'consume') reached.add(edge.target);
    }
  return changed.type === 'node' && reached.has(changed.id);
}

/** Share of the time that it is at work, below 1; null where nobody measured it. */
function busyShare(node: Subject, measured: Measures): Ratio | null {
  for (const metric of ['thread use', 'pool use', 'cpu'] as const) {
    const value = measured(node, metric)?.value;
    if (typeof value === 'number' && value >= 0) return Math.min(0.99, value);
  }
  return null;
}
