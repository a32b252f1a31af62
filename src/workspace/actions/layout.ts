/** Laying the board out: a little more in order, or from scratch. Pinned nodes stay either way. */
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

export const layoutActions: readonly Action[] = [
  {
    id: 'layout.tidy',
    label: 'Tidy: keep the order, move little',
    section: 'Layout',
    keys: ['Shift+T'],
    enabled: canLayOut,
    run: (workspace) => workspace.services.tidy(),
  },
  ...DIRECTIONS.map(
    ([direction, words, keys]): Action => ({
      id: `layout.${direction.toLowerCase()}`,
      label: `Lay out again, ${words}`,
      section: 'Layout',
      keys,
      enabled: canLayOut,
      run: (workspace) => workspace.services.layout(direction),
    }),
  ),
];

/** Comes before whatever else its key does. */
export const previewActions: readonly Action[] = [
  {
    id: 'layout.apply',
    label: 'Apply what is previewed',
    section: 'Layout',
    keys: ['Enter'],
    enabled: (workspace) => workspace.use.getState().session.preview !== null,
    run: (workspace) => workspace.use.getState().session.preview?.apply(),
  },
];
