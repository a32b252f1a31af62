/** What cards are changed by where they stand. Fetched with the hands: a board is seen without it. */
import { NodeResizer } from '@xyflow/react';
import { type Id, setFields } from '../../graph/index.ts';
import { nameNext, type Workspace } from '../../workspace/index.ts';
import { Rename } from './Rename.tsx';

export { toggleCollapsed } from '../../workspace/index.ts';

type Part = { workspace: Workspace; id: Id };
type Named = Part & { name: string };

/** An empty name changes nothing: what stands on the board can always be called something. */
function rename({ workspace, id }: Part, type: 'nodes' | 'groups', text: string | null): void {
  workspace.session({ editing: null });
  const name = text?.trim();
  if (!name) return;
  workspace.run('rename', (board) => setFields(board, { collection: type, ids: [id], fields: { name } }));
}

export function NodeName({ name, ...part }: Named) {
  return (
    <Rename
      className="rename node-rename"
      label={`Name of ${name}`}
      value={name}
      onDone={(text) => rename(part, 'nodes', text)}
      onTab={(by) => nameNext(part.workspace, part.id, by)}
    />
  );
}

/** @param onCard where the group stands as one card */
export function GroupName({ name, onCard = false, ...part }: Named & { onCard?: boolean }) {
  return (
    <Rename
      className={onCard ? 'rename node-rename' : 'rename group-rename'}
      label={`Name of group ${name}`}
      value={name}
      onDone={(text) => rename(part, 'groups', text)}
    />
  );
}

export function NoteWords({ workspace, id, text: written }: Part & { text: string }) {
  const commit = (text: string | null) => {
    workspace.session({ editing: null });
    if (text === null) return;
    workspace.run('edit note', (board) =>
      setFields(board, { collection: 'notes', ids: [id], fields: { text } }),
    );
  };
  return (
    <Rename className="rename note-rename" label="Text of the note" value={written} lines onDone={commit} />
  );
}

export function NoteResizer({ workspace, id, visible }: Part & { visible: boolean }) {
  return (
    <NodeResizer
      isVisible={visible}
      minWidth={96}
      minHeight={48}
      onResizeEnd={(_event, { x, y, width, height }) =>
        workspace.run('resize note', (board) =>
          setFields(board, {
            collection: 'notes',
            ids: [id],
            fields: {
              position: [Math.round(x), Math.round(y)],
              size: [Math.round(width), Math.round(height)],
            },
          }),
        )
      }
    />
  );
}
