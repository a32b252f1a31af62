/** Laying the board out from scratch; pinned nodes stay. */
import type { Workspace } from '../workspace.ts';
import { type Action, canEdit } from './action.ts';

const canLayOut = (workspace: Workspace) =>
  canEdit(workspace) && Object.keys(workspace.use.getState().board.nodes).length > 1;

const DIRECTIONS = [
  ['RIGHT', 'left to right', ['Shift+L']],
  ['DOWN', 'top to bottom', []],
  ['LEFT', 'right to left', []],
  ['UP', 'bottom to top', []],
] as const;

export const layoutActions: readonly Action[] = DIRECTIONS.map(
  ([direction, words, keys]): Action => ({
    id: `layout.${direction.toLowerCase()}`,
    label: `Lay out ${words}`,
    section: 'Layout',
    keys,
    enabled: canLayOut,
    run: (workspace) => workspace.services.layout(direction),
  }),
);
