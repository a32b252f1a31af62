/** What is compared with what: snapshots, now, or windows of time. */
import { useId } from 'react';
import type { Snapshot } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { momentText, timeText } from '../names.ts';
import { compareBeside } from '../timeline/compare.ts';
import { snap, viewOf } from '../timeline/scale.ts';

const LATEST = 'latest';
const NOW = 'now';
/** The window that is chosen already, and another one. */
const WINDOW = 'window';
const ANOTHER = 'another';

export function Sides({ workspace }: { workspace: Workspace }) {
  const snapshots = workspace.use((state) => state.board.snapshots);
  const compare = workspace.use((state) => state.session.compare);
  const moment = workspace.use((state) => state.session.moment);
  const baseline = workspace.use(workspace.past.baseline);
  const listed = Object.values(snapshots)
    .filter((snapshot) => !snapshot.imported)
    .sort((a, b) => b.at - a.at);
  const now = workspace.now();
  const named = listed.map(({ id, name, at }) => (
    <option key={id} value={id}>
      {`${name}, ${timeText(at, now)}`}
    </option>
  ));
  const window = compare && 'at' in compare ? compare : null;
  return (
    <div className="sides">
      <Side
        label="Compare"
        value={window ? WINDOW : (baseline?.id ?? LATEST)}
        onChange={(value) => compareWith(workspace, value)}
      >
        {!window && !baseline && <option value={LATEST}>nothing yet</option>}
        {named}
        {window && <option value={WINDOW}>{`the window up to ${window.label}`}</option>}
        <option value={ANOTHER}>another window, on the timeline</option>
      </Side>
      <Side
        label="with"
        value={moment ? (moment.snapshot ?? WINDOW) : NOW}
        onChange={(value) => look(workspace, value, snapshots)}
      >
        <option value={NOW}>now</option>
        {named}
        {moment && moment.snapshot === undefined && (
          <option value={WINDOW}>{`the window up to ${momentText(moment.at, now)}`}</option>
        )}
        <option value={ANOTHER}>another window, on the timeline</option>
      </Side>
    </div>
  );
}

type SideProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: React.ReactNode;
};

function Side({ label, value, onChange, children }: SideProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </>
  );
}

function compareWith(workspace: Workspace, value: string): void {
  const { range, look: grid } = workspace.use.getState().session;
  if (value === ANOTHER) {
    workspace.session({ timeline: true });
    compareBeside(workspace, viewOf(range, workspace.now()), grid.window, grid.step);
  } else if (value !== WINDOW) workspace.past.compareWith(value === LATEST ? null : { snapshot: value });
}

function look(workspace: Workspace, value: string, snapshots: Readonly<Record<string, Snapshot>>): void {
  const { window, step } = workspace.use.getState().session.look;
  const now = workspace.now();
  const snapshot = snapshots[value];
  if (value === NOW) workspace.past.lookAt(null);
  else if (snapshot) workspace.past.lookAt({ at: snapshot.at, window: snapshot.window, snapshot: value });
  else if (value === ANOTHER) {
    workspace.session({ timeline: true });
    workspace.past.lookAt({ at: snap(now, step, now), window, step });
  }
}
