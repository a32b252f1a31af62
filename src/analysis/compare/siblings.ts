/** What is to be known of instances: which differs from its siblings, what only their number changed, which to measure. */
import {
  type Board,
  formatQuantile,
  METRICS,
  type Metric,
  quantile,
  type Ratio,
  type Reading,
  type Snapshot,
  type Subject,
  subjectName,
} from '../../graph/index.ts';
import { readingsThen } from '../baseline.ts';
import type { Finding } from '../finding.ts';
import { type CountChange, countChange } from '../instances.ts';
import { countOf } from './counted.ts';
import { CONFIDENCE, ratioInterval } from './interval.ts';
import { changeOf } from './verdict.ts';
import { intervalText, timesText } from './words.ts';

export type InstanceDiffers = Finding<
  'instance differs',
  {
    metric: Metric;
    instance: string;
    /** The one in the middle of them, that it is compared with. */
    usual: string;
    /** How many there are. */
    among: number;
    q: number;
    change: 'slower' | 'faster';
    /** Its quantile ÷ that of the usual one. */
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
    const sorted = view
      .flatMap((reading) => {
        const value = typeof reading.value === 'number' ? null : quantile(reading.value, q)?.value;
        return value == null ? [] : [{ reading, value }];
      })
      .sort((a, b) => a.value - b.value)
      .map(({ reading }) => reading);
    // the one in the middle stands for the usual: all others together would hold what is unusual in them
    const usual = sorted[Math.floor((sorted.length - 1) / 2)];
    return sorted.flatMap((own) =>
      usual && own !== usual ? against(subject, own, usual, sorted.length, q) : [],
    );
  });
}

/** @param among how many are compared: the chance of being wrong is shared out over them (Bonferroni) */
function against(
  subject: Subject,
  own: Reading,
  usual: Reading,
  among: number,
  q: number,
): InstanceDiffers[] {
  if (typeof own.value === 'number' || typeof usual.value === 'number') return [];
  const counts = { before: countOf(usual), after: countOf(own) };
  const found = ratioInterval(usual.value, own.value, q, counts, 1 - (1 - CONFIDENCE) / among);
  const change = found && changeOf(found.ratio, [found.low, found.high], found.side);
  if (!found || own.instance === null || usual.instance === null || (change !== 'up' && change !== 'down'))
    return [];
  return [
    {
      subject,
      kind: 'instance differs',
      metric: own.metric,
      instance: own.instance,
      usual: usual.instance,
      among,
      q,
      change: change === 'up' ? 'slower' : 'faster',
      ratio: found.ratio,
      interval: [found.low, found.high],
    },
  ];
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
  const name = subjectName(board, finding.subject);
  switch (finding.kind) {
    case 'instance count':
      return `${name}: ${finding.sentence}`;
    case 'instance differs': {
      const { instance, q, change, ratio, interval, usual, among } = finding;
      const middle = among === 2 ? usual : `${usual}, the middle one of ${among}`;
      return `${name}: ${instance} is ${change} than ${middle}: ${formatQuantile(q)} ${timesText(ratio)}× (95 % interval ${intervalText(interval)}).`;
    }
    case 'measured together':
      return `${name}: ${finding.instances} instances measured together. Performance is per instance: measure with one, or have the source tell them apart.`;
  }
}
