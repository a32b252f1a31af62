/** A link that holds a board is opened as a board of its own: nothing that is kept here is touched. */
import type { Workspace } from '../workspace/index.ts';
import { importFiles, type Opener } from './import.ts';

export async function openLinked(workspace: Workspace, opener: Opener): Promise<void> {
  const { hash, pathname, search } = window.location;
  // taken already, where two came at once
  if (hash === '') return;
  // what the link tells is in the board now, and need not be in the history, on a shared screen, or opened once more
  window.history.replaceState(null, '', pathname + search);
  await importFiles(workspace, [{ name: 'The link', file: new Blob([hash]) }], opener);
}
