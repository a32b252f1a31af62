/**
 * Telemetry names ↔ nodes of a board. A name belongs to a node when it equals one of its `match.names` or the node's
 * name, exactly first, then normalised (case, and the separators . _ - space). What is listed goes before what a node
 * happens to be called: a person has said so. A name that fits two nodes alike belongs to neither: never a silent guess. A service and its queue may share a name, though: what
 * carries messages and what handles them are kept apart.
 */
import type { Id } from './fields.ts';
import type { Board, BoardEdge, BoardNode, NodeKind } from './schema.ts';
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
  const make = (spell: (name: string) => string) => ({
    listed: only(nodes, spell, ({ match }) => match?.names ?? []),
    named: only(nodes, spell, ({ name }) => [name]),
  });
  const exact = make((name) => name);
  const nearly = make(normaliseName);
  return (name) => {
    const near = normaliseName(name);
    return (
      [exact.listed.get(name), exact.named.get(name), nearly.listed.get(near), nearly.named.get(near)].find(
        (found) => found !== undefined,
      ) ?? null
    );
  };
}

/** The one node that each name stands for; null where it stands for several. */
function only(
  nodes: readonly BoardNode[],
  spell: (name: string) => string,
  namesOf: (node: BoardNode) => readonly string[],
): ReadonlyMap<string, Id | null> {
  const found = new Map<string, Id | null>();
  for (const node of nodes)
    for (const name of namesOf(node).map(spell)) {
      const known = found.get(name);
      found.set(name, known === undefined || known === node.id ? node.id : null);
    }
  return found;
}

/** True for what carries messages between parts: a queue, a topic, a broker. */
export const isCarrier = (kind: NodeKind | undefined): boolean =>
  kind === 'queue' || kind === 'topic' || kind === 'broker';

/** True for what keeps data. */
export const isStore = (kind: NodeKind): boolean =>
  kind === 'database' || kind === 'cache' || kind === 'storage';

/** The edges from one part to another; where there is none, both hops through what carries messages between them. */
export function edgesBetween(
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
