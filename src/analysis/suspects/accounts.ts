/**
 * Who took the time: for each part what it took for a request before and now, how much of that its calls took, and
 * what is left over for itself; for each edge what lies between its two ends.
 *
 * Only means may be added and subtracted. Where a source gives quantiles alone, a part is compared with the one of its
 * calls that has grown most.
 */
import {
  adjacencyOf,
  type Board,
  type BoardEdge,
  type Id,
  isCarrier,
  type Subject,
} from '../../graph/index.ts';
import { type Asked, type Change, type Figures, STATS, zOf } from './figures.ts';
import type { Stat } from './levels.ts';
import { SMALLEST } from './weights.ts';

export type Own = {
  before: number;
  now: number;
  stat: Stat;
  z: number;
  /** Milliseconds that it adds to every second; null where only quantiles are known, or nobody counts requests. */
  added: number | null;
  /** Measured in spans; left over when calls are taken off; or beside the call that has grown most. */
  how: 'measured' | 'left over' | 'beside its calls';
  /** Its calls alone, grown slower, would hold all of its workers: it waits for them, and not they for it. */
  isCrowded: boolean;
};
/** Null: quantiles, which can't be subtracted. */
export type Between = { before: number | null; now: number | null; z: number; added: number | null };

type Parts = Pick<Board, 'nodes' | 'edges'>;
const nodeOf = (id: Id): Subject => ({ type: 'node', id });
const edgeOf = (id: Id): Subject => ({ type: 'edge', id });
const LEAST = SMALLEST.latency!;
/** What requests wait for when too many are under way, and from where on that shows. */
const WORKERS = ['pool use', 'thread use'] as const;
const FULL = 0.9;

/** True for an edge whose source waits for the answer. */
export const isWaitedFor = ({ nodes }: Pick<Board, 'nodes'>, { source, kind }: BoardEdge): boolean =>
  (kind === 'call' || kind === 'query' || kind === 'publish') && !isCarrier(nodes[source]?.kind);

export type Accounts = {
  /** Requests a second; of several edges together `log` and `sigma` are those of the largest. */
  rate(id: Id): Change | null;
  edgeRate(each: BoardEdge): Change | null;
  isCounted(each: BoardEdge): boolean;
  /** What a part took for a request, its calls included. */
  inclusive(id: Id, stat?: Stat): Change | null;
  /** What a call took as its caller saw it, or else as its callee did. */
  call(each: BoardEdge, stat?: Stat): Change | null;
  own(id: Id): Own | null;
  between(each: BoardEdge): Between | null;
};

