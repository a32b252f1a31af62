/** A figure is over a window: until that has gone by, it holds some of how things were before. */
import { type EpochMs, formatDuration, type Milliseconds, type Subject } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { useNow } from '../live/use-readings.ts';

/**
 * How long it takes until what is measured of a subject holds only what is since.
 * @param since when something was last taken out or put back; null: never
 */
export function useSettling(
  workspace: Workspace,
  subject: Subject,
  since: EpochMs | null,
  window: Milliseconds,
): Milliseconds {
  const now = useNow(workspace);
  if (since === null) return 0;
  const fresh = workspace.readings.of(subject).filter((each) => !workspace.isStale(each));
  const measured = fresh.reduce<EpochMs | null>((last, { at }) => Math.max(last ?? at, at), null);
  return Math.max(0, since + window - Math.min(measured ?? now, now));
}

/** @param held what the figures still hold some of */
export function Settling({ left, held }: { left: Milliseconds; held: string }) {
  if (left === 0) return null;
  return (
    <p className="aside">
      The figures still hold some of {held}. In <span className="number">{formatDuration(left)}</span> they
      hold only what is since.
    </p>
  );
}
