/** A note: plain text and lists on paper. */
import { type NodeProps, NodeResizer } from '@xyflow/react';
import { memo } from 'react';
import { setFields } from '../../graph/index.ts';
import { noteBlocks } from '../../picture/index.ts';
import { useStage } from '../context.ts';
import { commitNote } from './commit.ts';
import { Lock } from './Lock.tsx';
import { Rename } from './Rename.tsx';

export const NoteCard = memo(function NoteCard({ id, selected }: NodeProps) {
  const { workspace } = useStage();
  const note = workspace.use((state) => state.board.notes[id]);
  const editing = workspace.use(
    ({ session }) => session.editing?.type === 'notes' && session.editing.id === id,
  );
  const canEdit = workspace.use((state) => state.readOnly === null);
  if (!note) return null;
  return (
    <div className="note-card" data-selected={selected}>
      <NodeResizer
        isVisible={selected && canEdit && !note.locked}
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
      {note.locked && <Lock />}
      {editing ? (
        <Rename
          className="rename note-rename"
          label="Text of the note"
          value={note.text}
          lines
          onDone={(text) => commitNote(workspace, id, text)}
        />
      ) : (
        <NoteText text={note.text || 'Empty note'} />
      )}
    </div>
  );
});

const NoteText = memo(function NoteText({ text }: { text: string }) {
  return (
    <div className="note-text">
      {noteBlocks(text).map(({ kind, text: words, marker, indent }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of text is nothing but its place
        <div key={i} className={`note-${kind}`} style={{ paddingLeft: indent }}>
          {marker && <span className="note-marker">{marker}</span>}
          {words}
        </div>
      ))}
    </div>
  );
});
