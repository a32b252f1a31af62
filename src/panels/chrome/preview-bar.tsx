/** What a layout would move, before it does: applied or put away. The nodes show it meanwhile. */
import { useEffect, useRef } from 'react';
import type { Session, Workspace } from '../../workspace/index.ts';
import { useFocusLeft } from '../ui/focus.ts';
import './overlays.css';

export function PreviewBar({ workspace }: { workspace: Workspace }) {
  const preview = workspace.use((state) => state.session.preview);
  return preview && <Bar workspace={workspace} preview={preview} />;
}

function Bar({ workspace, preview }: { workspace: Workspace; preview: NonNullable<Session['preview']> }) {
  const root = useFocusLeft<HTMLElement>(workspace);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    first.current?.focus();
  }, []);
  return (
    <section ref={root} className="panels island preview-bar" aria-label="Preview">
      <p role="status">{preview.text}</p>
      <button ref={first} type="button" className="button small primary" onClick={preview.apply}>
        Apply <kbd>Enter</kbd>
      </button>
      <button type="button" className="button small" onClick={preview.cancel}>
        Cancel <kbd>Esc</kbd>
      </button>
    </section>
  );
}
