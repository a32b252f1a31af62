/** One line at the foot: what can be done right now. */
import { Fragment } from 'react';
import type { Workspace } from '../../workspace/index.ts';
import { hintFor } from './hint.ts';
import './overlays.css';

export function HintLine({ workspace }: { workspace: Workspace }) {
  const hint = workspace.use(hintFor);
  return (
    <footer className="panels hint-line">
      {hint.split(/`([^`]+)`/).map((part, i) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence, in order
        i % 2 === 1 ? <kbd key={i}>{part}</kbd> : <Fragment key={i}>{part}</Fragment>,
      )}
    </footer>
  );
}
