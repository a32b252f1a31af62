/** All that two snapshots both know, beside each other. */
import type { Board, Metric, Reading, Snapshot, Subject } from '../../graph/index.ts';
import { readingsThen, readingThen } from '../baseline.ts';
import { countChange } from '../instances.ts';
import { countOf, loadOf } from './counted.ts';
import { type Comparison, compareReadings, type Load } from './pair.ts';
import type { ComparisonReason } from './verdict.ts';

export type CompareOptions = {
  /** Which quantile of distributions; p95 unless told. */
  q?: number;
  /** Instance by instance where both sides tell them apart, which is the rule; or all of them together. */
  perInstance?: boolean;
  /** Only these. */
  metrics?: readonly Metric[];
  subjects?: readonly Subject[];
};

/**
 * What each node and edge of the board was before and is after: for every metric and side (caller, callee) of it that
 * both snapshots know, instance by instance where both tell the same ones apart. Simulated figures and real ones are put
 * beside each other only to say that nobody can tell.
 * @param before, after two snapshots, a snapshot and now, or two windows: all that was known of a time
 */
export function compareSnapshots(
  board: Pick<Board, 'nodes' | 'edges'>,
  before: Snapshot,
  after: Snapshot,
  { q = 0.95, perInstance = true, metrics, subjects = subjectsOf(board) }: CompareOptions = {},
): Comparison[] {
  return subjects.flatMap((subject) => {
    const views = Map.groupBy(
      readingsThen(after, subject).filter(
        ({ metric, operation }) => operation === undefined && (metrics?.includes(metric) ?? true),
      ),
      ({ metric, side }) => `${metric} ${side}`,
    );
    return [...views.values()].flatMap((view) =>
      spokenOf(view, before, perInstance).map((pair) => comparePair(board, before, after, pair, q)),
    );
  });
}

const subjectsOf = ({ nodes, edges }: Pick<Board, 'nodes' | 'edges'>): Subject[] => [
  ...Object.keys(edges).map((id): Subject => ({ type: 'edge', id })),
  ...Object.keys(nodes).map((id): Subject => ({ type: 'node', id })),
];

/** One figure of those after with its like before; null where it wasn't measured then. */
export function compareFigure(
  board: Pick<Board, 'nodes' | 'edges'>,
  before: Snapshot,
  after: Snapshot,
  spoken: Reading,
  q: number,
): Comparison | null {
  const then = readingThen(before, spoken);
  return then && comparePair(board, before, after, { then, now: spoken }, q);
}

type Pair = { then: Reading; now: Reading };

/** Of one metric and side: the instances that both know, or else all together. */
function spokenOf(view: readonly Reading[], before: Snapshot, perInstance: boolean): Pair[] {
  const pairs = pairsOf(view, before);
  const ofInstances = pairs.filter(({ now }) => now.instance !== null);
  const ofAll = pairs.filter(({ now }) => now.instance === null);
  const chosen = ofAll.length === 0 || (perInstance && ofInstances.length > 0) ? ofInstances : ofAll;
  const best = new Map<string | null, Pair>();
  for (const pair of chosen) {
    const known = best.get(pair.now.instance);
    if (!known || isBetter(pair, known)) best.set(pair.now.instance, pair);
  }
  return [...best.values()];
}

function pairsOf(view: readonly Reading[], before: Snapshot): Pair[] {
  return view.flatMap((now) => {
    const then = readingThen(before, now) ?? otherKind(before, now);
    return then ? [{ then, now }] : [];
  });
}

/** A real figure where this one is simulated, or the other way. */
function otherKind(before: Snapshot, now: Reading): Reading | null {
  const provenance = { ...now.provenance, simulated: !now.provenance.simulated };
  return readingThen(before, { ...now, provenance });
}

const isMixed = ({ then, now }: Pair) => then.provenance.simulated !== now.provenance.simulated;

/** Alike before mixed, real before simulated, the same source before another, the newer before the older. */
function isBetter(a: Pair, b: Pair): boolean {
  if (isMixed(a) !== isMixed(b)) return isMixed(b);
  if (a.now.provenance.simulated !== b.now.provenance.simulated) return b.now.provenance.simulated;
  const sameSource = ({ then, now }: Pair) => then.provenance.source === now.provenance.source;
  if (sameSource(a) !== sameSource(b)) return sameSource(a);
  return a.now.at > b.now.at;
}

function comparePair(
  board: Pick<Board, 'nodes' | 'edges'>,
  before: Snapshot,
  after: Snapshot,
  { then, now }: Pair,
  q: number,
): Comparison {
  const moved = countChange(now, readingsThen(after, now.subject), before, q);
  return compareReadings(then, now, {
    q,
    load: loadBetween(board, before, after, { then, now }),
    also: [...staleness(then, before, 'before'), ...staleness(now, after, 'after')],
    countAlone: moved !== null,
  });
}

function loadBetween(
  board: Pick<Board, 'edges'>,
  before: Snapshot,
  after: Snapshot,
  { then, now }: Pair,
): Load | null {
  const rates = [loadOf(board, before, then), loadOf(board, after, now)] as const;
  const [b, a] = rates.some((rate) => rate === null) ? [perSecond(then), perSecond(now)] : rates;
  return a !== null && b !== null && b > 0 ? { before: b, after: a, ratio: a / b } : null;
}

function perSecond(reading: Reading): number | null {
  const count = countOf(reading);
  return count !== null && reading.window > 0 ? (count * 1000) / reading.window : null;
}

/** Older than three of its windows, and than 15 s, when the snapshot was taken. */
function staleness(reading: Reading, { at }: Snapshot, side: 'before' | 'after'): ComparisonReason[] {
  const age = at - reading.at;
  return age > Math.max(3 * reading.window, 15_000) ? [{ kind: 'stale', side, age }] : [];
}
