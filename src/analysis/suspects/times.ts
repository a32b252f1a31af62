/** Where time was added: in a part itself, or between the two ends of an edge. */
import { adjacencyOf, type Board, type Id } from '../../graph/index.ts';
import type { Accounts, Between, Own } from './accounts.ts';
import { strength, sureShare } from './nats.ts';
import type { Reason } from './reason.ts';
import { QUIET_EDGE, WEIGHTS } from './weights.ts';

type Parts = Pick<Board, 'nodes' | 'edges'>;

/** @returns the own times found */
export function addTimes(
  board: Parts,
  accounts: Accounts,
  nodes: Map<Id, Reason[]>,
  edges: Map<Id, Reason[]>,
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
  const whole = [...owns.values(), ...gaps.values()].reduce(
    (sum, { added, z }) => sum + (z > 2 ? Math.max(0, added ?? 0) : 0),
    0,
  );
  for (const [id, { before, now, stat, z, how, added }] of owns) {
    const share = added === null ? null : sureShare(added, z, whole);
    const weight = (z > 0 ? WEIGHTS.own : WEIGHTS.faster) * strength(z) + WEIGHTS.share * (share ?? 0);
    nodes.get(id)!.push({ kind: 'own time', weight, before, now, stat, how, share });
  }
  for (const [id, { before, now, z, added }] of gaps) {
    const share = added === null ? 0 : sureShare(added, z, whole);
    const weight = z > 0 ? WEIGHTS.between * strength(z) + WEIGHTS.share * share : 0;
    edges.get(id)!.push({ kind: 'between', weight, edge: id, before, now });
  }
  addNetworks(board, edges, nodes);
  return owns;
}

/** One cause for many slow edges: the part at which they meet, unless others at it are as they were. */
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
    const slow = weights.filter((each) => each > 0).length;
    const weight = weights.reduce((sum, each) => sum + (each > 0 ? each : -QUIET_EDGE), 0);
    if (weight > 0) reasons.push({ kind: 'network', weight, edges: slow, of: weights.length });
  }
}