export function accountsOf(board: Parts, figures: Figures): Accounts {
  const { out, in: into } = adjacencyOf(board.edges);
  const callersOf = (id: Id) => (into.get(id) ?? []).filter(({ source }) => source !== id);
  const callsOf = (id: Id) =>
    (out.get(id) ?? []).filter((each) => each.target !== id && isWaitedFor(board, each));
  const latencyAt = (subject: Subject, stat: Stat, ...sides: Asked['side'][]): Change | null => {
    for (const side of sides) {
      const found = figures.change(subject, 'latency', { side: side ?? null }, stat);
      if (found) return found;
    }
    return null;
  };

  const counted = (each: BoardEdge) =>
    figures.change(edgeOf(each.id), 'rate', { side: 'callee' }) ??
    figures.change(edgeOf(each.id), 'rate') ??
    figures.change(edgeOf(each.id), 'rate', { side: 'caller' });

  const rate = remembered((id): Change | null => {
    const told = figures.change(nodeOf(id), 'rate');
    if (told) return told;
    return sumOf(callersOf(id).flatMap((each) => counted(each) ?? []));
  });

  /** As counted, or else as callers share what comes to its target. */
  const edgeRate = (each: BoardEdge): Change | null => {
    const told = counted(each);
    if (told) return told;
    const [whole, mine] = [rate(each.target), rate(each.source)];
    const callers = callersOf(each.target);
    if (!whole || callers.length === 1) return whole;
    if (!mine) return null;
    const all = callers.flatMap(({ source }) => rate(source) ?? []);
    const share = (key: 'before' | 'now') => {
      const total = all.reduce((sum, caller) => sum + caller[key], 0);
      return total > 0 ? (whole[key] * mine[key]) / total : 0;
    };
    return { ...whole, before: share('before'), now: share('now') };
  };

  const inclusives = new Map(STATS.map((stat) => [stat, remembered((id) => inclusiveOf(id, stat))] as const));
  const inclusive = (id: Id, stat: Stat = null): Change | null => inclusives.get(stat)?.(id) ?? null;
  const inclusiveOf = (id: Id, stat: Stat): Change | null => {
    const told = latencyAt(nodeOf(id), stat, 'callee', null);
    if (told) return told;
    const parts = callersOf(id).flatMap((each) => {
      // where only callers measure, the way there and back is in it
      const sides = isWaitedFor(board, each)
        ? (['callee', null, 'caller'] as const)
        : (['callee', null] as const);
      const found = latencyAt(edgeOf(each.id), stat, ...sides);
      const often = counted(each);
      return found && often ? [{ found, often }] : [];
    });
    return blend(parts);
  };

  const call = (each: BoardEdge, stat: Stat = null): Change | null =>
    latencyAt(edgeOf(each.id), stat, 'caller', null) ??
    (each.kind === 'publish' ? null : inclusive(each.target, stat));

  /** Little's law: workers in use grow as the time for which a request holds one. */
  const isCrowded = (id: Id, longer: number): boolean =>
    WORKERS.some((metric) => (figures.change(nodeOf(id), metric)?.before ?? 0) * longer >= FULL);

  /** All but the calls, of means. */
  function leftOver(id: Id, whole: Change, often: Change): Own | null {
    let [before, now, variance] = [0, 0, 0];
    for (const each of callsOf(id)) {
      const took = call(each);
      const times = edgeRate(each);
      if (!took || !times) {
        if (STATS.some((stat) => call(each, stat))) return null;
        continue;
      }
      const share = perRequest(times.now, often.now);
      before += perRequest(times.before, often.before) * took.before;
      now += share * took.now;
      variance += (share * took.sigma * (took.before + LEAST)) ** 2;
    }
    // calls that run beside each other, or are made for some requests only, add up to more than the whole
    const rest = Math.max(0, whole.before - before);
    const growth = whole.now - whole.before - (now - before);
    const deviation = Math.sqrt((whole.sigma * (whole.before + LEAST)) ** 2 + variance);
    const z = before === 0 && now === 0 ? zOf(whole) : growth / deviation;
    return {
      ...{ before: rest, now: Math.max(0, rest + growth), stat: null, z },
      ...{ added: growth * often.now, how: 'left over' },
      isCrowded: isCrowded(id, (whole.before + now - before) / whole.before),
    };
  }

  function besideCalls(id: Id): Own | null {
    const found = STATS.flatMap((stat): Own[] => {
      const whole = inclusive(id, stat);
      if (!whole) return [];
      const calls = callsOf(id).flatMap(
        (each) => call(each, stat) ?? call(each, 0.9) ?? call(each, 0.5) ?? [],
      );
      const most = calls.reduce<Change | null>((a, b) => (a && a.log >= b.log ? a : b), null);
      const z = (whole.log - Math.max(0, most?.log ?? 0)) / Math.hypot(whole.sigma, most?.sigma ?? 0);
      return [
        {
          before: whole.before,
          now: whole.now,
          stat,
          z,
          added: null,
          how: 'beside its calls',
          isCrowded: false,
        },
      ];
    });
    return strongest(found);
  }

  const own = remembered((id): Own | null => {
    const often = rate(id);
    const measured = STATS.flatMap((stat): Own[] => {
      const change = figures.change(nodeOf(id), 'own time', {}, stat);
      if (!change) return [];
      return [{ ...change, z: zOf(change), added: null, how: 'measured', isCrowded: false }];
    });
    const steady = strongest(measured);
    if (steady) {
      const means = measured.find(({ stat }) => stat === null);
      return { ...steady, added: means && often ? (means.now - means.before) * often.now : null };
    }
    const whole = inclusive(id);
    return (whole && often && leftOver(id, whole, often)) ?? besideCalls(id);
  });

  /** Of ends that were measured at different times, or of one only. */
  function apart(each: BoardEdge, isAccepted: boolean, stat: Stat) {
    const caller = figures.change(edgeOf(each.id), 'latency', { side: 'caller' }, stat);
    const callee = isAccepted ? null : figures.change(edgeOf(each.id), 'latency', { side: 'callee' }, stat);
    if (!caller || (!callee && !isAccepted)) return [];
    const sigma = Math.hypot(caller.sigma, callee?.sigma ?? 0);
    const before = Math.max(0, caller.before - (callee?.before ?? 0));
    const now = Math.max(0, caller.now - (callee?.now ?? 0));
    const log =
      stat === null ? Math.log((now + LEAST) / (before + LEAST)) : caller.log - Math.max(0, callee?.log ?? 0);
    return [{ before, now, stat, z: log / sigma }];
  }

  const between = (each: BoardEdge): Between | null => {
    // what is published is accepted, not worked on, while the publisher waits
    const isAccepted = each.kind === 'publish' && !isCarrier(board.nodes[each.target]?.kind);
    const found = STATS.flatMap((stat) => {
      const gap = isAccepted ? null : figures.gap(each.id, stat);
      if (gap) return [{ ...gap, stat, z: zOf(gap) }];
      return apart(each, isAccepted, stat);
    });
    const steady = strongest(found);
    if (!steady) return null;
    const means = found.find(({ stat }) => stat === null);
    const often = edgeRate(each);
    return {
      ...{ before: means?.before ?? null, now: means?.now ?? null, z: steady.z },
      added: means && often ? (means.now - means.before) * often.now : null,
    };
  };

  return { rate, edgeRate, isCounted: (each) => counted(each) !== null, inclusive, call, own, between };
}

