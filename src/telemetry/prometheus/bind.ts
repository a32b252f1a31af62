/** Measured traffic → readings of the drawn edges it belongs to, by name; what belongs to none is told. */
import {
  type Board,
  type BoardEdge,
  bindingOf,
  type Distribution,
  type EpochMs,
  edgesAt,
  type Id,
  type Metric,
  type Milliseconds,
  mergeDistributions,
  type Provenance,
  type Reading,
  type Subject,
  totalCount,
  type UnboundTraffic,
} from '../../graph/index.ts';
import type { Pace } from '../pace.ts';
import { type Family, kindOf, type Traffic } from './servicegraph.ts';

export type Poll = {
  at: EpochMs;
  window: Milliseconds;
  provenance: Record<Family, Provenance>;
};

type Drawn = Pick<Board, 'nodes' | 'edges'>;
/** Where traffic runs on the board: over one edge, or through a carrier over two. */
type Way = { out: BoardEdge; through: Id | null; into: BoardEdge };

type Side = Reading['side'];
type Gathered = {
  subject: Subject;
  metric: Extract<Metric, 'latency' | 'queue wait'>;
  side: Side;
  family: Family;
  parts: Distribution[];
};
type Rates = { edge: Id; rate: number; failed: number; series: number; published: boolean };

/** All readings of one poll. Several series on one edge (a renamed service, a shared queue) are pooled. */
export async function bindTraffic(
  board: Drawn,
  traffic: readonly Traffic[],
  poll: Poll,
  pace: Pace,
): Promise<{ readings: Reading[]; unbound: UnboundTraffic[] }> {
  const latencies = new Map<string, Gathered>();
  const rates = new Map<Id, Rates>();
  const unbound: UnboundTraffic[] = [];

  const add = (
    subject: Subject,
    metric: Gathered['metric'],
    side: Side,
    family: 'client' | 'server' | 'messaging',
    { latency }: Traffic,
  ) => {
    const distribution = latency[family];
    if (!distribution) return;
    const key = `${subject.type}|${side}|${metric}|${subject.id}`;
    const known = latencies.get(key);
    if (known) known.parts.push(distribution);
    else latencies.set(key, { subject, metric, side, family, parts: [distribution] });
  };

  let n = 0;
  for (const each of traffic) {
    if (++n % 200 === 0) await pace();
    const way = wayOf(board, each);
    if (!way) {
      unbound.push({
        source: each.client,
        target: each.server,
        kind: kindOf(each.connection),
        rate: each.rate,
      });
      continue;
    }
    add(edgeSubject(way.out), 'latency', 'caller', 'client', each);
    add(edgeSubject(way.into), 'latency', 'callee', 'server', each);
    add(waitingPlace(board, way), 'queue wait', null, 'messaging', each);
    for (const edge of new Set([way.out, way.into])) addRate(rates, edge, way, each);
  }

  const readings: Reading[] = [];
  const window = poll.window / 1000;
  const base = { at: poll.at, window: poll.window, instance: null, instances: null };
  for (const { subject, metric, side, family, parts } of latencies.values()) {
    if (++n % 200 === 0) await pace();
    const value = mergeDistributions(parts);
    if (!value) continue;
    const samples = countOf(totalCount(value)! * window);
    readings.push({ ...base, subject, metric, value, side, samples, provenance: poll.provenance[family] });
  }
  for (const { edge, rate, failed, series, published } of rates.values()) {
    if (++n % 200 === 0) await pace();
    // A topic hands every message to each consumer: how many were published, its series do not say.
    if (published && series > 1) continue;
    const subject: Subject = { type: 'edge', id: edge };
    const more = { ...base, subject, side: null, samples: countOf(rate * window) };
    readings.push({ ...more, metric: 'rate', value: rate, provenance: poll.provenance.total });
    if (rate > 0)
      readings.push({
        ...more,
        metric: 'errors',
        value: Math.min(1, failed / rate),
        provenance: poll.provenance.failed,
      });
  }
  return { readings, unbound };

  function addRate(into: typeof rates, edge: BoardEdge, way: Way, { rate, failed }: Traffic) {
    if (rate === null) return;
    const published = edge === way.out && way.through !== null && board.nodes[way.through]!.kind === 'topic';
    const known = into.get(edge.id) ?? { edge: edge.id, rate: 0, failed: 0, series: 0, published };
    known.rate += rate;
    known.failed += failed ?? 0;
    known.series++;
    into.set(edge.id, known);
  }
}

const edgeSubject = ({ id }: BoardEdge): Subject => ({ type: 'edge', id });

/** Rates are extrapolated, so counts come out as fractions; what counted anything counted one at least. */
const countOf = (samples: number): number => (samples > 0 ? Math.max(1, Math.round(samples)) : 0);

const CARRIERS: ReadonlySet<string> = new Set(['queue', 'topic', 'broker']);

/** Messages wait in the carrier; where none is drawn, on the edge. */
function waitingPlace(board: Drawn, { out, through }: Way): Subject {
  const carrier = through ?? (CARRIERS.has(board.nodes[out.target]!.kind) ? out.target : null);
  return carrier ? { type: 'node', id: carrier } : edgeSubject(out);
}

/** The way that this traffic takes on the board; null where none is drawn or two would fit. */
function wayOf(board: Drawn, { client, server, connection }: Traffic): Way | null {
  const binding = bindingOf(board);
  const source = binding.node(client);
  const target = binding.node(server);
  if (source === null || target === null) return null;
  const leaving = edgesAt(board.edges, source).filter((edge) => edge.source === source);
  const direct = leaving.filter((edge) => edge.target === target);
  const kind = kindOf(connection);
  const alike = direct.filter(
    (edge) => edge.kind === kind || (kind === 'publish' && edge.kind === 'consume'),
  );
  const ways = [
    over(alike),
    ...(kind === 'publish'
      ? [through(board, leaving, target), over(direct)]
      : [over(direct), through(board, leaving, target)]),
  ];
  const first = ways.find((each) => each.length > 0);
  return first?.length === 1 ? first[0]! : null;
}

const over = (edges: readonly BoardEdge[]): Way[] =>
  edges.map((edge) => ({ out: edge, through: null, into: edge }));

function through(board: Drawn, leaving: readonly BoardEdge[], target: Id): Way[] {
  return leaving
    .filter((edge) => edge.target !== edge.source && CARRIERS.has(board.nodes[edge.target]!.kind))
    .flatMap((out) =>
      edgesAt(board.edges, out.target)
        .filter((into) => into.source === out.target && into.target === target)
        .map((into) => ({ out, through: out.target, into })),
    );
}
