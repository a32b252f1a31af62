/** A menu speaks of what is under it: that is selected first, unless it is part of the selection already. */
import type { Id, Point } from '../../graph/index.ts';
import { emptySelection, type SelectionKind, select, type Workspace } from '../../workspace/index.ts';
import { edgeAt, nodeAt } from '../boxes.ts';

/** Page pixels within which a line is hit; a finger is no finer. */
const REACH = 12;

export function pickForMenu(workspace: Workspace, target: EventTarget, at: Point, zoom: number): void {
  const { board, session } = workspace.shown();
  const element = target instanceof Element ? target : null;
  const card = element?.closest<HTMLElement>('.react-flow__node')?.dataset.id;
  const button = element?.closest<HTMLElement>('[data-edge]')?.dataset.edge;
  const found: [SelectionKind, Id] | null = card
    ? [card in board.nodes ? 'nodes' : card in board.notes ? 'notes' : 'groups', card]
    : button
      ? ['edges', button]
      : painted(workspace, at, REACH / zoom);
  if (!found) return workspace.select(emptySelection);
  const [kind, id] = found;
  if (!session.selection[kind].has(id)) workspace.select(select({ [kind]: [id] }));
}

/** What has no element of its own where it is painted. */
function painted(workspace: Workspace, at: Point, reach: number): [SelectionKind, Id] | null {
  const node = nodeAt(workspace.shown().board, at);
  if (node !== null) return ['nodes', node];
  const edge = edgeAt(workspace, at, reach);
  return edge === null ? null : ['edges', edge];
}
