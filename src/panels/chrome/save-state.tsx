/** Whether the board is kept, in words, and whose it is when another tab has it. */
import { CircleAlert, CloudCheck, LoaderCircle } from 'lucide';
import { runAction, type Workspace, type WorkspaceState } from '../../workspace/index.ts';
import { Icon } from '../ui/icon.tsx';

const ICONS = { saved: CloudCheck, saving: LoaderCircle, unsaved: CircleAlert } as const;

/** What the page says about saving. */
export function saveText({ state, reason }: WorkspaceState['save']): string {
  if (state === 'saved') return 'Saved on this device';
  if (state === 'saving') return 'Saving…';
  return `Not saved${reason ? `: ${reason}` : ''} — export the board to keep it`;
}

export function SaveState({ workspace }: { workspace: Workspace }) {
  const save = workspace.use((state) => state.save);
  const readOnly = workspace.use((state) => state.readOnly);
  if (readOnly !== null) return null;
  const words = saveText(save);
  const icon = <Icon of={ICONS[save.state]} size={14} />;
  if (save.state !== 'unsaved')
    return (
      <p className="save-state" title={words} role="status">
        {icon}
        <span>{words}</span>
      </p>
    );
  return (
    <p className="save-state unsaved" role="alert">
      {icon}
      <span>{words}</span>
      <button type="button" className="button small" onClick={() => runAction(workspace, 'file.export')}>
        Export
      </button>
    </p>
  );
}

export function ReadOnlyBanner({ workspace }: { workspace: Workspace }) {
  const readOnly = workspace.use((state) => state.readOnly);
  if (readOnly === null) return null;
  return (
    <p className="island read-only" role="status">
      <span>
        <b>Read only.</b> {readOnly}
      </span>
      <button type="button" className="button small" onClick={() => workspace.services.takeOver()}>
        Take over
      </button>
    </p>
  );
}
