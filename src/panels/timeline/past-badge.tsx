/** While the board speaks of the past: says so over it, whatever else is in sight. */
import { History } from 'lucide';
import { runAction, type Workspace } from '../../workspace/index.ts';
import { agoText } from '../live/figures.ts';
import { useNow } from '../live/use-readings.ts';
import { Icon } from '../ui/icon.tsx';
import { momentWords } from './scale.ts';
import './past-badge.css';

export function PastBadge({ workspace }: { workspace: Workspace }) {
  const moment = workspace.use((state) => state.session.moment);
  const past = workspace.use((state) => state.past);
  const snapshot = workspace.use(({ board }) =>
    moment?.snapshot === undefined ? null : (board.snapshots[moment.snapshot]?.name ?? null),
  );
  const now = useNow(workspace);
  if (!moment) return null;
  const isDue = past.moment === 'coming' || past.moment === 'failed';
  return (
    <>
      <div className="past-frame" aria-hidden="true" />
      <aside className="panels past-badge" aria-label="Not live">
        <Icon of={History} size={14} />
        <p>
          <b>{snapshot ?? 'Past'}</b> <span className="number">{momentWords(moment, now)}</span>
          <span className="ago"> · {agoText(now - moment.at)}</span>
        </p>
        <p className="state" role="status">
          {past.moment === 'coming' ? 'Fetching…' : (past.reason ?? '')}
        </p>
        <button
          type="button"
          title={`Back to live (End${isDue ? '' : ', Esc'})`}
          onClick={() => runAction(workspace, 'time.live')}
        >
          Back to live
        </button>
      </aside>
    </>
  );
}
