/**
 * What a part says of all it served, whoever asked. On the board that is the part's own figure, and the figure of
 * an edge only where no other caller is drawn and what the caller counted, if it did, is the same.
 */
import { edgesAt, type Id, isCarrier, type PerSecond, type Subject } from '../../graph/index.ts';
import type { Pace } from '../pace.ts';
import type { Speakers } from './speakers.ts';
import type { Tally } from './tally.ts';
import type { End, Seen, Served } from './traffic.ts';
import { type Drawn, edgeSubject } from './ways.ts';

/** The two ends are not asked at the very same moment: their counts may differ by so much. */
const AGREEMENT = 0.2;

type Told = {
  /** How many edges were given figures of their target for want of any of their own. */
  lent: number;
  /** Who serves and is drawn nowhere. */
  dark: ReadonlySet<End>;
};

/** Of several dialects that tell of one node the one that counted most speaks: the same request may be in both. */
export async function tellServed(
  tally: Tally,
  board: Drawn,
  speakers: Speakers,
  find: (end: End) => Id | null,
  heard: readonly { seen: Seen }[],
  pace: Pace,
): Promise<Told> {
  const dark = new Set<End>();
  const nodes = new Map<Id, { dialect: number; all: Served[] }[]>();
  for (const [dialect, { seen }] of heard.entries())
    for (const each of seen.served ?? []) {
      const node = find(each.by);
      if (node === null) {
        dark.add(each.by);
        continue;
      }
      const told = nodes.get(node) ?? [];
      nodes.set(node, told);
      const mine = told.find((other) => other.dialect === dialect);
      if (mine) mine.all.push(each);
      else told.push({ dialect, all: [each] });
    }
  let lent = 0;
  for (const [node, told] of nodes) {
    await pace();
    const most = told.reduce((a, b) => (rateOf(b.all) > rateOf(a.all) ? b : a));
    tellOf(tally, { type: 'node', id: node }, most.all, true);
    const edge = onlyCall(board, node);
    if (edge === null) continue;
    const speaker = speakers.of(edge.id);
    const mine = speaker === null ? most : told.find(({ dialect }) => dialect === speaker);
    if (!mine || (speaker !== null && !agree(speakers.rate(edge.id), rateOf(mine.all)))) continue;
    tellOf(tally, edgeSubject(edge), mine.all, speaker === null);
    if (speaker === null) lent++;
  }
  return { lent, dark };
}

/** @param counted whether rate and errors are told, too */
function tellOf(tally: Tally, subject: Subject, all: readonly Served[], counted: boolean): void {
  for (const { latency, instance, asked, rate, failed } of all) {
    if (latency) tally.add(subject, 'latency', 'callee', instance, latency, asked.callee);
    if (counted) addCounts(tally, subject, instance, { rate, failed }, asked);
  }
}

/** Rate and errors: who failed is known only where anything was counted. */
export function addCounts(
  tally: Tally,
  subject: Subject,
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
