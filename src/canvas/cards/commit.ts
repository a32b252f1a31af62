/** What committing a name does, for every kind of record that has one. */
import { type Id, setFields } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** An empty name changes nothing: what stands on the board can always be called something. */
export function commitName(
  workspace: Workspace,
  type: 'nodes' | 'groups',
  id: Id,
  text: string | null,
): void {
  workspace.session({ editing: null });
  const name = text?.trim();
  if (!name) return;
  workspace.run('rename', (board) => setFields(board, { collection: type, ids: [id], fields: { name } }));
}

export function commitNote(workspace: Workspace, id: Id, text: string | null): void {
  workspace.session({ editing: null });
  if (text === null) return;
  workspace.run('edit note', (board) =>
    setFields(board, { collection: 'notes', ids: [id], fields: { text } }),
  );
}
