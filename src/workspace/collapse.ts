/** Groups as one card, and back: by key, by menu, and by the button on the group. */
import { type Id, setCollapsed } from '../graph/index.ts';
import { select } from './session.ts';
import type { Workspace } from './workspace.ts';

/** Collapses groups, or, when all of them are collapsed, expands them. They stay what is selected. */
export function toggleCollapsed(workspace: Workspace, groups: readonly Id[]): void {
  const { board } = workspace.use.getState();
  const collapsed = !groups.every((id) => board.groups[id]?.collapsed);
  workspace.run(collapsed ? 'collapse' : 'expand', (current) => setCollapsed(current, { groups, collapsed }));
  workspace.session({ selection: select({ groups }), editing: null });
}
