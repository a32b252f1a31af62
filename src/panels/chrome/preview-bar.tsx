/** What a layout would move, before it does: applied or put away. The nodes show it meanwhile. Questions of the same kind, too. */
import { useEffect, useRef } from 'react';
import type { Session, Workspace } from '../../workspace/index.ts';
import { useFocusLeft } from '../ui/focus.ts';
import './overlays.css';

export function PreviewBar({ workspace }: { workspace: Workspace }) {
  const preview = workspace.use((state) => state.session.preview);
  return preview && !preview.review ? <Bar workspace={workspace} preview={preview} /> : null;
}

function Bar({ workspace, preview }: { workspace: Workspace; preview: NonNullable<Session['preview']> }) {
  const root = useFocusLeft<HTMLElement>(workspace);
  const first = useRef<HTMLButtonElement>(null);
  const { text, details, words = { apply: 'Apply', cancel: 'Cancel' } } = preview;
  useEffect(() => {
    first.current?.focus();
  }, []);
  return (
    <section ref={root} className="panels island preview-bar" aria-label="Preview">
      <div className="preview-text">
        <p role="status">{text}</p>
        {details && (
          <details>
            <summary>All {details.length}</summary>
            <ul>
              {details.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <button ref={first} type="button" className="button small primary" onClick={preview.apply}>
        {words.apply} <kbd>Enter</kbd>
      </button>
      <button type="button" className="button small" onClick={preview.cancel}>
        {words.cancel} <kbd>Esc</kbd>
      </button>
    </section>
  );
}
