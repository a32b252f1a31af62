/** What is measured: snapshots to compare with, and every edge against the latest of them. */
import { Ruler } from 'lucide';
import type { Workspace } from '../../workspace/index.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { EdgeTable } from './edge-table.tsx';
import { Snapshots } from './snapshots.tsx';
import './measure.css';

export function Measure({ workspace }: { workspace: Workspace }) {
  return (
    <>
      <div className="buttons">
        <ActionButton workspace={workspace} id="measure.baseline" icon={Ruler} primary>
          Take a baseline
        </ActionButton>
        <p className="aside">Freezes the latest figures. Every edge is compared with the latest one taken.</p>
      </div>
      <Snapshots workspace={workspace} />
      <EdgeTable workspace={workspace} />
    </>
  );
}
