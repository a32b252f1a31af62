/** A collapsed group: one card for all that is in it, with others showing behind. */
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useSignal, useStage } from '../context.ts';
import { CardFace } from './CardFace.tsx';

export const StackCard = memo(function StackCard({ id, selected }: NodeProps) {
  const stage = useStage();
  const { workspace } = stage;
  const hands = useSignal(stage.editing);
  const node = workspace.use(() => workspace.shown().board.nodes[id]);
  const group = workspace.projection().groups.get(id);
  const editing = workspace.use(
    ({ session }) => session.editing?.type === 'groups' && session.editing.id === group,
  );
  const canEdit = workspace.use((state) => state.readOnly === null);
  if (!node || group === undefined) return null;
  return (
    <div className="node-card stack-card" data-selected={selected}>
      <CardFace workspace={workspace} node={node} stacked editing={editing} />
      {canEdit && (
        <button
          type="button"
          className="nodrag nopan group-toggle"
          aria-label={`Expand ${node.name}`}
          title="Expand"
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation();
            hands?.toggleCollapsed(workspace, [group]);
          }}
        >
          ▸
        </button>
      )}
      {editing && hands && <hands.GroupName workspace={workspace} id={group} name={node.name} onCard />}
    </div>
  );
});
