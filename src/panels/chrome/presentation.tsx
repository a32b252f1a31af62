/** While the board is presented: what is shown, and how to go on. All else is put away. */
import type { Workspace } from '../../workspace/index.ts';
import './spotlight.css';

export function Presentation({ workspace }: { workspace: Workspace }) {
  const presenting = workspace.use((state) => state.session.presenting);
  const name = workspace.use(({ board, session }) =>
    session.spotlight?.type === 'group'
      ? board.groups[session.spotlight.group]?.name || 'unnamed'
      : board.title || 'Untitled board',
  );
  const hasGroups = workspace.use(({ board }) => Object.keys(board.groups).length > 0);
  if (!presenting) return null;
  return (
    <footer className="panels presentation">
      <p role="status">{name}</p>
      <p className="faint">
        {hasGroups && (
          <>
            <kbd>←</kbd> <kbd>→</kbd> from group to group ·{' '}
          </>
        )}
        <kbd>Esc</kbd> ends
      </p>
    </footer>
  );
}
