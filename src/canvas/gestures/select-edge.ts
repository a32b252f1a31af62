/** An edge is chosen, alone or with what is selected. */
import type { Id } from '../../graph/index.ts';
import { select, type Workspace } from '../../workspace/index.ts';

export function selectEdge(workspace: Workspace, id: Id, add: boolean): void {
  const { selection } = workspace.shown().session;
  if (!add) return workspace.select(select({ edges: [id] }));
  const edges = new Set(selection.edges);
  if (!edges.delete(id)) edges.add(id);
  workspace.select({ ...selection, edges });
}
