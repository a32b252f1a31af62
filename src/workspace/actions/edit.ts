/** Changing the drawing. */
import { type Board, group, type Id, move, type Point, remove, ungroup } from '../../graph/index.ts';
import { toggleCollapsed } from '../collapse.ts';
import { emptySelection, select, selectionSize } from '../session.ts';
import type { Workspace } from '../workspace.ts';
import { type Action, canEdit } from './action.ts';
import { clipboardActions } from './clipboard.ts';
import { boardOf, canEditNodes, canEditSelection, selectedNodes, selectionOf } from './selection.ts';

/** What is locked stays, and the person is told so. A collapsed group goes with all that its card stands for. */
function deleteSelection(workspace: Workspace): void {
  const { nodes, edges, notes, groups } = selectionOf(workspace);
  workspace.run('delete', (board) =>
    remove(board, {
      nodes: [...nodes, ...inCards(board, groups)],
      edges: [...edges],
      notes: [...notes],
      groups: [...groups],
    }),
  );
  const left = selectionOf(workspace);
  if (left.nodes.size + left.notes.size > 0)
    workspace.notify('What is locked was not deleted: Ctrl+Shift+L unlocks it.');
}

const inCards = ({ nodes, groups }: Board, selected: ReadonlySet<Id>): Id[] =>
  Object.keys(nodes).filter((id) => {
    const { group: of } = nodes[id]!;
    return of !== undefined && selected.has(of) && groups[of]?.collapsed;
  });

function groupSelection(workspace: Workspace): void {
  const id = workspace.newId();
  const nodes = selectedNodes(workspace);
  workspace.run('group', (board) => group(board, { id, name: 'Group', nodes }));
  workspace.session({ selection: select({ groups: [id] }), editing: { type: 'groups', id } });
}

function groupsOfSelection(workspace: Workspace): Id[] {
  const { nodes, groups } = selectionOf(workspace);
  const board = boardOf(workspace);
  const ofNodes = [...nodes].map((id) => board.nodes[id]?.group).filter((id) => id !== undefined);
  return [...new Set([...groups, ...ofNodes])];
}

function nudge(workspace: Workspace, dx: number, dy: number): void {
  const board = boardOf(workspace);
  const positions: Record<Id, Point> = {};
  const shift = ([x, y]: Point): Point => [x + dx, y + dy];
  for (const id of selectedNodes(workspace)) positions[id] = shift(board.nodes[id]!.position);
  for (const id of selectionOf(workspace).notes) positions[id] = shift(board.notes[id]!.position);
  workspace.run('move', (current) => move(current, { positions }));
}

const STEP = 8;
const FAR = 40;
const nudges = (
  [
    ['left', 'ArrowLeft', -1, 0],
    ['right', 'ArrowRight', 1, 0],
    ['up', 'ArrowUp', 0, -1],
    ['down', 'ArrowDown', 0, 1],
  ] as const
).flatMap(([name, key, x, y]): Action[] => {
  const nudgeBy = (by: number) => (workspace: Workspace) => nudge(workspace, x * by, y * by);
  const base = { section: 'Edit', repeats: true, enabled: canEditSelection } as const;
  return [
    { ...base, id: `edit.nudge-${name}`, label: `Move ${name}`, keys: [key], run: nudgeBy(STEP) },
    {
      ...base,
      id: `edit.push-${name}`,
      label: `Move far ${name}`,
      keys: [`Shift+${key}`],
      run: nudgeBy(FAR),
    },
  ];
});

/** Edges have no name to type over: their name is what they connect. */
function rename(workspace: Workspace): void {
  const { nodes, notes, groups } = selectionOf(workspace);
  for (const [type, ids] of [
    ['nodes', nodes],
    ['notes', notes],
    ['groups', groups],
  ] as const) {
    const [id] = ids;
    if (id === undefined) continue;
    workspace.session({ editing: { type, id } });
    return;
  }
}

/** Step by step out: dialog, editing, preview, tool, presentation, spotlight, ring, selection, the past. */
function stepBack(workspace: Workspace): void {
  const { session } = workspace.use.getState();
  if (session.dialog) workspace.session({ dialog: null });
  else if (session.editing) workspace.session({ editing: null });
  else if (session.preview) session.preview.cancel();
  else if (session.tool.type !== 'select') workspace.session({ tool: { type: 'select' } });
  else if (session.presenting) workspace.session({ presenting: false, spotlight: null });
  else if (session.spotlight) workspace.session({ spotlight: null });
  else if (session.ringed) workspace.session({ ringed: null });
  else if (selectionSize(session.selection) > 0) workspace.select(emptySelection);
  else if (session.moment) workspace.past.lookAt(null);
  else workspace.session({ notice: null });
}

function selectAll(workspace: Workspace): void {
  const { nodes, edges, notes, groups } = boardOf(workspace);
  workspace.select(
    select({
      nodes: Object.keys(nodes),
      edges: Object.keys(edges),
      notes: Object.keys(notes),
      groups: Object.keys(groups),
    }),
  );
}

export const editActions: readonly Action[] = [
  {
    id: 'edit.undo',
    label: 'Undo',
    section: 'Edit',
    keys: ['$mod+Z'],
    repeats: true,
    enabled: (workspace) => canEdit(workspace) && workspace.use.getState().history.undo.length > 0,
    run: (workspace) => workspace.undo(),
  },
  {
    id: 'edit.redo',
    label: 'Redo',
    section: 'Edit',
    keys: ['$mod+Shift+Z', '$mod+Y'],
    repeats: true,
    enabled: (workspace) => canEdit(workspace) && workspace.use.getState().history.redo.length > 0,
    run: (workspace) => workspace.redo(),
  },
  {
    id: 'edit.rename',
    label: 'Rename',
    section: 'Edit',
    keys: ['Enter', 'F2'],
    enabled: canEditSelection,
    run: rename,
  },
  ...clipboardActions,
  {
    id: 'edit.delete',
    label: 'Delete',
    section: 'Edit',
    keys: ['Delete', 'Backspace'],
    enabled: canEditSelection,
    run: deleteSelection,
  },
  {
    id: 'edit.replace',
    label: 'Find and replace names',
    section: 'Edit',
    // the second where the first hides the window
    keys: ['$mod+H', '$mod+Alt+KeyF'],
    enabled: canEdit,
    run: (workspace) => workspace.session({ dialog: 'replace' }),
  },
  { id: 'edit.select-all', label: 'Select all', section: 'Edit', keys: ['$mod+A'], run: selectAll },
  {
    id: 'edit.group',
    label: 'Group',
    section: 'Edit',
    keys: ['$mod+G'],
    enabled: canEditNodes,
    run: groupSelection,
  },
  {
    id: 'edit.ungroup',
    label: 'Ungroup',
    section: 'Edit',
    keys: ['$mod+Shift+G'],
    enabled: (workspace) => canEdit(workspace) && groupsOfSelection(workspace).length > 0,
    run: (workspace) => {
      const groups = groupsOfSelection(workspace);
      workspace.run('ungroup', (board) => ungroup(board, { groups }));
    },
  },
  {
    id: 'edit.collapse',
    label: 'Collapse or expand the group',
    section: 'Edit',
    keys: ['$mod+Alt+KeyG'],
    enabled: (workspace) => canEdit(workspace) && groupsOfSelection(workspace).length > 0,
    run: (workspace) => toggleCollapsed(workspace, groupsOfSelection(workspace)),
  },
  ...nudges,
  { id: 'edit.escape', label: 'Step back out', section: 'Edit', keys: ['Escape'], run: stepBack },
];
