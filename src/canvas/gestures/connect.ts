/** Drawing a connection: onto a node, or onto the empty canvas, which puts a new node there. */
import { addNode, connect, type Id, kindAfter, nodeName, type Point, sizeOfKind } from '../../graph/index.ts';
import { select, type Workspace } from '../../workspace/index.ts';
import { nodeAt } from '../boxes.ts';

export function connectNodes(workspace: Workspace, source: Id, target: Id): void {
  if (source === target) return;
  const id = workspace.newId();
  workspace.run('connect', (board) => connect(board, { id, source, target }));
  const { board } = workspace.use.getState();
  if (board.edges[id]) workspace.select(select({ edges: [id] }));
  else workspace.notify(`${nodeName(board, source)} → ${nodeName(board, target)} is drawn already.`);
}

/** The connector was let go at a point that is no handle. One undo step, whatever it makes. */
export function dropConnector(workspace: Workspace, source: Id, at: Point): void {
  const { board } = workspace.use.getState();
  const from = board.nodes[source];
  if (!from) return;
  const under = nodeAt(workspace.shown().board, at);
  if (under !== null && !board.nodes[under])
    return workspace.notify('Expand the group to connect to a part of it.');
  if (under !== null) return connectNodes(workspace, source, under);
  const kind = kindAfter(from.kind);
  const { width, height } = sizeOfKind(kind);
  const position: Point = [Math.round(at[0] - width / 2), Math.round(at[1] - height / 2)];
  const node = workspace.newId();
  workspace.begin(`connect to a new ${kind}`);
  workspace.run('place', (current) => addNode(current, { id: node, kind, position, free: true }));
  workspace.run('connect', (current) => connect(current, { id: workspace.newId(), source, target: node }));
  workspace.end();
  workspace.session({ selection: select({ nodes: [node] }), editing: { type: 'nodes', id: node } });
}
