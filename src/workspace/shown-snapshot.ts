/** What is shown, as a snapshot that is not kept: what analysis compares with one that is. */
import type { EpochMs, Milliseconds, Reading, Snapshot, Subject } from '../graph/index.ts';
import type { Workspace } from './workspace.ts';

/**
 * All that is shown of what is drawn, at its moment; null where nothing is measured. What a source goes on speaking without
 * is gone, and not as it was; where it says nothing any more, what it said last stays.
 */
export function shownSnapshot(workspace: Workspace): Snapshot | null {
  const { board, session } = workspace.use.getState();
  const subjects = [
    ...Object.keys(board.edges).map((id): Subject => ({ type: 'edge', id })),
    ...Object.keys(board.nodes).map((id): Subject => ({ type: 'node', id })),
  ];
  const known: Reading[] = subjects.flatMap((subject) => workspace.readings.of(subject));
  const fresh = known.filter((each) => !workspace.isStale(each));
  const speaking = new Set(fresh.map(({ provenance }) => provenance.source));
  const readings =
    fresh.length === known.length
      ? known
      : known.filter((each) => !speaking.has(each.provenance.source) || !workspace.isStale(each));
  if (readings.length === 0) return null;
  const at: EpochMs = session.moment?.at ?? workspace.now();
  const window: Milliseconds =
    session.moment?.window ?? readings.reduce((most, each) => Math.max(most, each.window), 0);
  return { id: 'shown', name: session.moment ? 'the moment shown' : 'now', at, window, readings };
}
