/**
 * What a part says of all it served, whoever asked. On the board that is the part's own figure, and the figure of
 * an edge only where no other caller is drawn and what the caller counted, if it did, is the same.
 */
import { edgesAt, type Id, isCarrier, type PerSecond } from '../../graph/index.ts';
import type { Speakers } from './speakers.ts';
import type { Tally } from './tally.ts';
import type { Served } from './traffic.ts';
import { type Drawn, edgeSubject } from './ways.ts';

/** The two ends are not asked at the very same moment: their counts may differ by so much. */
const AGREEMENT = 0.2;

/** @returns the edge that was given figures of its target for want of any of its own */
export function tellServed(
  tally: Tally,
  board: Drawn,
  speakers: Speakers,
  node: Id,
  all: readonly Served[],
  dialect: number,
): Id | null {
  const subject = { type: 'node', id: node } as const;
  for (const { latency, instance, asked, ...counted } of all) {
    if (latency) tally.add(subject, 'latency', 'callee', instance, latency, asked.callee);
    addCounts(tally, subject, instance, counted, asked);
  }
  const edge = onlyCall(board, node);
  if (edge === null) return null;
  const speaker = speakers.of(edge.id);
  const isMeasured = speaker !== null;
  if (isMeasured && (speaker !== dialect || !agree(speakers.rate(edge.id), rateOf(all)))) return null;
  const there = edgeSubject(edge);
  for (const { latency, instance, asked, ...counted } of all) {
    if (latency) tally.add(there, 'latency', 'callee', instance, latency, asked.callee);
    if (!isMeasured) addCounts(tally, there, instance, counted, asked);
  }
  return isMeasured ? null : edge.id;
}

/** Rate and errors: who failed is known only where anything was counted. */
export function addCounts(
  tally: Tally,
  subject: Parameters<Tally['add']>[0],
  instance: string | null,
  { rate, failed }: Pick<Served, 'rate' | 'failed'>,
  asked: Served['asked'],
): void {
  if (rate === null) return;
  tally.add(subject, 'rate', null, instance, rate, asked.rate);
  tally.add(subject, 'errors', null, instance, { part: failed ?? 0, whole: rate, of: '' }, asked.failed);
}

function onlyCall(board: Drawn, node: Id) {
  const calls = edgesAt(board.edges, node).filter(
    ({ source, target, kind }) =>
      target === node && source !== node && kind === 'call' && !isCarrier(board.nodes[source]?.kind),
  );
  return calls.length === 1 ? calls[0]! : null;
}

const rateOf = (all: readonly Served[]): PerSecond => all.reduce((sum, { rate }) => sum + (rate ?? 0), 0);

const agree = (a: PerSecond | null, b: PerSecond): boolean =>
  a !== null && Math.abs(a - b) <= AGREEMENT * Math.max(a, b);
