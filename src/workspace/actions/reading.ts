/** Reading a big board: light falls on a part of it, and the rest is dimmed where it stands. */
import { groupRects, type Id } from '../../graph/index.ts';
import { emptySelection } from '../session.ts';
import { emptySearch, type Reach, type Spotlight } from '../spotlight.ts';
import type { Workspace } from '../workspace.ts';
import type { Action } from './action.ts';

/** Lights something up and brings it into view. Where the rest stands does not change. */
function shine(workspace: Workspace, spotlight: Spotlight | null): void {
  workspace.session({ spotlight });
  const lit = workspace.lit();
  workspace.view?.fit(lit?.nodes);
}

/** The nodes selected, and the ends of the edges selected. */
function parts(workspace: Workspace): Id[] {
  const { board, session } = workspace.use.getState();
  const ids = new Set(session.selection.nodes);
  for (const id of session.selection.edges) ids.add(board.edges[id]!.source).add(board.edges[id]!.target);
  return [...ids];
}

const FOCUS: readonly (readonly [Reach, label: string, key: string])[] = [
  [1, 'Focus on the neighbours', 'Shift+Digit3'],
  [2, 'Focus on two steps around', 'Shift+Digit4'],
  ['upstream', 'Focus on all upstream', 'Shift+Digit5'],
  ['downstream', 'Focus on all downstream', 'Shift+Digit6'],
];

/** The group that is selected, or that the selected node stands in. */
function groupOf(workspace: Workspace): Id | null {
  const { board, session } = workspace.use.getState();
  const [group] = session.selection.groups;
  if (group !== undefined) return group;
  const [node] = session.selection.nodes;
  return (node === undefined ? undefined : board.nodes[node]?.group) ?? null;
}

function find(workspace: Workspace): void {
  const { spotlight } = workspace.use.getState().session;
  const before = spotlight?.type === 'find' ? spotlight : { asked: 0, ...emptySearch };
  workspace.session({ spotlight: { ...before, type: 'find', asked: before.asked + 1 } });
}

const isPresenting = (workspace: Workspace) => workspace.use.getState().session.presenting;

function present(workspace: Workspace): void {
  const presenting = !isPresenting(workspace);
  const { session } = workspace.use.getState();
  const group = session.spotlight?.type === 'group' ? session.spotlight : null;
  // the arrow keys turn pages now, they move nothing
  workspace.session({ presenting, ringed: null, selection: emptySelection, tool: { type: 'select' } });
  shine(workspace, presenting ? group : null);
  // what had the focus may be put away now
  workspace.view?.focus();
}

/** The whole board, then each group in the order that they are read: from the top, and from the left. */
function stops(workspace: Workspace): (Id | null)[] {
  const rects = [...groupRects(workspace.use.getState().board)];
  return [null, ...rects.sort(([, a], [, b]) => a.y - b.y || a.x - b.x).map(([id]) => id)];
}

function turn(workspace: Workspace, by: 1 | -1): void {
  const { spotlight } = workspace.use.getState().session;
  const all = stops(workspace);
  const at = all.indexOf(spotlight?.type === 'group' ? spotlight.group : null);
  const group = all[(at + by + all.length) % all.length] ?? null;
  shine(workspace, group === null ? null : { type: 'group', group });
}

export const readingActions: readonly Action[] = [
  ...FOCUS.map(
    ([reach, label, key]): Action => ({
      id: `view.focus-${reach}`,
      label,
      section: 'View',
      keys: [key],
      enabled: (w) => parts(w).length > 0,
      run: (w) => shine(w, { type: 'focus', nodes: parts(w), reach }),
    }),
  ),
  {
    id: 'view.look-into',
    label: 'Look into the group',
    section: 'View',
    keys: ['Shift+Enter'],
    enabled: (w) => groupOf(w) !== null,
    run: (w) => shine(w, { type: 'group', group: groupOf(w)! }),
  },
  {
    id: 'view.all-lit',
    label: 'Back to the whole board',
    section: 'View',
    enabled: (w) => w.use.getState().session.spotlight !== null,
    run: (w) => shine(w, null),
  },
  {
    id: 'view.outline',
    label: 'Outline: the board as a table',
    section: 'View',
    keys: ['Shift+O'],
    run: (w) => w.session({ panel: { open: true, tab: 'outline' } }),
  },
  { id: 'view.find', label: 'Find and filter', section: 'View', keys: ['$mod+f'], run: find },
  { id: 'view.present', label: 'Present', section: 'View', keys: ['$mod+Alt+KeyP'], run: present },
];

/** First in the list of actions: while a board is presented these keys do this and nothing else. */
export const presentationActions: readonly Action[] = [
  {
    id: 'view.present-next',
    label: 'Next group',
    section: 'View',
    keys: ['ArrowRight', 'PageDown'],
    enabled: isPresenting,
    run: (w) => turn(w, 1),
  },
  {
    id: 'view.present-previous',
    label: 'Previous group',
    section: 'View',
    keys: ['ArrowLeft', 'PageUp'],
    enabled: isPresenting,
    run: (w) => turn(w, -1),
  },
];
