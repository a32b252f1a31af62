/** What is measured: snapshots to compare with, and every edge and node against one of them, or against another time. */
import { Ruler } from 'lucide';
import { takeSnapshot, type Workspace } from '../../workspace/index.ts';
import { nameFault } from '../inspector/edit.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { TextInput } from '../ui/field.tsx';
import { Comparisons } from './comparisons.tsx';
import { Snapshots } from './snapshots.tsx';
import './measure.css';

export default function Measure({ workspace }: { workspace: Workspace }) {
  return (
    <>
      <div className="buttons">
        <ActionButton workspace={workspace} id="measure.baseline" icon={Ruler} primary>
          Take a baseline
        </ActionButton>
        <ActionButton workspace={workspace} id="measure.before">
          Before
        </ActionButton>
        <ActionButton workspace={workspace} id="measure.after">
          After
        </ActionButton>
        <TextInput
          adds
          value=""
          label="Name of a new snapshot"
          placeholder="or a name, and Enter"
          faultOf={nameFault}
          onCommit={(name) => takeSnapshot(workspace, name)}
        />
        <p className="aside">
          Freezes what is shown, live or of the past, into the board. It travels with the file.
        </p>
      </div>
      <Snapshots workspace={workspace} />
      <Comparisons workspace={workspace} />
    </>
  );
}
