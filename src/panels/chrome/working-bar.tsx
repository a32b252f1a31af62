/** Long work under way, and the way to end it. */
import type { Workspace } from '../../workspace/index.ts';
import './overlays.css';

export function WorkingBar({ workspace }: { workspace: Workspace }) {
  const working = workspace.use((state) => state.session.working);
  if (!working) return null;
  const { text, done, cancel } = working;
  const percent = done === undefined ? undefined : Math.round(done * 100);
  return (
    <div className="panels island working-bar">
      <p role="status">{text}</p>
      {percent === undefined ? (
        <div className="progress" role="progressbar" aria-label={text} />
      ) : (
        <progress className="progress" aria-label={text} max={100} value={percent} />
      )}
      {cancel && (
        <button type="button" className="button small" onClick={cancel}>
          Cancel
        </button>
      )}
    </div>
  );
}
