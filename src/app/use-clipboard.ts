/** Copy, cut and paste anywhere on the page but where text is typed. */
import { useEffect } from 'react';
import type { Workspace } from '../workspace/index.ts';

export function useClipboard(workspace: Workspace): void {
  useEffect(() => {
    let end: (() => void) | null = null;
    let ended = false;
    import('./clipboard.ts').then(
      ({ bindClipboard }) => {
        if (!ended) end = bindClipboard(workspace);
      },
      () =>
        workspace.notify(
          'Copy and paste could not be fetched from the server. Load the page again.',
          'error',
        ),
    );
    return () => {
      ended = true;
      end?.();
    };
  }, [workspace]);
}
