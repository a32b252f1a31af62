/**
 * Who took the time: for each part what it took for a request before and now, how much of that its calls took, and
 * what is left over for itself; for each edge what lies between its two ends.
 *
 * Only means may be added and subtracted. Where a source gives quantiles alone, a part is compared with the slowest
 * grown of its calls instead.
 */
import {
  adjacencyOf,
  type Board,
  type BoardEdge,
  type Id,
  isCarrier,
  type Subject,
} from '../../graph/index.ts';
import { type Change, type Figures, zOf } from './figures.ts';
import { SMALLEST } from './weights.ts';

/** Milliseconds, a request. */
export type Own = {
  before: number | null;
  now: number;
  z: number;
  /** Milliseconds that it adds to every second; null where only quantiles are known, or nobody counts requests. */
  added: number | null;
  /** Measured in spans; left over when calls are taken off; or a quantile beside that of its calls. */
  how: 'measured' | 'left over' | 'beside its calls';
};
export type Between = {
  edge: Id;
  before: number | null;
  now: number | null;
  z: number;
  added: number | null;
};

type Parts = Pick<Board, 'nodes' | 'edges'>;
const node = (id: Id): Subject => ({ type: 'node', id });
const edge = (id: Id): Subject => ({ type: 'edge', id });

/** True for an edge whose source waits for the answer. */
export const isWaitedFor = ({ nodes }: Pick<Board, 'nodes'>, { source, kind }: BoardEdge): boolean =>
  (kind === 'call' || kind === 'query' || kind === 'publish') && !isCarrier(nodes[source]?.kind);

export type Accounts = {
  rate(id: Id): Change | null;
  edgeRate(each: BoardEdge): Change | null;
  /** What a part took for a request, its calls included. */
  inclusive(id: Id): Change | null;
  /** What a call took as its caller saw it, or else as its callee did. */
  call(each: BoardEdge): Change | null;
  own(id: Id): Own | null;
  between(each: BoardEdge): Between | null;
};

