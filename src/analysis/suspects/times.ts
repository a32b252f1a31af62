/** Where time was added: in a part itself, or between the two ends of an edge. */
import { adjacencyOf, type Board, type Id } from '../../graph/index.ts';
import type { Accounts, Between, Own } from './accounts.ts';
import { sharesOf, strength, sure } from './nats.ts';
import type { Reason } from './reason.ts';
import { ALIKE, CROWDED, QUIET_EDGE, WEIGHTS } from './weights.ts';

type Parts = Pick<Board, 'nodes' | 'edges'>;

/** @returns the own times found */
export function addTimes(
  board: Parts,
  accounts: Accounts,
  nodes: Map<Id, Reason[]>,
  edges: Map<Id, Reason[]>,
  relevance: number,
): Map<Id, Own> {
  const owns = new Map<Id, Own>();
  const gaps = new Map<Id, Between>();
  for (const id of nodes.keys()) {
    const own = accounts.own(id);
    if (own) owns.set(id, own);
  }
  for (const each of Object.values(board.edges)) {
    const gap = accounts.between(each);
    if (gap) gaps.set(each.id, gap);
  }
  const shareOf = sharesOf([...owns.values(), ...gaps.values()]);
  for (const [id, own] of owns) {
    const { before, now, stat, z, how, added } = own;
    const share = added === null ? null : shareOf(own);
    const sign = (z > 0 ? WEIGHTS.own : WEIGHTS.faster) * strength(z);
    const full = own.isCrowded ? CROWDED : 1;
    const weight = full * relevance * (sign + WEIGHTS.share * (share ?? 0) * sure(z));
    nodes.get(id)!.push({ kind: 'own time', weight, before, now, stat, how, share });
  }
  for (const [id, gap] of gaps) {
    const { before, now, z } = gap;
    const sign = z > 0 ? WEIGHTS.between * strength(z) : 0;
    const weight = relevance * (sign + WEIGHTS.share * shareOf(gap) * sure(z));
    edges.get(id)!.push({ kind: 'between', weight, edge: id, before, now });
  }
  const most = Math.max(0, ...[...owns.values(), ...gaps.values()].map(shareOf));
  const shares = new Map([...gaps].map(([id, gap]) => [id, most > 0 ? shareOf(gap) / most : 1]));
  addNetworks(board, edges, gaps, shares, nodes);
  return owns;
}

/**
 * One cause for several slow edges: the part at which they meet, unless others at it are as they were.
 * @param shares of the time that was added: how much an edge added beside whatever added most
 */
function addNetworks(
  board: Parts,
  edges: ReadonlyMap<Id, readonly Reason[]>,
  gaps: ReadonlyMap<Id, Between>,
  shares: ReadonlyMap<Id, number>,
  nodes: Map<Id, Reason[]>,
): void {
  const { out, in: into } = adjacencyOf(board.edges);
  const growthOf = (id: Id): number => {
    const { before, now } = gaps.get(id)!;
    return before === null || now === null ? 0 : now - before;
  };
  const weightOf = (id: Id) => edges.get(id)?.find(({ kind }) => kind === 'between')?.weight ?? 0;
  for (const [id, reasons] of nodes) {
    const around = [...(out.get(id) ?? []), ...(into.get(id) ?? [])].flatMap((each) =>
      gaps.has(each.id) ? [each.id] : [],
    );
    const most = Math.max(...around.map(growthOf));
    // one cause slows all edges about alike: what one of them alone has is its own
    const slow = around.filter((each) => weightOf(each) > QUIET_EDGE && growthOf(each) >= ALIKE * most);
    const sum =
      slow.reduce((all, each) => all + weightOf(each), 0) - QUIET_EDGE * (around.length - slow.length);
    // little that is slower everywhere is no cause of much that is slow somewhere
    const share = Math.min(
      1,
      slow.reduce((all, each) => all + shares.get(each)!, 0),
    );
    if (slow.length > 1 && sum > 0)
      reasons.push({ kind: 'network', weight: share * sum, edges: slow.length, of: around.length });
  }
}
