/** Settings that don't go together: on one node, at the two ends of an edge, and along a path. */
import {
  adjacencyOf,
  type Board,
  type BoardEdge,
  type BoardNode,
  type Id,
  isCarrier,
  type Milliseconds,
  mean,
  quantile,
  type Reading,
  type Subject,
} from '../../graph/index.ts';
import type { Finding } from '../finding.ts';
import type { Source } from './entry.ts';
import { type Patience, patienceOf } from './patience.ts';
import { CALLEE_RULES, EDGE_RULES, NODE_RULES, type Rule } from './rules.ts';
import { type Held, heldAt } from './settings.ts';
import { hikaricp } from './systems/hikaricp.ts';
import { kafkaConsumer } from './systems/kafka-consumer.ts';
import { mysql } from './systems/mysql.ts';
import { postgresql } from './systems/postgresql.ts';

export type Contradiction =
  /** What is in `low`, added up, is not below `times` what `high` is. */
  | Finding<'contradiction', { low: readonly Held[]; high: Held; times: number; why: string; source: Source }>
  /** A batch of records takes longer than the group waits for its consumer. */
  | Finding<
      'slow polls',
      { records: Held; interval: Held; each: Milliseconds; isMean: boolean; total: Milliseconds }
    >
  /** All pools together may open more connections than the database gives. */
  | Finding<
      'too many connections',
      {
        pools: readonly { node: Id; size: Held; instances: number }[];
        total: number;
        limit: Held;
        /** Of the limit, not for applications. */
        reserved: number;
      }
    >
  /** What is called goes on after its caller has given up. */
  | Finding<'outlived', { caller: Id; callee: Id; path: readonly Id[]; waits: Patience; works: Patience }>;

type Parts = Pick<Board, 'nodes' | 'edges'>;

/** @param readings what is known now; what isn't measured is not concluded from */
export function contradictions(board: Parts, readings: readonly Reading[]): Contradiction[] {
  const nodes = Object.values(board.nodes);
  const edges = Object.values(board.edges);
  return [
    ...nodes.flatMap((node) =>
      NODE_RULES.flatMap((rule) => broken(rule, { type: 'node', id: node.id }, node, node)),
    ),
    ...edges.flatMap((edge) => atEnds(board, edge)),
    ...edges.flatMap((edge) => slowPolls(board, edge, readings)),
    ...nodes.flatMap((node) => tooManyConnections(board, node)),
    ...nodes.flatMap((node) => outlived(board, node)),
  ];
}

function broken(rule: Rule, subject: Subject, lower: BoardNode, higher: BoardNode): Contradiction[] {
  const low = rule.low.map(({ system, key }) => heldAt(lower, system, key));
  const high = heldAt(higher, rule.high.system, rule.high.key);
  if (!high || !low.every((each) => each !== null)) return [];
  if (rule.onlyIf && !heldAt(lower, rule.onlyIf.system, rule.onlyIf.key)?.value) return [];
  const times = rule.times ?? 1;
  const sum = low.reduce((total, { value }) => total + value, 0);
  const limit = high.value * times;
  if (sum < limit || (rule.orEqual && sum === limit) || limit === Number.POSITIVE_INFINITY) return [];
  return [{ subject, kind: 'contradiction', low, high, times, why: rule.why, source: rule.source }];
}

function atEnds({ nodes }: Parts, edge: BoardEdge): Contradiction[] {
  const [source, target] = [nodes[edge.source], nodes[edge.target]];
  if (!source || !target) return [];
  const subject: Subject = { type: 'edge', id: edge.id };
  return [
    ...EDGE_RULES.flatMap((rule) => broken(rule, subject, source, target)),
    ...CALLEE_RULES.flatMap((rule) => broken(rule, subject, target, source)),
  ];
}

function slowPolls({ nodes }: Parts, edge: BoardEdge, readings: readonly Reading[]): Contradiction[] {
  const consumer = nodes[edge.target];
  if (!consumer || !isCarrier(nodes[edge.source]?.kind)) return [];
  const records = heldAt(consumer, kafkaConsumer, 'max.poll.records');
  const interval = heldAt(consumer, kafkaConsumer, 'max.poll.interval.ms');
  const time = timeOf(edge.id, readings, 'callee');
  if (!records || !interval || !time) return [];
  const total = records.value * time.each;
  if (total < interval.value) return [];
  return [{ subject: { type: 'edge', id: edge.id }, kind: 'slow polls', records, interval, ...time, total }];
}

/**
 * What one message or call takes, the slowest of what is known, measured on one side or where there is only one. The
 * mean where the source gives it, for many of them in a row; or else the median.
 */
export function timeOf(
  edge: Id,
  readings: readonly Reading[],
  seenBy: 'caller' | 'callee',
): { each: Milliseconds; isMean: boolean } | null {
  let slowest: { each: Milliseconds; isMean: boolean } | null = null;
  for (const { subject, metric, side, operation, value } of readings) {
    if (subject.type !== 'edge' || subject.id !== edge || metric !== 'latency') continue;
    if ((side ?? seenBy) !== seenBy || operation !== undefined || typeof value === 'number') continue;
    const average = mean(value);
    const each = average ?? quantile(value, 0.5)?.value;
    if (each !== undefined && (!slowest || each > slowest.each)) slowest = { each, isMean: average !== null };
  }
  return slowest;
}

function tooManyConnections({ nodes, edges }: Parts, database: BoardNode): Contradiction[] {
  const limit = heldAt(database, postgresql, 'max_connections') ?? heldAt(database, mysql, 'max_connections');
  if (!limit) return [];
  const callers = new Set((adjacencyOf(edges).in.get(database.id) ?? []).map(({ source }) => source));
  const pools = [...callers].flatMap((id) => {
    const node = nodes[id];
    const size = node && heldAt(node, hikaricp, 'maximumPoolSize');
    return node && size ? [{ node: id, size, instances: node.instances ?? 1 }] : [];
  });
  const total = pools.reduce((sum, { size, instances }) => sum + size.value * instances, 0);
  const reserved = heldAt(database, postgresql, 'superuser_reserved_connections')?.value ?? 0;
  if (total <= limit.value - reserved) return [];
  const subject: Subject = { type: 'node', id: database.id };
  return [{ subject, kind: 'too many connections', pools, total, limit, reserved }];
}

/** From a caller that gives up to the next ones down each path that say how long they go on. */
function outlived({ nodes, edges }: Parts, caller: BoardNode): Contradiction[] {
  const waits = patienceOf(caller);
  if (!waits || !Number.isFinite(waits.ms)) return [];
  const { out } = adjacencyOf(edges);
  const found: Contradiction[] = [];
  const seen = new Set([caller.id]);
  const ways = (out.get(caller.id) ?? []).map((edge): BoardEdge[] => [edge]);
  for (const way of ways) {
    const last = way.at(-1)!;
    const callee = nodes[last.target];
    // What is put into a queue is waited for by nobody.
    if (!callee || seen.has(callee.id) || isCarrier(callee.kind)) continue;
    seen.add(callee.id);
    const further = out.get(callee.id) ?? [];
    // Whoever calls nobody doesn't wait, whatever it is set to.
    const works = further.length > 0 ? patienceOf(callee) : null;
    if (!works) {
      for (const edge of further) ways.push([...way, edge]);
    } else if (works.ms > waits.ms) {
      const path = way.map(({ id }) => id);
      const subject: Subject = { type: 'edge', id: path[0]! };
      found.push({ subject, kind: 'outlived', caller: caller.id, callee: callee.id, path, waits, works });
    }
  }
  return found;
}
