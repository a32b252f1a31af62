/**
 * Which time the board speaks of, and what it is compared with. The readings of a moment are handed in by whoever
 * fetches them (follow.ts); until they are there nothing is shown: never the figures of another time.
 *
 *   lookAt(moment) ─► session.moment ─► provider ─► readings.show ─► canvas · panels · exports
 */
import { latestSnapshot } from '../analysis/index.ts';
import type { EpochMs, Milliseconds, Reading, Snapshot } from '../graph/index.ts';
import type { Comparison, Fetched, Moment, PastProvider, PastState } from './moment.ts';
import type { Session } from './session.ts';
import type { ShownReadings } from './shown-readings.ts';
import type { WorkspaceState } from './state.ts';

const NOTHING: readonly Reading[] = [];
const COMING: Fetched = { state: 'coming' };

type Input = {
  get: () => WorkspaceState;
  set: (change: (state: WorkspaceState) => Partial<WorkspaceState>) => void;
  readings: ShownReadings;
};

export function createPast({ get, set, readings }: Input) {
  let provider: PastProvider = () => COMING;
  let compared: Snapshot | null = null;
  let latest: { of: unknown; snapshot: Snapshot | null } | null = null;

  function fetched(moment: Moment): Fetched {
    const kept = moment.snapshot === undefined ? undefined : get().board.snapshots[moment.snapshot];
    return kept ? { state: 'here', readings: kept.readings } : provider(moment);
  }

  /** Brings what is shown and what is compared with in line with what is known of them. */
  function turnTo(session: Session): void {
    const { moment, compare } = session;
    const isWindow = compare !== null && !('snapshot' in compare);
    const now = moment && fetched(moment);
    const then = isWindow ? fetched(compare) : null;
    compared = then && isWindow ? asSnapshot(compare, then, compared) : null;
    const past: PastState = {
      moment: now?.state ?? null,
      compared: then?.state ?? null,
      reason: reasonOf(now) ?? reasonOf(then),
    };
    readings.show(now && (now.state === 'here' ? now.readings : NOTHING));
    set((state) => ({ session, past: isSame(state.past, past) ? state.past : past }));
  }

  const refresh = () => turnTo(get().session);

  return {
    refresh,
    /** From now on moments are asked for there. */
    provide(next: PastProvider): void {
      provider = next;
      refresh();
    },
    /** Shows the board as of a moment; null goes back to live. */
    lookAt: (moment: Moment | null): void => turnTo({ ...get().session, moment }),
    /** Compares with that; null compares with the latest snapshot again. */
    compareWith: (compare: Comparison | null): void => turnTo({ ...get().session, compare }),
    /** What every figure is compared with; null where there is nothing, or it is still on its way. */
    baseline(): Snapshot | null {
      const { board, session } = get();
      const { compare } = session;
      if (compare && !('snapshot' in compare)) return compared;
      const chosen = compare && board.snapshots[compare.snapshot];
      if (chosen) return chosen;
      if (latest?.of !== board.snapshots) latest = { of: board.snapshots, snapshot: latestSnapshot(board) };
      return latest.snapshot;
    },
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

/** A session never looks at a snapshot that is no longer there. */
export function withoutGoneTimes<S extends Pick<Session, 'moment' | 'compare'>>(
  session: S,
  { snapshots }: Pick<WorkspaceState['board'], 'snapshots'>,
): S {
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