export function accountsOf(board: Parts, figures: Figures): Accounts {
  const { out, in: into } = adjacencyOf(board.edges);
  const callsOf = (id: Id) => out.get(id) ?? [];
  const callersOf = (id: Id) => (into.get(id) ?? []).filter(({ source }) => source !== id);
  const remembered = <T>(work: (id: Id) => T) => {
    const known = new Map<Id, T>();
    return (id: Id): T => {
      if (!known.has(id)) known.set(id, work(id));
      return known.get(id)!;
    };
  };

  const rateOnEdge = (each: BoardEdge) =>
    figures.change(edge(each.id), 'rate', { side: 'callee' }) ?? figures.change(edge(each.id), 'rate');

  const rate = remembered((id): Change | null => {
    const told = figures.change(node(id), 'rate');
    if (told) return told;
    const parts = callersOf(id).flatMap((each) => rateOnEdge(each) ?? []);
    return parts.length === 0 ? null : sumOf(parts);
  });

  /** As measured, or else as callers share what comes to its target. */
  const edgeRate = (each: BoardEdge): Change | null => {
    const told = rateOnEdge(each);
    if (told) return told;
    const [whole, mine] = [rate(each.target), rate(each.source)];
    if (!whole || !mine) return null;
    const callers = callersOf(each.target).flatMap(({ source }) => rate(source) ?? []);
    const share = (key: 'before' | 'now') => {
      const total = callers.reduce((sum, caller) => sum + (caller[key] ?? 0), 0);
      return total > 0 ? ((whole[key] ?? 0) * (mine[key] ?? 0)) / total : 0;
    };
    return { ...whole, before: whole.before === null ? null : share('before'), now: share('now') };
  };

  const inclusive = remembered((id): Change | null => {
    const told =
      figures.change(node(id), 'latency', { side: 'callee' }) ?? figures.change(node(id), 'latency');
    if (told) return told;
    const parts = callersOf(id).flatMap((each) => {
      const found =
        figures.change(edge(each.id), 'latency', { side: 'callee' }) ??
        figures.change(edge(each.id), 'latency');
      const often = rateOnEdge(each);
      return found && often ? [{ found, often }] : [];
    });
    return blend(parts);
  });

  const call = (each: BoardEdge): Change | null =>
    figures.change(edge(each.id), 'latency', { side: 'caller' }) ??
    figures.change(edge(each.id), 'latency') ??
    (each.kind === 'publish' ? null : inclusive(each.target));

  const own = remembered((id): Own | null => {
    const often = rate(id);
    const measured = figures.change(node(id), 'own time');
    if (measured) {
      const { before, now, q } = measured;
      const added = often && q === null && before !== null ? (now - before) * often.now : null;
      return { before, now, z: zOf(measured), added, how: 'measured' };
    }
    const whole = inclusive(id);
    if (!whole || whole.before === null) return null;
    const calls = callsOf(id)
      .filter((each) => isWaitedFor(board, each) && each.target !== id)
      .flatMap((each) => {
        const took = call(each);
        return took && took.before !== null ? [{ took, often: edgeRate(each) }] : [];
      });
    const isAdditive = whole.q === null && often && calls.every((each) => each.took.q === null && each.often);
    if (!isAdditive && calls.length > 0) {
      const slowest = calls.reduce((a, b) => (b.took.log > a.took.log ? b : a)).took;
      const log = whole.log - Math.max(0, slowest.log);
      const z = log / Math.hypot(whole.sigma, slowest.sigma);
      return { before: whole.before, now: whole.now, z, added: null, how: 'beside its calls' };
    }
    if (!isAdditive)
      return { before: whole.before, now: whole.now, z: zOf(whole), added: null, how: 'left over' };
    let [before, now, variance] = [whole.before, whole.now, (whole.sigma * (whole.before + 1)) ** 2];
    for (const { took, often: times } of calls) {
      const then = perRequest(times!.before, often.before);
      const share = perRequest(times!.now, often.now);
      before -= then * took.before!;
      now -= share * took.now;
      variance += (share * took.sigma * (took.before! + 1)) ** 2;
    }
    const z = calls.length === 0 ? zOf(whole) : (now - before) / Math.sqrt(variance);
    return {
      before: Math.max(0, before),
      now: Math.max(0, now),
      z,
      added: (now - before) * often.now,
      how: 'left over',
    };
  });

  const between = (each: BoardEdge): Between | null => {
    const caller = figures.change(edge(each.id), 'latency', { side: 'caller' });
    if (!caller || caller.before === null) return null;
    const target = board.nodes[each.target];
    // what is published is accepted, not worked on, while the publisher waits
    const isAccepted = each.kind === 'publish' && !isCarrier(target?.kind);
    const callee = isAccepted ? null : figures.change(edge(each.id), 'latency', { side: 'callee' });
    if (!isAccepted && (!callee || callee.before === null)) return null;
    const often = edgeRate(each);
    if (caller.q !== null || (callee && callee.q !== null)) {
      const log = caller.log - Math.max(0, callee?.log ?? 0);
      const z = log / Math.hypot(caller.sigma, callee?.sigma ?? 0);
      return { edge: each.id, before: null, now: null, z, added: null };
    }
    const before = Math.max(0, caller.before - (callee?.before ?? 0));
    const now = Math.max(0, caller.now - (callee?.now ?? 0));
    const least = SMALLEST.latency!;
    const sigma = Math.hypot(caller.sigma, callee?.sigma ?? 0);
    const z = Math.log((now + least) / (before + least)) / sigma;
    return { edge: each.id, before, now, z, added: often && (now - before) * often.now };
  };

  return { rate, edgeRate, inclusive, call, own, between };
}

const perRequest = (calls: number | null, requests: number | null): number =>
  requests && requests > 0 ? (calls ?? 0) / requests : 0;

function sumOf(parts: readonly Change[]): Change {
  const total = (key: 'before' | 'now') => parts.reduce((sum, each) => sum + (each[key] ?? 0), 0);
  const before = parts.every((each) => each.before === null) ? null : total('before');
  const now = total('now');
  const samples = parts.reduce((sum, each) => sum + (each.samples ?? 0), 0);
  const log = before === null ? 0 : Math.log((now + 0.01) / (before + 0.01));
  const sigma = Math.max(...parts.map((each) => each.sigma));
  return { before, now, q: null, log, sigma, samples };
}

/** Means of several edges as one, by how often each is taken; of quantiles the one that is taken most. */
function blend(parts: readonly { found: Change; often: Change }[]): Change | null {
  const known = parts.filter(({ found }) => found.before !== null);
  const [first] = known;
  if (!first) return null;
  const most = known.reduce((a, b) => (b.often.now > a.often.now ? b : a));
  if (known.length === 1 || known.some(({ found }) => found.q !== null)) return most.found;
  const meanIn = (key: 'before' | 'now') => {
    const weight = known.reduce((sum, { often }) => sum + (often[key] ?? 0), 0);
    const sum = known.reduce((all, { found, often }) => all + found[key]! * (often[key] ?? 0), 0);
    return weight > 0 ? sum / weight : known[0]!.found[key]!;
  };
  const [before, now] = [meanIn('before'), meanIn('now')];
  const least = SMALLEST.latency!;
  return { ...most.found, before, now, log: Math.log((now + least) / (before + least)) };
}
