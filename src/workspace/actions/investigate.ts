/** The method: suspicions. */
import { type MarkStatus, mark, type Subject, unmark } from '../../graph/index.ts';
import type { Workspace } from '../workspace.ts';
import { type Action, canEdit } from './action.ts';

function subjects(workspace: Workspace): Subject[] {
  const { nodes, edges } = workspace.use.getState().session.selection;
  return [
    ...[...nodes].map((id): Subject => ({ type: 'node', id })),
    ...[...edges].map((id): Subject => ({ type: 'edge', id })),
  ];
}

const canMark = (workspace: Workspace) => canEdit(workspace) && subjects(workspace).length > 0;

function markAll(workspace: Workspace, status: MarkStatus): void {
  workspace.begin(`mark as ${status}`);
  for (const subject of subjects(workspace))
    workspace.run('mark', (board) =>
      mark(board, { id: workspace.newId(), subject, status, at: workspace.now() }),
    );
  workspace.end();
  const { panel } = workspace.use.getState().session;
  // whoever works in the outline stays there
  if (panel.tab !== 'outline') workspace.session({ panel: { ...panel, tab: 'suspects' } });
}

function unmarkAll(workspace: Workspace): void {
  workspace.begin('take mark off');
  for (const subject of subjects(workspace)) workspace.run('unmark', (board) => unmark(board, { subject }));
  workspace.end();
}

export const investigateActions: readonly Action[] = [
  {
    id: 'mark.suspected',
    label: 'Mark as suspected',
    section: 'Investigate',
    keys: ['M'],
    enabled: canMark,
    run: (w) => markAll(w, 'suspected'),
  },
  {
    id: 'mark.confirmed',
    label: 'Mark as confirmed',
    section: 'Investigate',
    keys: ['Shift+M'],
    enabled: canMark,
    run: (w) => markAll(w, 'confirmed'),
  },
  {
    id: 'mark.cleared',
    label: 'Mark as cleared',
    section: 'Investigate',
    keys: ['Alt+KeyM'],
    enabled: canMark,
    run: (w) => markAll(w, 'cleared'),
  },
  { id: 'mark.remove', label: 'Take the mark off', section: 'Investigate', enabled: canMark, run: unmarkAll },
];
