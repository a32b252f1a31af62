/** Long work under way, and the way to end it. */
import type { Workspace } from '../../workspace/index.ts';
import './overlays.css';

export function WorkingBar({ workspace }: { workspace: Workspace }) {
  const working = workspace.use((state) => state.session.working);
  if (!working) return null;
  const { text, cancel } = working;
  return (
    <div className="panels island working-bar">
      <p role="status">{text}</p>
      <div className="progress" role="progressbar" aria-label={text} />
      {cancel && (
        <button type="button" className="button small" onClick={cancel}>
          Cancel
        </button>
      )}
    </div>
  );
}
