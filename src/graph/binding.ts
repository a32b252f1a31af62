/**
 * Telemetry names ↔ nodes of a board. A name belongs to a node when it equals the node's name or one of its
 * `match.names`, exactly first, then normalised (case, and the separators . _ - space). A name that fits
 * two nodes belongs to neither: never a silent guess. A service and its queue may share a name, though: what
 * carries messages and what handles them are kept apart.
 */
import type { Board, BoardEdge, BoardNode, Id, NodeKind } from './schema.ts';
import { edgesAt } from './traverse.ts';

/** `Cart_Service` and `cart-service` are one name. */
export const normaliseName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s._-]+/g, '-');

export type Binding = {
  /**
   * The node that telemetry calls `name`, or null when none or several are; where a queue, topic or broker
   * shares the name with another part, the other part, because that is who calls and is called.
   */
  node(name: string): Id | null;
  /** Likewise, but only among what carries messages, or only among the rest, as `kind` does. */
  nodeLike(name: string, kind: NodeKind): Id | null;
  /** The edges drawn from one named part to another; through one queue, topic or broker too, then both hops. */
  edges(source: string, target: string): BoardEdge[];
};

type Find = (name: string) => Id | null;
const bound = new WeakMap<Board['nodes'], { carriers: Find; parts: Find }>();

export function bindingOf(board: Pick<Board, 'nodes' | 'edges'>): Binding {
  let names = bound.get(board.nodes);
  if (!names) {
    const all = Object.values(board.nodes);
    names = {
      carriers: findByName(all.filter(({ kind }) => isCarrier(kind))),
      parts: findByName(all.filter(({ kind }) => !isCarrier(kind))),
    };
    bound.set(board.nodes, names);
  }
  const { carriers, parts } = names;
  const node = (name: string) => parts(name) ?? carriers(name);
  return {
    node,
    nodeLike: (name, kind) => (isCarrier(kind) ? carriers(name) : parts(name)),
    edges: (source, target) => edgesBetween(board, node(source), node(target)),
  };
}

function findByName(nodes: readonly BoardNode[]): Find {
  const exact = new Map<string, Id | null>();
  const normalised = new Map<string, Id | null>();
  const put = (map: Map<string, Id | null>, name: string, id: Id) => {
    const known = map.get(name);
    map.set(name, known === undefined || known === id ? id : null);
  };
  for (const { id, name, match } of nodes) {
    for (const each of [name, ...(match?.names ?? [])]) {
      put(exact, each, id);
      put(normalised, normaliseName(each), id);
    }
  }
  return (name) =>
    exact.get(name) ?? (exact.has(name) ? null : (normalised.get(normaliseName(name)) ?? null));
}

/** True for what carries messages between parts: a queue, a topic, a broker. */
export const isCarrier = (kind: NodeKind | undefined): boolean =>
  kind === 'queue' || kind === 'topic' || kind === 'broker';

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
    .filter((edge) => isCarrier(board.nodes[edge.target]?.kind))
    .flatMap((publish) => {
      const consume = edgesAt(board.edges, publish.target).filter(
        (edge) => edge.source === publish.target && edge.target === target,
      );
      return consume.length > 0 ? [publish, ...consume] : [];
    });
  return [...new Set(hops)];
}
