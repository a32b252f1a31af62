/** A collapsed group: one card for all that is in it, with others showing behind. */
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { toggleCollapsed } from '../../workspace/index.ts';
import { useStage } from '../context.ts';
import { CardFace } from './CardFace.tsx';
import { commitName } from './commit.ts';
import { Rename } from './Rename.tsx';

export const StackCard = memo(function StackCard({ id, selected }: NodeProps) {
  const { workspace } = useStage();
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
            toggleCollapsed(workspace, [group]);
          }}
        >
          ▸
        </button>
      )}
      {editing && (
        <Rename
          className="rename node-rename"
          label={`Name of group ${node.name}`}
          value={node.name}
          onDone={(text) => commitName(workspace, 'groups', group, text)}
        />
      )}
    </div>
  );
});
