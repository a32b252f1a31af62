/** The board's title, renamed in place. */
import { useState } from 'react';
import { setTitle } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { TextInput } from '../ui/field.tsx';

export function BoardTitle({ workspace }: { workspace: Workspace }) {
  const title = workspace.use((state) => state.board.title);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const [editing, setEditing] = useState(false);
  if (editing)
    return (
      <div className="board-title">
        <TextInput
          value={title}
          label="Board title"
          autoFocus
          onCommit={(next) => workspace.run('rename board', (board) => setTitle(board, { title: next }))}
          onDone={() => setEditing(false)}
        />
      </div>
    );
  return (
    <h1 className="board-title">
      <button
        type="button"
        aria-disabled={readOnly}
        title={readOnly ? title : `${title} (click to rename)`}
        onClick={() => setEditing(!readOnly)}
      >
        {title || 'Untitled board'}
      </button>
    </h1>
  );
}
