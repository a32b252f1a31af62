/** A node as an element: its card, and the sides to connect it by. */
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { nodeFace } from '../../picture/index.ts';
import { useSignal, useStage } from '../context.ts';
import { CardFace } from './CardFace.tsx';
import { Lock } from './Lock.tsx';

const SIDES = [
  ['top', Position.Top],
  ['right', Position.Right],
  ['bottom', Position.Bottom],
  ['left', Position.Left],
] as const;

const HANDLE_TITLE = 'Drag to connect, or click to add the next node';

export const NodeCard = memo(function NodeCard({ id, selected }: NodeProps) {
  const stage = useStage();
  const { workspace } = stage;
  const hands = useSignal(stage.editing);
  const node = workspace.use((state) => state.board.nodes[id]);
  const editing = workspace.use(
    ({ session }) => session.editing?.type === 'nodes' && session.editing.id === id,
  );
  if (!node) return null;
  const { cut } = nodeFace(node, []);
  return (
    <div className="node-card" data-selected={selected} title={cut ? node.name : undefined}>
      <CardFace workspace={workspace} node={node} editing={editing} />
      {node.locked && <Lock />}
      {node.pinned && !node.locked && <span className="node-pin" title="Pinned: layout leaves it here" />}
      {editing && hands && <hands.NodeName workspace={workspace} id={id} name={node.name} />}
      {SIDES.map(([side, position]) => (
        <Handle
          key={side}
          id={side}
          type="source"
          position={position}
          className="node-handle"
          title={HANDLE_TITLE}
        />
      ))}
    </div>
  );
});
