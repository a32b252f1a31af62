/** A note: plain text and lists on paper. */
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { noteBlocks } from '../../picture/index.ts';
import { useSignal, useStage } from '../context.ts';
import { Lock } from './Lock.tsx';

export const NoteCard = memo(function NoteCard({ id, selected }: NodeProps) {
  const stage = useStage();
  const { workspace } = stage;
  const hands = useSignal(stage.editing);
  const note = workspace.use((state) => state.board.notes[id]);
  const editing = workspace.use(
    ({ session }) => session.editing?.type === 'notes' && session.editing.id === id,
  );
  const canEdit = workspace.use((state) => state.readOnly === null);
  if (!note) return null;
  return (
    <div className="note-card" data-selected={selected}>
      {hands && (
        <hands.NoteResizer workspace={workspace} id={id} visible={selected && canEdit && !note.locked} />
      )}
      {note.locked && <Lock />}
      {editing && hands ? (
        <hands.NoteWords workspace={workspace} id={id} text={note.text} />
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
