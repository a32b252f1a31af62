/** Sketching without the pointer: a node on from a node, and from node to node. */
import {
  addNeighbour,
  type Heading,
  type Id,
  nearestNode,
  nodeTowards,
  readingOrder,
} from '../../graph/index.ts';
import { select } from '../session.ts';
import type { Workspace } from '../workspace.ts';
import { type Action, canEdit } from './action.ts';
import { boardOf, selectionOf } from './selection.ts';

/** The one node selected, or null. */
function soleNode(workspace: Workspace): Id | null {
  const { nodes } = selectionOf(workspace);
  const [id] = nodes;
  return nodes.size === 1 ? id! : null;
}

/** Adds a node joined to another, on one side of it, and lets it be named at once. One undo step. */
export function addBeside(workspace: Workspace, from: Id, heading: Heading): void {
  if (!canEdit(workspace)) return;
  const [node, edge] = [workspace.newId(), workspace.newId()];
  workspace.run('add beside', (board) => addNeighbour(board, { node, edge, from, heading }));
  if (boardOf(workspace).nodes[node]) nameNode(workspace, node);
}

function nameNode(workspace: Workspace, id: Id): void {
  workspace.session({ selection: select({ nodes: [id] }), editing: { type: 'nodes', id } });
  workspace.view?.follow(id);
}

/** Goes on to name the node that is read after this one, or before it. */
export function nameNext(workspace: Workspace, from: Id, by: 1 | -1): void {
  const order = readingOrder(boardOf(workspace));
  const next = order[(order.indexOf(from) + by + order.length) % order.length];
  if (next !== undefined) nameNode(workspace, next);
}

/** From the node selected to the one on that side; from none, to the one nearest to the middle of the view. */
function walk(workspace: Workspace, heading: Heading): void {
  const board = boardOf(workspace);
  const [from] = selectionOf(workspace).nodes;
  const to =
    from === undefined
      ? nearestNode(board, workspace.view?.centre() ?? [0, 0])
      : nodeTowards(board, from, heading);
  if (to === null) return;
  workspace.select(select({ nodes: [to] }));
  workspace.view?.follow(to);
}

const HEADINGS: readonly (readonly [Heading, key: string])[] = [
  ['left', 'ArrowLeft'],
  ['right', 'ArrowRight'],
  ['up', 'ArrowUp'],
  ['down', 'ArrowDown'],
];
const SIDE: Record<Heading, string> = {
  left: 'to the left',
  right: 'to the right',
  up: 'above',
  down: 'below',
};

export const sketchActions: readonly Action[] = HEADINGS.flatMap(([heading, key]): Action[] => [
  {
    id: `edit.add-${heading}`,
    label: `Add a joined node ${SIDE[heading]}`,
    section: 'Edit',
    keys: [`$mod+${key}`],
    enabled: (workspace) => canEdit(workspace) && soleNode(workspace) !== null,
    run: (workspace) => {
      const from = soleNode(workspace);
      if (from !== null) addBeside(workspace, from, heading);
    },
  },
  {
    id: `edit.walk-${heading}`,
    label: `Go to the node ${SIDE[heading]}`,
    section: 'Edit',
    keys: [`Alt+${key}`],
    repeats: true,
    run: (workspace) => walk(workspace, heading),
  },
]);
