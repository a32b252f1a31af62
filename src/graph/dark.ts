/**
 * Dark parts: what a source sees and nobody drew. Found by comparing the board with the graph that the source tells
 * of, by the same names by which its figures are bound.
 */
import { edgesBetween, normaliseName } from './binding.ts';
import { mergeGraph } from './commands/merge.ts';
import type { Id } from './fields.ts';
import { counterpart } from './observed.ts';
import type { Patch } from './patch.ts';
import type { Board, BoardEdge, BoardNode } from './schema.ts';

/** The graph that a source tells of, under ids of its own. */
export type SeenGraph = Pick<Board, 'nodes' | 'edges'>;
/** What of a seen graph the board lacks: parts, and traffic of them or between drawn ones. */
export type Dark = { nodes: readonly BoardNode[]; edges: readonly BoardEdge[] };

/** @param ignored names that the board is not about */
export function darkOf(
  board: Pick<Board, 'nodes' | 'edges'>,
  seen: SeenGraph,
  ignored: Iterable<string> = [],
): Dark {
  const unwanted = new Set([...ignored].map(normaliseName));
  const drawn = new Map<Id, Id>();
  const nodes: BoardNode[] = [];
  for (const node of Object.values(seen.nodes)) {
    const known = counterpart(board, node);
    if (known !== null) drawn.set(node.id, known);
    else if (!unwanted.has(normaliseName(node.name))) nodes.push(node);
  }
  const dark = new Set(nodes.map(({ id }) => id));
  const isThere = (id: Id) => dark.has(id) || drawn.has(id);
  const edges = Object.values(seen.edges).filter(({ source, target }) => {
    if (!isThere(source) || !isThere(target)) return false;
    const [from, to] = [drawn.get(source), drawn.get(target)];
    // two parts that are drawn as one have no traffic between them
    return (
      from === undefined || to === undefined || (from !== to && edgesBetween(board, from, to).length === 0)
    );
  });
  return { nodes, edges };
}

/** Of what is dark, one part and its traffic with what is drawn. */
export function darkAt(dark: Dark, id: Id): Dark {
  const others = new Set(dark.nodes.map((node) => node.id).filter((other) => other !== id));
  return {
    nodes: dark.nodes.filter((node) => node.id === id),
    edges: dark.edges.filter(
      ({ source, target }) => (source === id || target === id) && !others.has(source) && !others.has(target),
    ),
  };
}

/** Draws what is dark, beside what it is joined to. Nothing that is drawn changes. */
export function addDark(board: Board, seen: SeenGraph, { nodes, edges }: Dark): Patch {
  const ends = edges.flatMap(({ source, target }) => [source, target]);
  const needed = new Set([...nodes.map(({ id }) => id), ...ends]);
  return mergeGraph(board, {
    nodes: Object.fromEntries([...needed].flatMap((id) => (seen.nodes[id] ? [[id, seen.nodes[id]]] : []))),
    edges: Object.fromEntries(edges.map((edge) => [edge.id, edge])),
  }).patch;
}
