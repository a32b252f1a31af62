/** Where traffic enters a drawn system, and an order in which it can be followed: cycles are cut. */
import { adjacencyOf, type Board, type Id } from '../../graph/index.ts';

export type Order = {
  /** All node ids, each before what it sends traffic to (cut edges left aside). */
  order: Id[];
  /** Ids of edges that close a cycle. */
  cut: Set<Id>;
  /** Clients, nodes that nobody calls, and one node of each part of the board that only cycles reach. */
  entries: Set<Id>;
};

/** Depth first from the entries, by id: the same board always gives the same answer. */
export function cutCycles(board: Pick<Board, 'nodes' | 'edges'>): Order {
  const { out, in: into } = adjacencyOf(board.edges);
  const ids = Object.keys(board.nodes).sort();
  const called = (id: Id) => into.get(id)?.some((edge) => edge.source !== edge.target) ?? false;
  const entries = new Set(ids.filter((id) => board.nodes[id]!.kind === 'client' || !called(id)));
  const cut = new Set<Id>();
  const finished: Id[] = [];
  const state = new Map<Id, 'open' | 'done'>();

  const visit = (root: Id) => {
    const stack = [{ id: root, next: 0, edges: sortedById(out.get(root)) }];
    state.set(root, 'open');
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = top.edges[top.next++];
      if (!edge) {
        state.set(top.id, 'done');
        finished.push(top.id);
        stack.pop();
      } else if (state.get(edge.target) === 'open') {
        cut.add(edge.id);
      } else if (!state.has(edge.target)) {
        state.set(edge.target, 'open');
        stack.push({ id: edge.target, next: 0, edges: sortedById(out.get(edge.target)) });
      }
    }
  };

  for (const id of ids) if (entries.has(id) && !state.has(id)) visit(id);
  for (const id of ids) {
    if (state.has(id)) continue;
    entries.add(id);
    visit(id);
  }
  return { order: finished.reverse(), cut, entries };
}

const sortedById = <T extends { id: Id }>(list: readonly T[] = []): T[] =>
  list.length < 2 ? [...list] : [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
