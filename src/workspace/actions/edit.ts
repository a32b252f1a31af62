/** Changing the drawing. */
import {
  type Board,
  group,
  type Id,
  insert,
  move,
  type Patch,
  type Point,
  remove,
  setFields,
  ungroup,
} from '../../graph/index.ts';
import { emptySelection, select, selectionSize } from '../session.ts';
import type { Workspace } from '../workspace.ts';
import { type Action, canEdit } from './action.ts';

const selectionOf = (workspace: Workspace) => workspace.use.getState().session.selection;
const boardOf = (workspace: Workspace) => workspace.use.getState().board;
const canEditSelection = (workspace: Workspace) =>
  canEdit(workspace) && selectionSize(selectionOf(workspace)) > 0;
const canEditNodes = (workspace: Workspace) => canEdit(workspace) && selectedNodes(workspace).length > 0;

/** The nodes selected, those in selected groups included. */
function selectedNodes(workspace: Workspace): Id[] {
  const { nodes, groups } = selectionOf(workspace);
  const board = boardOf(workspace);
  return Object.keys(board.nodes).filter((id) => nodes.has(id) || groups.has(board.nodes[id]!.group ?? ''));
}

function deleteSelection(workspace: Workspace): void {
  const { nodes, edges, notes, groups } = selectionOf(workspace);
  workspace.run('delete', (board) =>
    remove(board, { nodes: [...nodes], edges: [...edges], notes: [...notes], groups: [...groups] }),
  );
}

/** Copies of what is selected, beside it, with the edges between them. */
function duplicate(workspace: Workspace): void {
  const board = boardOf(workspace);
  const ids = new Map(selectedNodes(workspace).map((id) => [id, workspace.newId()]));
  const notes = [...selectionOf(workspace).notes].map((id) => board.notes[id]!);
  const aside = ([x, y]: Point): Point => [x + 32, y + 32];
  const nodes: Board['nodes'] = {};
  for (const [from, id] of ids) {
    const { pinned: _pinned, ...node } = board.nodes[from]!;
    nodes[id] = { ...node, id, name: `${node.name} copy`, position: aside(node.position) };
  }
  const edges: Board['edges'] = {};
  for (const edge of Object.values(board.edges)) {
    const source = ids.get(edge.source);
    const target = ids.get(edge.target);
    if (source === undefined || target === undefined) continue;
    const { route: _route, ...rest } = edge;
    const id = workspace.newId();
    edges[id] = { ...rest, id, source, target };
  }
  const copies: Board['notes'] = {};
  for (const note of notes) {
    const id = workspace.newId();
    copies[id] = { ...note, id, position: aside(note.position) };
  }
  workspace.run('duplicate', (current) => insert(current, { records: { nodes, edges, notes: copies } }));
  workspace.select(select({ nodes: Object.keys(nodes), notes: Object.keys(copies) }));
}

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

/** Pins all that is selected, or, when all of it is pinned, lets it go. */
function togglePinned(workspace: Workspace): void {
  const ids = selectedNodes(workspace);
  const board = boardOf(workspace);
  const allPinned = ids.every((id) => board.nodes[id]!.pinned);
  const change = (current: Board): Patch =>
    setFields(current, { collection: 'nodes', ids, fields: { pinned: allPinned ? undefined : true } });
  workspace.run(allPinned ? 'unpin' : 'pin', change);
}

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

/** Step by step out: dialog, editing, preview, tool, presentation, spotlight, ring, selection. */
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
  {
    id: 'edit.duplicate',
    label: 'Duplicate',
    section: 'Edit',
    keys: ['$mod+D'],
    enabled: canEditSelection,
    run: duplicate,
  },
  {
    id: 'edit.delete',
    label: 'Delete',
    section: 'Edit',
    keys: ['Delete', 'Backspace'],
    enabled: canEditSelection,
    run: deleteSelection,
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
    id: 'edit.pin',
    label: 'Pin or unpin',
    section: 'Edit',
    keys: ['P'],
    enabled: canEditNodes,
    run: togglePinned,
  },
  ...nudges,
  { id: 'edit.escape', label: 'Step back out', section: 'Edit', keys: ['Escape'], run: stepBack },
];
