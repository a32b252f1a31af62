/** A small shop with every kind of part, for pictures that a person looks at. */
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  centreOf,
  type EdgeKind,
  emptyBoard,
  type NodeKind,
  nodeRect,
  type Point,
  type Reading,
  type Subject,
  subjectKey,
} from '../../src/graph/index.ts';
import type { DrawInput, Ticks } from '../../src/picture/index.ts';

export const NOW = Date.UTC(2025, 2, 14, 9, 26, 53);

const node = (id: string, kind: NodeKind, position: Point, more: Partial<BoardNode> = {}): BoardNode => ({
  id,
  name: id,
  kind,
  position,
  ...more,
});

const NODES: BoardNode[] = [
  node('web shop', 'client', [0, 168], { technology: 'React' }),
  node('edge', 'load balancer', [288, 168], { technology: 'HAProxy' }),
  node('api', 'gateway', [576, 168], { technology: 'Envoy 1.31', instances: 2 }),
  node('checkout', 'service', [888, 72], { technology: 'Go, gRPC', instances: 3, group: 'orders' }),
  node('recommendation-service-eu-west', 'service', [888, 264], { technology: 'Python' }),
  node('orders', 'topic', [1200, 80], { technology: 'Kafka', group: 'orders' }),
  node('fulfilment', 'worker', [1512, 72], { technology: 'Kotlin', instances: 4, group: 'orders' }),
  node('orders-db', 'database', [1200, 264], { technology: 'PostgreSQL 16' }),
  node('sessions', 'cache', [888, 456], { technology: 'Redis 7' }),
  node('payments', 'external', [1200, 456], { technology: 'card network' }),
  node('mail', 'queue', [1512, 272], { technology: 'RabbitMQ' }),
  node('receipts', 'function', [1824, 264], { technology: 'Node 24' }),
  node('invoices', 'storage', [1824, 456], { technology: 'S3' }),
  node('events', 'broker', [1824, 72], { technology: 'NATS' }),
];

const EDGES: [string, string, EdgeKind][] = [
  ['web shop', 'edge', 'call'],
  ['edge', 'api', 'call'],
  ['api', 'checkout', 'call'],
  ['api', 'recommendation-service-eu-west', 'call'],
  ['api', 'sessions', 'query'],
  ['checkout', 'orders', 'publish'],
  ['orders', 'fulfilment', 'consume'],
  ['checkout', 'orders-db', 'query'],
  ['recommendation-service-eu-west', 'orders-db', 'query'],
  ['checkout', 'payments', 'call'],
  ['fulfilment', 'mail', 'publish'],
  ['mail', 'receipts', 'consume'],
  ['receipts', 'invoices', 'call'],
  ['fulfilment', 'events', 'replicate'],
];

/** p95 and its baseline, milliseconds. */
const LATENCIES: Record<string, [number, number | null]> = {
  'web shop>edge': [212, 190],
  'edge>api': [204, 186],
  'api>checkout': [182, 57],
  'api>recommendation-service-eu-west': [24.4, 23.9],
  'api>sessions': [0.82, 1.4],
  'checkout>orders': [4.21, 4],
  'orders>fulfilment': [1840, 310],
  'checkout>orders-db': [12.4, 8.6],
  'recommendation-service-eu-west>orders-db': [6.02, null],
  'checkout>payments': [133, 48],
  'fulfilment>mail': [3.1, 3],
  'receipts>invoices': [41, 40],
};

const spread = (skew: number, ...values: number[]): Ticks => ({
  figures: values.map((value, i) => ({ instance: `${i + 1}`, value })),
  skew,
});
/** Of one that differs and of some that don't, on edges and on cards. */
const SPREADS: Record<string, Ticks> = {
  'api>checkout': spread(4.1, 410, 100, 96),
  checkout: spread(4.1, 410, 100, 96),
  'edge>api': spread(1.03, 206, 200),
  api: spread(1.03, 206, 200),
  'orders>fulfilment': spread(1.7, 2900, 1900, 1500, 400),
  fulfilment: spread(1.7, 2900, 1900, 1500, 400),
};

const edgeId = (source: string, target: string) => `${source}>${target}`;

function sampleBoard(): Board {
  const board = emptyBoard('shop', 'Slow checkout, Friday morning');
  for (const each of NODES) board.nodes[each.id] = each;
  for (const [source, target, kind] of EDGES) {
    const edge: BoardEdge = { id: edgeId(source, target), source, target, kind };
    board.edges[edge.id] = edge;
  }
  board.groups.orders = { id: 'orders', name: 'Order taking' };
  board.notes.plan = {
    id: 'plan',
    position: [288, 360],
    size: [264, 150],
    text: '# What we know\n- slow since 09:12\n- only orders with a card\n\n1. look at the pool of payments\n2. take fulfilment out',
  };
  board.marks.m1 = {
    id: 'm1',
    subject: { type: 'node', id: 'payments' },
    status: 'confirmed',
    hypothesis: 'One connection for all cards: requests wait for each other',
    at: NOW,
  };
  board.marks.m2 = {
    id: 'm2',
    subject: { type: 'edge', id: edgeId('orders', 'fulfilment') },
    status: 'suspected',
    hypothesis: 'Consumer falls behind',
    at: NOW,
  };
  board.marks.m3 = { id: 'm3', subject: { type: 'node', id: 'sessions' }, status: 'cleared', at: NOW };
  board.marks.m4 = { id: 'm4', subject: { type: 'node', id: 'checkout' }, status: 'suspected', at: NOW };
  return board;
}

