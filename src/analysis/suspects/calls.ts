/** Calls for each request: what a part does differently shows in whom it calls. */
import { adjacencyOf, type Board, type BoardEdge, type Id, isCarrier } from '../../graph/index.ts';
import type { Accounts } from './accounts.ts';
import type { Figures } from './figures.ts';
import { strength } from './nats.ts';
import type { Reason } from './reason.ts';
import { SILENCE, WEIGHTS } from './weights.ts';

type Parts = Pick<Board, 'nodes' | 'edges'>;
/** Calls for each request that comes to the caller. */
type Calls = { edge: Id; before: number; now: number; nats: number };

/** How far calls for each request wander by themselves, as other requests come: standard deviation of the logarithm. */
const MIX = 0.15;
/** Fewer calls for each request than this don't matter. */
const LEAST = 0.02;

export function addCalls(
  board: Parts,
  figures: Figures,
  accounts: Accounts,
  nodes: ReadonlyMap<Id, Reason[]>,
): void {
  const { out, in: into } = adjacencyOf(board.edges);
  const callersOf = (target: Id) => (into.get(target) ?? []).filter(({ source }) => source !== target).length;
  for (const [id, reasons] of nodes) {
    if (isCarrier(board.nodes[id]?.kind)) continue;
    const calls = (out.get(id) ?? []).flatMap((edge): Calls[] => {
      if (edge.target === id) return [];
      const gone = goneOf(edge, figures, accounts);
      const changed = changeOf(edge, accounts);
      // what comes to a target is told, and not from whom: any of its callers may have changed
      const sure = accounts.isCounted(edge) ? 1 : 1 / callersOf(edge.target);
      return [...(gone ? [gone] : []), ...(changed ? [{ ...changed, nats: sure * changed.nats }] : [])];
    });
    const most = calls.reduce<Calls | null>((a, b) => (a && a.nats >= b.nats ? a : b), null);
    if (!most || most.nats === 0) continue;
    const { edge, before, now, nats } = most;
    reasons.push({ kind: 'calls', weight: WEIGHTS.calls * nats, edge, before, now });
  }
}

function changeOf(edge: BoardEdge, accounts: Accounts): Calls | null {
  const often = accounts.rate(edge.source);
  const calls = accounts.edgeRate(edge);
  if (!often || !calls || !(often.before > 0 && often.now > 0)) return null;
  const [before, now] = [calls.before / often.before, calls.now / often.now];
  const log = Math.log((now + LEAST) / (before + LEAST));
  const requests = often.samples ?? 100;
  const few = Math.sqrt(1 / (1 + requests * before) + 1 / (1 + requests * now));
  const z = log / Math.hypot(MIX, calls.sigma, few);
  return { edge: edge.id, before, now, nats: strength(z) };
}

/** Nobody counts its calls, but some were seen in almost every window, and none are now, while its source is at work. */
function goneOf({ id, source }: BoardEdge, figures: Figures, accounts: Accounts): Calls | null {
  if (!((accounts.rate(source)?.now ?? 0) > 0)) return null;
  for (const side of ['callee', 'caller', null] as const) {
    const gone = figures.goneFrom({ type: 'edge', id }, 'latency', { side });
    if (!gone) continue;
    // one window more, as likely without it as with it: few windows don't make it sure
    const share = (gone.heard + 0.5) / (gone.of + 1);
    return { edge: id, before: gone.heard / gone.of, now: 0, nats: Math.min(SILENCE, -Math.log(1 - share)) };
  }
  return null;
}
