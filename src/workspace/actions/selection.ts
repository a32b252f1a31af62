/** What is selected, as actions ask for it. */
import type { Board, Id } from '../../graph/index.ts';
import { type Selection, selectionSize } from '../session.ts';
import type { Workspace } from '../workspace.ts';
import { canEdit } from './action.ts';

export const selectionOf = (workspace: Workspace): Selection => workspace.use.getState().session.selection;
export const boardOf = (workspace: Workspace): Board => workspace.use.getState().board;

/** The nodes selected, those in selected groups included. */
export function selectedNodes(workspace: Workspace): Id[] {
  const { nodes, groups } = selectionOf(workspace);
  const board = boardOf(workspace);
  return Object.keys(board.nodes).filter((id) => nodes.has(id) || groups.has(board.nodes[id]!.group ?? ''));
}

export const canEditSelection = (workspace: Workspace): boolean =>
  canEdit(workspace) && selectionSize(selectionOf(workspace)) > 0;
export const canEditNodes = (workspace: Workspace): boolean =>
  canEdit(workspace) && selectedNodes(workspace).length > 0;
