/**
 * Which time the board speaks of, and what it is compared with. Here is only what the first frame needs: the code
 * that fetches and shows other times (turn-to.ts) takes over once it is there, and until then nothing is shown of
 * them: never the figures of another time.
 *
 *   lookAt(moment) ─► session.moment ─► turnTo ─► readings.show ─► canvas · panels · exports
 */
import { latestSnapshot } from '../analysis/index.ts';
import type { Board, Reading, Snapshot } from '../graph/index.ts';
import type { Comparison, Moment } from './moment.ts';
import type { Session } from './session.ts';
import type { ShownReadings } from './shown-readings.ts';
import type { WorkspaceState } from './state.ts';

const NOTHING: readonly Reading[] = [];

type PastInput = {
  get: () => WorkspaceState;
  set: (change: Partial<WorkspaceState>) => void;
  readings: ShownReadings;
};

export function createPast({ get, set, readings }: PastInput) {
  let latest: { of: Board; snapshot: Snapshot | null } | null = null;
  const past = {
    /** Brings what is shown in line with a session, and makes it the one that there is. */
    turnTo(session: Session): void {
      readings.show(session.moment && NOTHING);
      set({ session });
    },
    refresh: (): void => past.turnTo(get().session),
    /** Shows the board as of a moment; null goes back to live. */
    lookAt: (moment: Moment | null): void => past.turnTo({ ...get().session, moment }),
    /** Compares with that; null compares with the latest snapshot again. */
    compareWith: (compare: Comparison | null): void => past.turnTo({ ...get().session, compare }),
    /** The readings of the time compared with; null where it is no time, or they are still on their way. */
    compared: null as Snapshot | null,
    /** What every figure is compared with; null where there is nothing, or it is still on its way. */
    baseline(): Snapshot | null {
      const { board, session } = get();
      const { compare } = session;
      if (compare && 'at' in compare) return past.compared;
      const chosen = compare && board.snapshots[compare.snapshot];
      if (chosen) return chosen;
      if (latest?.of !== board) latest = { of: board, snapshot: latestSnapshot(board) };
      return latest.snapshot;
    },
  };
  return past;
}
