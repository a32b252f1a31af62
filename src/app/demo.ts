/** The system that is running on the first visit: a small shop, with the simulator for traffic. */
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  edgeKindBetween,
  emptyBoard,
  type Id,
  type NodeKind,
  type Point,
} from '../graph/index.ts';

type Part = [id: Id, kind: NodeKind, technology: string, at: Point, instances?: number, group?: Id];

const PARTS: readonly Part[] = [
  ['shopper', 'client', 'browser', [0, 24]],
  ['edge', 'gateway', 'Envoy', [0, 176], 2],
  ['catalog', 'service', 'Go', [320, 24], 3, 'shop'],
  ['cart', 'service', 'Node.js', [320, 176], 2, 'shop'],
  ['checkout', 'service', 'Java', [320, 328], 3, 'shop'],
  ['catalog-db', 'database', 'PostgreSQL', [640, 24]],
  ['cart-cache', 'cache', 'Redis', [640, 176]],
  ['payments', 'service', 'Java', [640, 328], 2],
  ['card network', 'external', 'HTTPS', [944, 328]],
  ['orders', 'topic', 'Kafka', [320, 488]],
  ['fulfilment', 'worker', 'Go', [640, 480], 2],
  ['orders-db', 'database', 'PostgreSQL', [944, 480]],
];

const TRAFFIC: readonly (readonly [source: Id, target: Id, protocol: string])[] = [
  ['shopper', 'edge', 'HTTPS'],
  ['edge', 'catalog', 'HTTP'],
  ['edge', 'cart', 'HTTP'],
  ['edge', 'checkout', 'HTTP'],
  ['catalog', 'catalog-db', 'SQL'],
  ['cart', 'cart-cache', 'RESP'],
  ['checkout', 'cart', 'gRPC'],
  ['checkout', 'payments', 'gRPC'],
  ['checkout', 'orders', 'Kafka'],
  ['payments', 'card network', 'HTTPS'],
  ['orders', 'fulfilment', 'Kafka'],
  ['fulfilment', 'orders-db', 'SQL'],
];

const DEMO = 'demo-';

/** The demo is nobody's system: what is real goes on a board of its own. */
export const isDemo = (board: Board): boolean => board.id.startsWith(DEMO);

export function demoBoard(unique: Id): Board {
  const id = `${DEMO}${unique}`;
  const nodes: Record<Id, BoardNode> = {};
  for (const [name, kind, technology, position, instances, group] of PARTS)
    nodes[name] = {
      id: name,
      name,
      kind,
      technology,
      position,
      ...(instances !== undefined && { instances }),
      ...(group !== undefined && { group }),
    };
  const edges: Record<Id, BoardEdge> = {};
  for (const [source, target, protocol] of TRAFFIC) {
    const key = `${source}-${target}`;
    const kind = edgeKindBetween(nodes[source]!.kind, nodes[target]!.kind);
    edges[key] = { id: key, source, target, kind, protocol };
  }
  return {
    ...emptyBoard(id, 'Demo: a small shop'),
    nodes,
    edges,
    groups: { shop: { id: 'shop', name: 'shop' } },
    sources: { simulator: { id: 'simulator', type: 'simulator', name: 'Simulator', seed: 7 } },
  };
}

/** A new board: empty, with the simulator to give figures to whatever is drawn until a real source is. */
export const newBoard = (id: Id, title?: string): Board => ({
  ...emptyBoard(id, title),
  sources: { simulator: { id: 'simulator', type: 'simulator', name: 'Simulator', seed: 1 } },
});
