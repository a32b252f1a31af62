/** Copies: beside what they are copies of, or through the browser's clipboard, which the app speaks to. */
import { type Clip, clipOf, type Id, isEmptyClip, type Point, paste } from '../../graph/index.ts';
import { select } from '../session.ts';
import type { Workspace } from '../workspace.ts';
import { type Action, canEdit } from './action.ts';
import { boardOf, canEditSelection, selectionOf } from './selection.ts';

/** Copies of what is selected stand so far to the lower right of it. */
const ASIDE: Point = [32, 32];

/** What is selected, ready to be copied; null when nothing that can be is. */
export function selectedClip(workspace: Workspace): Clip | null {
  const clip = clipOf(boardOf(workspace), selectionOf(workspace));
  return isEmptyClip(clip) ? null : clip;
}

/** Copies of what is selected, so far from it, in the groups it stands in. What was copied is left alone. */
export function duplicateBy(workspace: Workspace, clip: Clip, by: Point): void {
  putDown(workspace, 'duplicate', (board, newId) => paste(board, { clip, newId, by, inGroups: true }));
}

/** Puts a clip down with its middle at a point, and selects it. One undo step. */
export function pasteClip(workspace: Workspace, clip: Clip, at: Point): void {
  putDown(workspace, 'paste', (board, newId) => paste(board, { clip, newId, at }));
}

function putDown(
  workspace: Workspace,
  label: string,
  make: (board: ReturnType<typeof boardOf>, newId: () => Id) => ReturnType<typeof paste>,
): void {
  const { patch, nodes, notes, groups } = make(boardOf(workspace), workspace.newId);
  workspace.run(label, patch);
  const { board } = workspace.use.getState();
  const there = <R>(records: Record<Id, R>, ids: readonly Id[]) => ids.filter((id) => id in records);
  const selection = { nodes: there(board.nodes, nodes), notes: there(board.notes, notes) };
  workspace.select(select({ ...selection, groups: there(board.groups, groups) }));
}

const canCopy = (workspace: Workspace) => selectedClip(workspace) !== null;

export const clipboardActions: readonly Action[] = [
  {
    id: 'edit.cut',
    label: 'Cut',
    section: 'Edit',
    keys: ['$mod+X'],
    keysOfBrowser: true,
    enabled: (workspace) => canEdit(workspace) && canCopy(workspace),
    run: (workspace) => workspace.services.clipboard('cut'),
  },
  {
    id: 'edit.copy',
    label: 'Copy',
    section: 'Edit',
    keys: ['$mod+C'],
    keysOfBrowser: true,
    enabled: canCopy,
    run: (workspace) => workspace.services.clipboard('copy'),
  },
  {
    id: 'edit.paste',
    label: 'Paste',
    section: 'Edit',
    keys: ['$mod+V'],
    keysOfBrowser: true,
    enabled: canEdit,
    run: (workspace) => workspace.services.clipboard('paste'),
  },
  {
    id: 'edit.duplicate',
    label: 'Duplicate',
    section: 'Edit',
    keys: ['$mod+D'],
    enabled: canEditSelection,
    run: (workspace) => {
      const clip = selectedClip(workspace);
      if (clip) duplicateBy(workspace, clip, ASIDE);
    },
  },
];