function remembered<T>(work: (id: Id) => T): (id: Id) => T {
  const known = new Map<Id, T>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const found = work(id);
    known.set(id, found);
    return found;
  };
}

const strongest = <T extends { z: number }>(list: readonly T[]): T | null =>
  list.reduce<T | null>((a, b) => (a && Math.abs(a.z) >= Math.abs(b.z) ? a : b), null);

const perRequest = (calls: number, requests: number): number => (requests > 0 ? calls / requests : 0);

function sumOf(parts: readonly Change[]): Change | null {
  if (parts.length < 2) return parts[0] ?? null;
  const total = (key: 'before' | 'now') => parts.reduce((sum, each) => sum + each[key], 0);
  const largest = parts.reduce((a, b) => (b.now > a.now ? b : a));
  const [before, now] = [total('before'), total('now')];
  const samples = parts.reduce((sum, each) => sum + (each.samples ?? 0), 0);
  return { ...largest, before, now, log: Math.log((now + 0.01) / (before + 0.01)), samples };
}

/** Means of several edges as one, by how often each is taken; of quantiles those of the edge that is taken most. */
function blend(parts: readonly { found: Change; often: Change }[]): Change | null {
  const [first] = parts;
  if (!first) return null;
  const most = parts.reduce((a, b) => (b.often.now > a.often.now ? b : a));
  if (parts.length === 1 || most.found.stat !== null) return most.found;
  const meanIn = (key: 'before' | 'now') => {
    const weight = parts.reduce((sum, { often }) => sum + often[key], 0);
    const sum = parts.reduce((all, { found, often }) => all + found[key] * often[key], 0);
    return weight > 0 ? sum / weight : first.found[key];
  };
  const [before, now] = [meanIn('before'), meanIn('now')];
  return { ...most.found, before, now, log: Math.log((now + LEAST) / (before + LEAST)) };
}
