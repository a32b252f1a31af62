/** Commands on the boundaries around parts. */

import type { Id } from '../fields.ts';
import type { Patch } from '../patch.ts';
import type { Board, BoardNode } from '../schema.ts';
import { setFields } from './nodes.ts';

/** Draws a boundary around nodes. */
export function group(board: Board, args: { id: Id; name: string; nodes: readonly Id[] }): Patch {
  if (args.nodes.length === 0) return {};
  return {
    ...setFields(board, { collection: 'nodes', ids: args.nodes, fields: { group: args.id } }),
    groups: { added: { [args.id]: { id: args.id, name: args.name } } },
  };
}

/** Collapses groups, each into one card, or expands them; where their members stand does not change. */
export const setCollapsed = (board: Board, args: { groups: readonly Id[]; collapsed: boolean }): Patch =>
  setFields(board, {
    collection: 'groups',
    ids: args.groups,
    fields: { collapsed: args.collapsed || undefined },
  });

/** Takes boundaries away; what stood in them stays. */
export function ungroup(board: Board, args: { groups: readonly Id[] }): Patch {
  const gone = new Set(args.groups.filter((id) => board.groups[id]));
  const updated: Record<Id, [BoardNode, BoardNode]> = {};
  for (const id in board.nodes) {
    const node = board.nodes[id]!;
    const { group: of, ...rest } = node;
    if (of !== undefined && gone.has(of)) updated[id] = [node, rest];
  }
  const removed = Object.fromEntries([...gone].map((id) => [id, board.groups[id]!]));
  return { nodes: { updated }, groups: { removed } };
}
