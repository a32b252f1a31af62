/** Copy, cut and paste anywhere on the page but where text is typed. */
import { useEffect } from 'react';
import type { Workspace } from '../workspace/index.ts';
import { type Pasted, pastedIn } from './pasted.ts';

const MISSING = 'Copy and paste could not be fetched. Load the page again.';

export function useClipboard(workspace: Workspace): void {
  useEffect(() => {
    let end: (() => void) | null = null;
    let ended = false;
    // what is pasted before the code for it is there is not lost
    let early: Pasted | null = null;
    const keep = (event: ClipboardEvent) => {
      early = pastedIn(event) ?? early;
    };
    window.addEventListener('paste', keep);
    import('./clipboard.ts')
      .then(
        ({ bindClipboard, takePasted }) => {
          if (ended) return;
          end = bindClipboard(workspace);
          if (early) takePasted(workspace, early);
        },
        () => workspace.notify(MISSING, 'error'),
      )
      .finally(() => window.removeEventListener('paste', keep));
    return () => {
      ended = true;
      window.removeEventListener('paste', keep);
      end?.();
    };
  }, [workspace]);
}
