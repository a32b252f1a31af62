/** While the board speaks of one instance alone: says so, and leads back. */
import { runAction, type Workspace } from '../../workspace/index.ts';
import './instance-chip.css';

export function InstanceChip({ workspace }: { workspace: Workspace }) {
  const instance = workspace.use((state) => state.session.instance);
  if (instance === null) return null;
  return (
    <aside className="panels island instance-chip" aria-label="One instance">
      <p>
        <b className="number cut" title={instance}>
          {instance}
        </b>{' '}
        alone, where it is told apart
      </p>
      <button type="button" className="button" onClick={() => runAction(workspace, 'view.all-instances')}>
        All instances
      </button>
    </aside>
  );
}
