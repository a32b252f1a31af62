/** The title of a group's boundary: what it is selected, dragged and renamed by. The boundary itself is painted. */
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { toggleCollapsed } from '../../workspace/index.ts';
import { useStage } from '../context.ts';
import { commitName } from './commit.ts';
import { Rename } from './Rename.tsx';

export const GroupBox = memo(function GroupBox({ id, selected }: NodeProps) {
  const { workspace } = useStage();
  const group = workspace.use((state) => state.board.groups[id]);
  const editing = workspace.use(
    ({ session }) => session.editing?.type === 'groups' && session.editing.id === id,
  );
  const canEdit = workspace.use((state) => state.readOnly === null);
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
        <div className="group-title">
          {canEdit && (
            <button
              type="button"
              className="nodrag nopan group-toggle"
              aria-label={`Collapse ${group.name}`}
              title="Collapse"
              tabIndex={-1}
              onClick={(event) => {
                event.stopPropagation();
                toggleCollapsed(workspace, [id]);
              }}
            >
              ▾
            </button>
          )}
          {group.name}
        </div>
      )}
    </div>
  );
});
