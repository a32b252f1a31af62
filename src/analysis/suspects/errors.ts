/** Where failures begin: at the part whose failures none of its calls' failures explain. */
import { adjacencyOf, type Board, type Id, type Subject } from '../../graph/index.ts';
import { type Accounts, isWaitedFor } from './accounts.ts';
import type { Figures } from './figures.ts';
import { sharesOf, strength, sure } from './nats.ts';
import type { Reason } from './reason.ts';
import { WEIGHTS } from './weights.ts';

type Failing = { before: number; now: number; samples: number; spread: number };
type Origin = { before: number; now: number; z: number; added: number; known: number };

/** What of a part's failures happens without anything being wrong, even where none was seen. */
const LEAST = 0.003;

export function addErrors(
  board: Pick<Board, 'nodes' | 'edges'>,
  figures: Figures,
  accounts: Accounts,
  nodes: Map<Id, Reason[]>,
  relevance: number,
): void {
  const { out, in: into } = adjacencyOf(board.edges);
  const told = (subject: Subject): Failing | null => {
    const change = figures.change(subject, 'errors') ?? figures.change(subject, 'errors', { side: 'callee' });
    return change && { ...change, samples: change.samples ?? 100 };
  };
  const failing = (id: Id): Failing | null => {
    const own = told({ type: 'node', id });
    if (own) return own;
    const parts = (into.get(id) ?? []).flatMap((each) => {
      const found = each.source === id ? null : told({ type: 'edge', id: each.id });
      const often = accounts.edgeRate(each);
      return found ? [{ found, often: often?.now ?? 0 }] : [];
    });
    const weight = parts.reduce((sum, { often }) => sum + often, 0);
    if (parts.length < 2 || !(weight > 0)) return parts[0]?.found ?? null;
    const of = (key: keyof Failing) =>
      parts.reduce((sum, { found, often }) => sum + often * found[key], 0) / weight;
    const samples = parts.reduce((sum, { found }) => sum + found.samples, 0);
    return { before: of('before'), now: of('now'), spread: of('spread'), samples };
  };

  const originAt = (id: Id): Origin | null => {
    const own = failing(id);
    if (!own) return null;
    const often = accounts.rate(id)?.now ?? null;
    let [explained, called, known] = [0, 0, 0];
    for (const each of out.get(id) ?? []) {
      if (!isWaitedFor(board, each) || each.target === id) continue;
      called++;
      const theirs = told({ type: 'edge', id: each.id }) ?? failing(each.target);
      if (!theirs) continue;
      known++;
      const times = accounts.edgeRate(each)?.now;
      const calls = often && times !== undefined ? times / often : 1;
      explained += Math.max(0, theirs.now - theirs.before) * calls;
    }
    const rise = own.now - own.before - explained;
    const usual = Math.min(0.5, Math.max(own.before, own.now / 2));
    const chance = (usual * (1 - usual)) / Math.max(1, own.samples);
    const z = rise / Math.sqrt(chance + own.spread ** 2 + LEAST ** 2);
    const { before, now } = own;
    return { before, now, z, added: rise * (often ?? 1), known: (1 + known) / (1 + called) };
  };

  const origins = new Map<Id, Origin>();
  for (const id of nodes.keys()) {
    const origin = originAt(id);
    if (origin) origins.set(id, origin);
  }
  const shareOf = sharesOf([...origins.values()]);
  for (const [id, origin] of origins) {
    const { before, now, z, known } = origin;
    const share = shareOf(origin);
    const sign = (z > 0 ? WEIGHTS.errors * strength(z) : 0) + WEIGHTS.share * share * sure(z);
    // a call whose failures nobody counts may be where they come from
    nodes.get(id)!.push({ kind: 'errors', weight: relevance * known * sign, before, now, share });
  }
}
