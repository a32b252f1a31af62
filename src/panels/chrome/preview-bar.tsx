/** What a layout would move, before it does: applied or put away. The nodes show it meanwhile. */
import { useEffect, useRef } from 'react';
import type { Workspace } from '../../workspace/index.ts';
import './overlays.css';

export function PreviewBar({ workspace }: { workspace: Workspace }) {
  const preview = workspace.use((state) => state.session.preview);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!preview) return;
    first.current?.focus();
    return () => workspace.view?.focus();
  }, [preview, workspace]);
  if (!preview) return null;
  return (
    <section className="panels island preview-bar" aria-label="Preview">
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
