/** Where things stand: in line, at equal distances, one over the other, held by a pin or a lock. */
import {
  ALIGNMENTS,
  type Alignment,
  type Axis,
  align,
  distribute,
  type Id,
  isLocked,
  restack,
  setFields,
  setLocked,
  type Unit,
} from '../../graph/index.ts';
import type { Workspace } from '../workspace.ts';
import { type Action, canEdit } from './action.ts';
import { boardOf, canEditNodes, selectedNodes, selectionOf } from './selection.ts';

/** Pins all that is selected, or, when all of it is pinned, lets it go. */
function togglePinned(workspace: Workspace): void {
  const ids = selectedNodes(workspace);
  const board = boardOf(workspace);
  const allPinned = ids.every((id) => board.nodes[id]!.pinned);
  const fields = { pinned: allPinned ? undefined : (true as const) };
  workspace.run(allPinned ? 'unpin' : 'pin', (current) =>
    setFields(current, { collection: 'nodes', ids, fields }),
  );
}

const lockable = (workspace: Workspace): Id[] => [
  ...selectedNodes(workspace),
  ...selectionOf(workspace).notes,
];

/** Locks all that is selected, or, when all of it is locked, lets it go. */
function toggleLocked(workspace: Workspace): void {
  const ids = lockable(workspace);
  const { nodes, notes } = boardOf(workspace);
  const locked = !ids.every((id) => isLocked(nodes[id] ?? notes[id]));
  workspace.run(locked ? 'lock' : 'unlock', (board) => setLocked(board, { ids, locked }));
}

/** What moves as one: a selected group as a whole, everything else by itself. */
function units(workspace: Workspace): Unit[] {
  const { nodes, notes, groups } = selectionOf(workspace);
  const board = boardOf(workspace);
  const inGroup = (id: Id) => groups.has(board.nodes[id]!.group ?? '');
  const whole = [...groups].map((group) =>
    Object.keys(board.nodes).filter((id) => board.nodes[id]!.group === group),
  );
  const single = [...[...nodes].filter((id) => !inGroup(id)), ...notes].map((id) => [id]);
  return [...whole.filter((unit) => unit.length > 0), ...single];
}

/** As Excalidraw has them; middles have no key there either. */
const KEYS: Partial<Record<Alignment, string[]>> = {
  left: ['$mod+Shift+ArrowLeft'],
  right: ['$mod+Shift+ArrowRight'],
  top: ['$mod+Shift+ArrowUp'],
  bottom: ['$mod+Shift+ArrowDown'],
};
const LINE: Record<Alignment, string> = {
  left: 'Align left',
  centre: 'Align centres',
  right: 'Align right',
  top: 'Align top',
  middle: 'Align middles',
  bottom: 'Align bottom',
};
const AXES: readonly (readonly [Axis, label: string, key: string])[] = [
  ['horizontal', 'Distribute horizontally', 'Alt+KeyH'],
  ['vertical', 'Distribute vertically', 'Alt+KeyV'],
];

const STACK = [
  ['front', 'Bring to front', ['$mod+Shift+BracketRight']],
  ['back', 'Send to back', ['$mod+Shift+BracketLeft']],
] as const;

export const arrangeActions: readonly Action[] = [
  ...ALIGNMENTS.map(
    (to): Action => ({
      id: `arrange.${to}`,
      label: LINE[to],
      section: 'Arrange',
      ...(KEYS[to] && { keys: KEYS[to] }),
      enabled: (workspace) => canEdit(workspace) && units(workspace).length > 1,
      run: (workspace) => {
        const aligned = units(workspace);
        workspace.run('align', (board) => align(board, { units: aligned, to }));
      },
    }),
  ),
  ...AXES.map(
    ([axis, label, key]): Action => ({
      id: `arrange.${axis}`,
      label,
      section: 'Arrange',
      keys: [key],
      enabled: (workspace) => canEdit(workspace) && units(workspace).length > 2,
      run: (workspace) => {
        const spread = units(workspace);
        workspace.run('distribute', (board) => distribute(board, { units: spread, axis }));
      },
    }),
  ),
  ...STACK.map(
    ([to, label, keys]): Action => ({
      id: `arrange.${to}`,
      label,
      section: 'Arrange',
      keys,
      enabled: (workspace) => canEdit(workspace) && selectionOf(workspace).notes.size > 0,
      run: (workspace) => {
        const notes = [...selectionOf(workspace).notes];
        workspace.run(label.toLowerCase(), (board) => restack(board, { notes, to }));
      },
    }),
  ),
  {
    id: 'edit.pin',
    label: 'Pin or unpin',
    section: 'Arrange',
    keys: ['P'],
    enabled: canEditNodes,
    run: togglePinned,
  },
  {
    id: 'edit.lock',
    label: 'Lock or unlock',
    section: 'Arrange',
    keys: ['$mod+Shift+L'],
    enabled: (workspace) => canEdit(workspace) && lockable(workspace).length > 0,
    run: toggleLocked,
  },
];
