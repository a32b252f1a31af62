/** Clicks on the empty canvas: place what the tool holds, or choose what is painted there. */
import { addNode, addNote, type NodeKind, type Point, sizeOfKind } from '../../graph/index.ts';
import { emptySelection, select, type Workspace } from '../../workspace/index.ts';
import { edgeAt, nodeAt } from '../boxes.ts';
import { selectEdge } from './select-edge.ts';

/** Places a node with its middle at a point and lets it be named at once: one undo step each. */
export function placeNode(workspace: Workspace, kind: NodeKind, [x, y]: Point): string {
  const { width, height } = sizeOfKind(kind);
  const id = workspace.newId();
  const position: Point = [Math.round(x - width / 2), Math.round(y - height / 2)];
  workspace.run(`place ${kind}`, (board) => addNode(board, { id, kind, position }));
  workspace.session({
    tool: { type: 'select' },
    selection: select({ nodes: [id] }),
    editing: { type: 'nodes', id },
  });
  return id;
}

function placeNote(workspace: Workspace, [x, y]: Point): void {
  const id = workspace.newId();
  workspace.run('write note', (board) =>
    addNote(board, { id, text: '', position: [Math.round(x), Math.round(y)] }),
  );
  workspace.session({
    tool: { type: 'select' },
    selection: select({ notes: [id] }),
    editing: { type: 'notes', id },
  });
}

/** Board pixels within which a line is hit, at zoom 1. */
const REACH = 8;

export function clickPane(workspace: Workspace, at: Point, zoom: number, add: boolean): void {
  const { tool } = workspace.use.getState().session;
  if (tool.type === 'node') placeNode(workspace, tool.kind, at);
  else if (tool.type === 'note') placeNote(workspace, at);
  else if (tool.type === 'select') choose(workspace, at, zoom, add);
}

function choose(workspace: Workspace, at: Point, zoom: number, add: boolean): void {
  const { board, session } = workspace.shown();
  const node = nodeAt(board, at);
  if (node !== null) {
    const nodes = new Set(add ? session.selection.nodes : []);
    if (!nodes.delete(node)) nodes.add(node);
    return workspace.select(add ? { ...session.selection, nodes } : select({ nodes }));
  }
  const edge = edgeAt(workspace, at, REACH / zoom);
  if (edge !== null) selectEdge(workspace, edge, add);
  else if (!add) workspace.session({ selection: emptySelection, editing: null });
}
