/** The boards kept on this device. */
import { Plus } from 'lucide';
import { useEffect, useState } from 'react';
import type { BoardEntry, Workspace } from '../../workspace/index.ts';
import { timeText } from '../names.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';

export function BoardsDialog({ workspace }: { workspace: Workspace }) {
  const open = workspace.use((state) => state.session.dialog === 'boards');
  if (!open) return null;
  const close = () => workspace.session({ dialog: null });
  return (
    <Dialog title="Boards on this device" onClose={close}>
      <BoardList workspace={workspace} close={close} />
      <footer>
        <button
          type="button"
          className="button primary"
          data-first
          onClick={() => {
            close();
            workspace.services.newBoard();
          }}
        >
          <Icon of={Plus} />
          New board
        </button>
      </footer>
    </Dialog>
  );
}

type Listed =
  | { state: 'reading' }
  | { state: 'failed'; why: string }
  | { state: 'read'; boards: BoardEntry[] };

function BoardList({ workspace, close }: { workspace: Workspace; close: () => void }) {
  const [listed, setListed] = useState<Listed>({ state: 'reading' });
  const [asked, setAsked] = useState<string | null>(null);
  const current = workspace.use((state) => state.board.id);
  useEffect(() => {
    let gone = false;
    workspace.services.listBoards().then(
      (boards) => {
        if (gone) return;
        setListed({ state: 'read', boards: boards.toSorted((a, b) => b.updatedAt - a.updatedAt) });
      },
      (error: unknown) => {
        if (!gone)
          setListed({ state: 'failed', why: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => {
      gone = true;
    };
  }, [workspace]);
  if (listed.state === 'reading') return <p role="status">Reading…</p>;
  if (listed.state === 'failed')
    return (
      <p className="fault" role="alert">
        The list of boards can't be read: {listed.why}. The open board is not touched; export it to be sure.
      </p>
    );
  if (listed.boards.length === 0) return <p className="nothing">No other board is kept here yet.</p>;
  const remove = (id: string) => {
    workspace.services.removeBoard(id);
    setListed({ state: 'read', boards: listed.boards.filter((board) => board.id !== id) });
  };
  return (
    <ul className="boards">
      {listed.boards.map(({ id, title, nodes, updatedAt }) => (
        <li key={id}>
          <button
            type="button"
            className="row"
            aria-current={id === current}
            onClick={() => {
              close();
              if (id !== current) workspace.services.openBoard(id);
            }}
          >
            <span className="cut">{title || 'Untitled board'}</span>
            {id === current && <span className="chip">open</span>}
            <span className="faint number">{nodes} nodes</span>
            <time className="faint number" dateTime={new Date(updatedAt).toISOString()}>
              {timeText(updatedAt, workspace.now())}
            </time>
          </button>
          <button
            type="button"
            className={asked === id ? 'button small danger' : 'button small'}
            aria-label={asked === id ? `Delete ${title} for good` : `Delete ${title}`}
            onClick={() => (asked === id ? remove(id) : setAsked(id))}
            onBlur={() => setAsked(null)}
          >
            {asked === id ? 'Delete for good' : 'Delete'}
          </button>
        </li>
      ))}
    </ul>
  );
}
