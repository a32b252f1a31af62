/** Groups as one card, and back. */
import { type Id, setCollapsed } from '../../graph/index.ts';
import { select } from '../session.ts';
import type { Workspace } from '../workspace.ts';
import { type Action, canEdit } from './action.ts';

/** Collapses groups, or, when all of them are collapsed, expands them. They stay what is selected. */
export function toggleCollapsed(workspace: Workspace, groups: readonly Id[]): void {
  const { board } = workspace.use.getState();
  const collapsed = !groups.every((id) => board.groups[id]?.collapsed);
  workspace.run(collapsed ? 'collapse' : 'expand', (current) => setCollapsed(current, { groups, collapsed }));
  workspace.session({ selection: select({ groups }), editing: null });
}

/** The groups selected, and those of the nodes selected. */
function groupsOfSelection(workspace: Workspace): Id[] {
  const { board, session } = workspace.use.getState();
  const { nodes, groups } = session.selection;
  const ofNodes = [...nodes].flatMap((id) => board.nodes[id]?.group ?? []);
  return [...new Set([...groups, ...ofNodes])];
}

export const collapseActions: readonly Action[] = [
  {
    id: 'edit.collapse',
    label: 'Collapse or expand the group',
    section: 'Edit',
    keys: ['$mod+Alt+KeyG'],
    enabled: (workspace) => canEdit(workspace) && groupsOfSelection(workspace).length > 0,
    run: (workspace) => toggleCollapsed(workspace, groupsOfSelection(workspace)),
  },
];
