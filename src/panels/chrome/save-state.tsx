/** Whether the board is kept, in words, and whose it is when another tab has it. */
import { CircleAlert, CloudCheck, LoaderCircle } from 'lucide';
import { runAction, type Workspace, type WorkspaceState } from '../../workspace/index.ts';
import { Icon } from '../ui/icon.tsx';

const ICONS = { saved: CloudCheck, saving: LoaderCircle, unsaved: CircleAlert } as const;

/** What the page says about saving. */
function saveText({ state, reason }: WorkspaceState['save']): string {
  if (state === 'saved') return 'Saved on this device';
  if (state === 'saving') return 'Saving…';
  return `Not saved${reason ? `: ${reason}` : ''} — export the board to keep it`;
}

export function SaveState({ workspace }: { workspace: Workspace }) {
  const save = workspace.use((state) => state.save);
  const readOnly = workspace.use((state) => state.readOnly);
  if (readOnly !== null) return null;
  const words = saveText(save);
  return (
    <p className="save-state" data-state={save.state} title={words} role="status">
      <Icon of={ICONS[save.state]} size={14} />
      <span>{save.state === 'unsaved' ? 'Not saved' : words}</span>
    </p>
  );
}

/** What must not be overlooked: that the board is not kept, or is another tab's. */
export function Banner({ workspace }: { workspace: Workspace }) {
  const save = workspace.use((state) => state.save);
  const readOnly = workspace.use((state) => state.readOnly);
  if (readOnly !== null)
    return (
      <div className="island banner" data-tone="read-only" role="status">
        <p>
          <b>Read only:</b> {readOnly}
        </p>
        <button type="button" className="button small" onClick={() => workspace.services.takeOver()}>
          Take over
        </button>
      </div>
    );
  if (save.state !== 'unsaved') return null;
  return (
    <div className="island banner" data-tone="unsaved" role="alert">
      <p>{saveText(save)}</p>
      <button type="button" className="button small" onClick={() => runAction(workspace, 'file.export')}>
        Export
      </button>
    </div>
  );
}
