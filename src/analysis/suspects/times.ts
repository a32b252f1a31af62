/** Where time was added: in a part itself, or between the two ends of an edge. */
import { adjacencyOf, type Board, type Id } from '../../graph/index.ts';
import type { Accounts, Between, Own } from './accounts.ts';
import { sharesOf, strength, sure } from './nats.ts';
import type { Reason } from './reason.ts';
import { CROWDED, QUIET_EDGE, WEIGHTS } from './weights.ts';

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
  addNetworks(board, edges, nodes);
  return owns;
}

/** One cause for several slow edges: the part at which they meet, unless others at it are as they were. */
function addNetworks(
  board: Parts,
  edges: ReadonlyMap<Id, readonly Reason[]>,
  nodes: Map<Id, Reason[]>,
): void {
  const { out, in: into } = adjacencyOf(board.edges);
  const weightOf = (id: Id) => edges.get(id)?.find(({ kind }) => kind === 'between')?.weight ?? null;
  for (const [id, reasons] of nodes) {
    const weights = [...(out.get(id) ?? []), ...(into.get(id) ?? [])].flatMap(
      (each) => weightOf(each.id) ?? [],
    );
    const slow = weights.filter((each) => each > QUIET_EDGE).length;
    const weight = weights.reduce((sum, each) => sum + (each > QUIET_EDGE ? each : -QUIET_EDGE), 0);
    if (slow > 1 && weight > 0) reasons.push({ kind: 'network', weight, edges: slow, of: weights.length });
  }
}
