/** Commands on the board as a whole. */

import type { Id } from '../fields.ts';
import { diffBoards, type Patch } from '../patch.ts';
import { type Board, type BoardEdge, type BoardNode, COLLECTIONS, type Point } from '../schema.ts';
import type { SourceConfig } from '../source-config.ts';

export const setTitle = (board: Board, args: { title: string }): Patch =>
  board.title === args.title ? {} : { title: [board.title, args.title] };

/** Takes over all that layout proposes, in one patch; what is locked stays. Routes belong to the positions they come with. */
export function applyLayout(
  board: Board,
  args: { positions: Record<Id, Point>; routes: Record<Id, NonNullable<BoardEdge['route']>> },
): Patch {
  const nodes: Record<Id, BoardNode> = { ...board.nodes };
  for (const id in args.positions) {
    const node = nodes[id];
    if (node && !node.locked && !node.pinned) nodes[id] = { ...node, position: args.positions[id]! };
  }
  const edges: Record<Id, BoardEdge> = {};
  for (const id in board.edges) {
    const { route: _old, ...edge } = board.edges[id]!;
    const route = args.routes[id];
    edges[id] = route ? { ...edge, route } : edge;
  }
  return diffBoards(board, { ...board, nodes, edges });
}

/** Adds all records of another board; records whose id is taken already are left as they are. */
export function insert(board: Board, args: { records: Partial<Board> }): Patch {
  const patch: Patch = {};
  for (const collection of COLLECTIONS) {
    const added: Record<Id, unknown> = {};
    for (const [id, record] of Object.entries(args.records[collection] ?? {}))
      if (!(id in board[collection])) added[id] = record;
    (patch as Record<string, unknown>)[collection] = { added };
  }
  return patch;
}

/** Adds a source of readings, or replaces the one with its id. */
export function putSource(board: Board, args: { source: SourceConfig }): Patch {
  const { source } = args;
  const old = board.sources[source.id];
  if (old) return { sources: { updated: { [source.id]: [old, source] } } };
  return { sources: { added: { [source.id]: source } } };
}

export function removeSource(board: Board, args: { id: Id }): Patch {
  const old = board.sources[args.id];
  return old ? { sources: { removed: { [args.id]: old } } } : {};
}
