/** The title of a group's boundary: what it is selected, dragged and renamed by. The boundary itself is painted. */
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useSignal, useStage } from '../context.ts';

export const GroupBox = memo(function GroupBox({ id, selected }: NodeProps) {
  const stage = useStage();
  const { workspace } = stage;
  const hands = useSignal(stage.editing);
  const group = workspace.use((state) => state.board.groups[id]);
  const editing = workspace.use(
    ({ session }) => session.editing?.type === 'groups' && session.editing.id === id,
  );
  const canEdit = workspace.use((state) => state.readOnly === null);
  if (!group) return null;
  return (
    <div className="group-box" data-selected={selected}>
      {editing && hands ? (
        <hands.GroupName workspace={workspace} id={id} name={group.name} />
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
                hands?.toggleCollapsed(workspace, [id]);
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
