/** The title of a group's boundary: what it is selected, dragged and renamed by. The boundary itself is painted. */
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useStage } from '../context.ts';
import { commitName } from './commit.ts';
import { Rename } from './Rename.tsx';

export const GroupBox = memo(function GroupBox({ id, selected }: NodeProps) {
  const { workspace } = useStage();
  const group = workspace.use((state) => state.board.groups[id]);
  const editing = workspace.use(
    ({ session }) => session.editing?.type === 'groups' && session.editing.id === id,
  );
  if (!group) return null;
  return (
    <div className="group-box" data-selected={selected}>
      {editing ? (
        <Rename
          className="rename group-rename"
          label={`Name of group ${group.name}`}
          value={group.name}
          onDone={(text) => commitName(workspace, 'groups', id, text)}
        />
      ) : (
        <div className="group-title">{group.name}</div>
      )}
    </div>
  );
});
