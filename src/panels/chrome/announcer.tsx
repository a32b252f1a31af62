/** Says what has changed on the board to those who do not see it: one polite sentence a change. */
import { useEffect, useRef } from 'react';
import type { Workspace } from '../../workspace/index.ts';
import { changeWords } from './change-words.ts';

export function Announcer({ workspace }: { workspace: Workspace }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      workspace.onPatch((patch) => {
        if (line.current) line.current.textContent = changeWords(workspace.use.getState().board, patch);
      }),
    [workspace],
  );
  return <div ref={line} className="announcer" role="status" aria-live="polite" />;
}
