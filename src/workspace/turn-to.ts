/** Turning to another time: from what is known of it to what is shown, compared with and said. */
import type { EpochMs, Milliseconds, Reading, Snapshot } from '../graph/index.ts';
import type { Fetched, Moment, PastProvider, PastState } from './moment.ts';
import type { Session } from './session.ts';
import type { Workspace } from './workspace.ts';

const NOTHING: readonly Reading[] = [];

/** @param provider is asked for the readings of moments; those of snapshots are on the board */
export function turningTo(workspace: Workspace, provider: PastProvider): (session: Session) => void {
  const { past, readings, use } = workspace;

  function fetched(moment: Moment): Fetched {
    const kept = moment.snapshot === undefined ? undefined : use.getState().board.snapshots[moment.snapshot];
    return kept ? { state: 'here', readings: kept.readings } : provider(moment);
  }

  return (asked) => {
    const session = withoutGone(asked, use.getState().board.snapshots);
    const { moment, compare } = session;
    const now = moment && fetched(moment);
    const window = compare && 'at' in compare ? compare : null;
    const then = window && fetched(window);
    past.compared = window && then && asSnapshot(window, then, past.compared);
    readings.show(now && (now.state === 'here' ? now.readings : NOTHING));
    const state: PastState = {
      moment: now?.state ?? null,
      compared: then?.state ?? null,
      reason: reasonOf(now) ?? reasonOf(then),
    };
    use.setState(({ past: before }) => ({ session, past: isSame(before, state) ? before : state }));
  };
}

/** A session never looks at a snapshot that is no longer there. */
function withoutGone(session: Session, snapshots: Readonly<Record<string, Snapshot>>): Session {
  const { moment, compare } = session;
  const lostMoment = moment?.snapshot !== undefined && !(moment.snapshot in snapshots);
  const lostCompare = compare !== null && 'snapshot' in compare && !(compare.snapshot in snapshots);
  if (!lostMoment && !lostCompare) return session;
  return {
    ...session,
    moment: lostMoment ? { at: moment.at, window: moment.window } : moment,
    compare: lostCompare ? null : compare,
  };
}

/** The readings of a moment, as if they had been frozen; the same object as long as they are the same. */
function asSnapshot(
  { at, window, label }: { at: EpochMs; window: Milliseconds; label: string },
  fetched: Fetched,
  before: Snapshot | null,
): Snapshot | null {
  if (fetched.state !== 'here') return null;
  if (before?.readings === fetched.readings && before.at === at && before.name === label) return before;
  return { id: 'compared with', name: label, at, window, readings: fetched.readings as Reading[] };
}

const reasonOf = (fetched: Fetched | null): string | null =>
  fetched?.state === 'failed' ? fetched.reason : fetched?.state === 'here' ? (fetched.remark ?? null) : null;

const isSame = (a: PastState, b: PastState): boolean =>
  a.moment === b.moment && a.compared === b.compared && a.reason === b.reason;
