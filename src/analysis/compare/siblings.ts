/** What is to be known of instances: which differs from its siblings, what only their number changed, which to measure. */
import {
  type Board,
  formatQuantile,
  METRICS,
  type Metric,
  mergeDistributions,
  type Ratio,
  type Reading,
  type Snapshot,
  type Subject,
} from '../../graph/index.ts';
import { readingsThen } from '../baseline.ts';
import type { Finding } from '../finding.ts';
import { type CountChange, countChange } from '../instances.ts';
import { countOf } from './counted.ts';
import { CONFIDENCE, ratioInterval } from './interval.ts';
import { changeOf } from './verdict.ts';
import { intervalText, nameOf, timesText } from './words.ts';

export type InstanceDiffers = Finding<
  'instance differs',
  {
    metric: Metric;
    instance: string;
    siblings: number;
    q: number;
    change: 'slower' | 'faster';
    /** Its quantile ÷ that of all the others together. */
    ratio: Ratio;
    interval: readonly [Ratio, Ratio];
  }
>;
/** Several instances, and nothing told of any one of them. */
export type MeasuredTogether = Finding<'measured together', { instances: number }>;
export type InstanceFinding = InstanceDiffers | CountChange | MeasuredTogether;

/**
 * All that is to be said of instances, in the order of the board.
 * @param before what to compare with; without it nothing is said of changes in their number
 */
export function instanceFindings(
  board: Pick<Board, 'nodes' | 'edges'>,
  before: Snapshot | null,
  now: Snapshot,
  q = 0.95,
): InstanceFinding[] {
  const subjects = [
    ...Object.keys(board.edges).map((id): Subject => ({ type: 'edge', id })),
    ...Object.keys(board.nodes).map((id): Subject => ({ type: 'node', id })),
  ];
  return subjects.flatMap((subject) => {
    const readings = readingsThen(now, subject).filter(({ operation }) => operation === undefined);
    return [
      ...differing(subject, readings, q),
      ...countChanges(readings, before, q),
      ...measuredTogether(board, subject, readings),
    ];
  });
}

function differing(subject: Subject, readings: readonly Reading[], q: number): InstanceDiffers[] {
  const views = Map.groupBy(
    readings.filter(({ instance, metric }) => instance !== null && METRICS[metric] === 'ms'),
    ({ metric, side, provenance }) => `${metric} ${side} ${provenance.source}`,
  );
  return [...views.values()].flatMap((view) => {
    if (view.length < 2) return [];
    const slower = view.flatMap((own) => against(subject, own, view, view.length, 'up', q) ?? []);
    // beside a slow one all the others would seem fast
    const others = view.filter(({ instance }) => !slower.some((each) => each.instance === instance));
    const faster =
      others.length < 3
        ? []
        : others.flatMap((own) => against(subject, own, others, view.length, 'down', q) ?? []);
    return [...slower, ...faster];
  });
}

/** @param asked how many are tried: the chance of being wrong is shared out over them (Bonferroni) */
function against(
  subject: Subject,
  own: Reading,
  all: readonly Reading[],
  asked: number,
  wanted: 'up' | 'down',
  q: number,
): InstanceDiffers | null {
  const siblings = all.filter((each) => each !== own);
  const merged = mergeDistributions(
    siblings.flatMap(({ value }) => (typeof value === 'number' ? [] : [value])),
  );
  if (!merged || typeof own.value === 'number' || own.instance === null) return null;
  const counted = siblings.map(countOf);
  const before = counted.reduce<number | null>((sum, n) => (sum === null || n === null ? null : sum + n), 0);
  const counts = { before, after: countOf(own) };
  const found = ratioInterval(merged, own.value, q, counts, 1 - (1 - CONFIDENCE) / asked);
  if (!found || changeOf(found.ratio, [found.low, found.high], found.side) !== wanted) return null;
  return {
    subject,
    kind: 'instance differs',
    metric: own.metric,
    instance: own.instance,
    siblings: siblings.length,
    q,
    change: wanted === 'up' ? 'slower' : 'faster',
    ratio: found.ratio,
    interval: [found.low, found.high],
  };
}

function countChanges(readings: readonly Reading[], before: Snapshot | null, q: number): CountChange[] {
  const found = readings.flatMap((each) =>
    each.instance === null ? (countChange(each, readings, before, q) ?? []) : [],
  );
  return [...new Map(found.map((each) => [each.metric, each])).values()];
}

function measuredTogether(
  { nodes, edges }: Pick<Board, 'nodes' | 'edges'>,
  subject: Subject,
  readings: readonly Reading[],
): MeasuredTogether[] {
  if (readings.length === 0 || readings.some(({ instance }) => instance !== null)) return [];
  const node = nodes[subject.type === 'node' ? subject.id : (edges[subject.id]?.target ?? '')];
  const instances = Math.max(node?.instances ?? 0, ...readings.map((each) => each.instances ?? 0));
  return instances > 1 ? [{ subject, kind: 'measured together', instances }] : [];
}

/** In a sentence. */
export function instanceSentence(board: Pick<Board, 'nodes' | 'edges'>, finding: InstanceFinding): string {
  const name = nameOf(board, finding.subject);
  switch (finding.kind) {
    case 'instance count':
      return `${name}: ${finding.sentence}`;
    case 'instance differs': {
      const { instance, q, change, ratio, interval, siblings } = finding;
      const others = siblings === 1 ? 'the other one' : `the ${siblings} others`;
      return `${name}: ${instance} is ${change} than ${others}, ${formatQuantile(q)} ${timesText(ratio)}× theirs (95 % interval ${intervalText(interval)}).`;
    }
    case 'measured together':
      return `${name}: ${finding.instances} instances measured together. Performance is per instance: measure with one, or have the source tell them apart.`;
  }
}