const reading = (
  subject: Subject,
  metric: Reading['metric'],
  value: Reading['value'],
  age = 2000,
): Reading => ({
  subject,
  metric,
  value,
  at: NOW - age,
  window: 60_000,
  instance: null,
  instances: null,
  side: null,
  samples: null,
  provenance: { source: 'sim', label: 'Simulator', simulated: true },
});

function sampleReadings(): Map<string, Reading[]> {
  const map = new Map<string, Reading[]>();
  const add = (each: Reading) => {
    const key = subjectKey(each.subject);
    map.set(key, [...(map.get(key) ?? []), each]);
  };
  for (const [id, [p95]] of Object.entries(LATENCIES))
    add(
      reading(
        { type: 'edge', id },
        'latency',
        { type: 'quantiles', points: [{ q: 0.95, value: p95 }] },
        id === 'receipts>invoices' ? 240_000 : 2000,
      ),
    );
  const onNode = (id: string, metric: Reading['metric'], value: Reading['value']) =>
    add(reading({ type: 'node', id }, metric, value));
  onNode('checkout', 'cpu', 0.34);
  onNode('checkout', 'pool use', 1);
  onNode('api', 'rate', 1234);
  onNode('api', 'errors', 0.004);
  onNode('edge', 'rate', 1240);
  onNode('edge', 'errors', 0);
  onNode('orders', 'queue depth', 12_345);
  onNode('orders', 'queue wait', { type: 'quantiles', points: [{ q: 0.95, value: 1640 }] });
  onNode('mail', 'queue depth', 0);
  onNode('orders-db', 'cpu', 0.12);
  onNode('orders-db', 'pool use', 0.4);
  onNode('fulfilment', 'cpu', 0.97);
  onNode('sessions', 'cpu', 0.02);
  return map;
}

/** Orthogonal, out of the right side and into the left one, each edge at a height of its own. */
export function simpleRoutes(board: Board): Map<string, Point[]> {
  const edges = Object.values(board.edges);
  const centre = (id: string) => centreOf(nodeRect(board.nodes[id]!))[1];
  /** How far from the middle of its side an edge leaves or arrives; and its rank from the top. */
  const rank = (edge: BoardEdge, end: 'source' | 'target', other: 'source' | 'target') => {
    const all = edges
      .filter((each) => each[end] === edge[end])
      .sort((a, b) => centre(a[other]) - centre(b[other]));
    const at = all.indexOf(edge);
    return { offset: (at - (all.length - 1) / 2) * 16, at, of: all.length };
  };
  const routes = new Map<string, Point[]>();
  for (const edge of edges) {
    const source = nodeRect(board.nodes[edge.source]!);
    const target = nodeRect(board.nodes[edge.target]!);
    const leaving = rank(edge, 'source', 'target');
    const from: Point = [source.x + source.width, centreOf(source)[1] + leaving.offset];
    const to: Point = [target.x, centreOf(target)[1] + rank(edge, 'target', 'source').offset];
    const goesDown = to[1] > from[1];
    const step = 20 + 18 * (goesDown ? leaving.of - leaving.at : leaving.at + 1);
    const x = from[0] + step;
    const back = target.x - 32;
    const y =
      (source.y < target.y ? source.y + source.height + target.y : target.y + target.height + source.y) / 2;
    const turns: Point[] =
      Math.abs(from[1] - to[1]) < 1 && to[0] > from[0]
        ? []
        : to[0] > x + 12
          ? [
              [x, from[1]],
              [x, to[1]],
            ]
          : [
              [x, from[1]],
              [x, y],
              [back, y],
              [back, to[1]],
            ];
    routes.set(edge.id, [from, ...turns, to]);
  }
  return routes;
}

export function sampleInput(theme: DrawInput['theme']): DrawInput {
  const board = sampleBoard();
  return {
    board,
    readings: sampleReadings(),
    routes: simpleRoutes(board),
    labels: new Map([
      ['checkout>payments', [1142, 400]],
      ['checkout>orders-db', [1161, 188]],
      ['api>checkout', [831, 132]],
    ]),
    theme,
    quantile: 0.95,
    baselines: (edge) => LATENCIES[edge]?.[1] ?? null,
    title: board.title,
    at: '14 March 2025, 10:26:53 GMT+1',
    sources: ['Prometheus prometheus.shop.example', 'Simulator'],
    simulated: true,
    legend: true,
    withFigures: true,
    now: NOW,
    isStale: (each) => NOW - each.at > 30_000,
    spreads: ({ id }) => SPREADS[id] ?? null,
  };
}
