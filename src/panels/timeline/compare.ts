/** What is compared with, in words, and the other time to begin comparing with. */
import type { EpochMs, Milliseconds } from '../../graph/index.ts';
import type { Comparison, Workspace } from '../../workspace/index.ts';
import { momentText } from '../names.ts';
import { momentWords, snap, type View } from './scale.ts';

/** `14:02:30, over 1 min`; the name of a snapshot. */
export function comparedWith(workspace: Workspace, now: EpochMs): string {
  const { board, session } = workspace.use.getState();
  const { compare } = session;
  if (compare === null) return workspace.past.baseline()?.name ?? 'nothing';
  if ('snapshot' in compare) return board.snapshots[compare.snapshot]?.name ?? 'nothing';
  return momentWords(compare, now);
}

/** The window that ends at a time, as what is compared with. */
export const windowAt = (at: EpochMs, window: Milliseconds, step: Milliseconds): Comparison => ({
  at,
  window,
  step,
  label: momentText(at, at),
});

/** Before the last incident on the strip, or else a little before the moment that is shown. */
export function compareBeside(
  workspace: Workspace,
  view: View,
  window: Milliseconds,
  step: Milliseconds,
): void {
  const { board, session } = workspace.use.getState();
  const now = workspace.now();
  const incidents = Object.values(board.events)
    .filter(({ kind, at }) => kind === 'incident' && at > view.from && at <= view.to)
    .map(({ at }) => at);
  const before = session.moment?.at ?? now;
  const at =
    incidents.length > 0 ? Math.max(...incidents) : before - Math.max(2 * window, (view.to - view.from) / 8);
  workspace.past.compareWith(windowAt(snap(Math.max(at, view.from), step, now), window, step));
}
