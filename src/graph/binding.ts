/**
 * Telemetry names ↔ nodes of a board. A name belongs to a node when it equals the node's name or one of its
 * `match.names`, exactly first, then normalised (case, and the separators . _ - space). A name that fits
 * two nodes belongs to neither: never a silent guess.
 */
import type { Board, BoardEdge, Id } from './schema.ts';
import { edgesAt } from './traverse.ts';

/** `Cart_Service` and `cart-service` are one name. */
export const normaliseName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s._-]+/g, '-');

export type Binding = {
  /** The node that telemetry calls `name`, or null when none or several are. */
  node(name: string): Id | null;
  /** The edges drawn from one named part to another; through one queue, topic or broker too, then both hops. */
  edges(source: string, target: string): BoardEdge[];
};

const bound = new WeakMap<Board['nodes'], (name: string) => Id | null>();

export function bindingOf(board: Pick<Board, 'nodes' | 'edges'>): Binding {
  let node = bound.get(board.nodes);
  if (!node) {
    node = nodeNames(board.nodes);
    bound.set(board.nodes, node);
  }
  const find = node;
  return { node: find, edges: (source, target) => edgesBetween(board, find(source), find(target)) };
}

function nodeNames(nodes: Board['nodes']): (name: string) => Id | null {
  const exact = new Map<string, Id | null>();
  const normalised = new Map<string, Id | null>();
  const put = (map: Map<string, Id | null>, name: string, id: Id) => {
    const known = map.get(name);
    map.set(name, known === undefined || known === id ? id : null);
  };
  for (const id in nodes) {
    const { name, match } = nodes[id]!;
    for (const each of [name, ...(match?.names ?? [])]) {
      put(exact, each, id);
      put(normalised, normaliseName(each), id);
    }
  }
  return (name) =>
    exact.get(name) ?? (exact.has(name) ? null : (normalised.get(normaliseName(name)) ?? null));
}

const CARRIERS = new Set(['queue', 'topic', 'broker']);

function edgesBetween(
  board: Pick<Board, 'nodes' | 'edges'>,
  source: Id | null,
  target: Id | null,
): BoardEdge[] {
  if (source === null || target === null) return [];
  const leaving = edgesAt(board.edges, source).filter((edge) => edge.source === source);
  const direct = leaving.filter((edge) => edge.target === target);
  if (direct.length > 0) return direct;
  const hops = leaving
    .filter((edge) => CARRIERS.has(board.nodes[edge.target]?.kind ?? ''))
    .flatMap((publish) => {
      const consume = edgesAt(board.edges, publish.target).filter(
        (edge) => edge.source === publish.target && edge.target === target,
      );
      return consume.length > 0 ? [publish, ...consume] : [];
    });
  return [...new Set(hops)];
}
