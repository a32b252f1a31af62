/** Freezing what is shown into the board: a baseline, a "before", an "after". */
import { insert } from '../../graph/index.ts';
import { shownSnapshot } from '../shown-snapshot.ts';
import type { Workspace } from '../workspace.ts';
import { type Action, canEdit } from './action.ts';

/**
 * Freezes all readings of the moment shown, of every instance. It is compared with from now on, unless it is an
 * "after": that one is looked at, and what was compared with before stays.
 */
export function takeSnapshot(workspace: Workspace, name: string, isAfter = false): void {
  const { session, past } = workspace.use.getState();
  const shown = shownSnapshot(workspace);
  if (!shown) {
    const why =
      past.moment === 'coming'
        ? 'The figures of that moment are still on their way.'
        : past.moment === null
          ? 'No figures yet: connect a source first.'
          : 'No figures of that moment: choose another on the timeline.';
    workspace.notify(`${name} not taken. ${why}`, 'error');
    return;
  }
  const id = workspace.newId();
  const before = workspace.past.baseline();
  workspace.run(`take ${name.toLowerCase()}`, (board) =>
    insert(board, { records: { snapshots: { [id]: { ...shown, id, name } } } }),
  );
  if (!(id in workspace.use.getState().board.snapshots)) return;
  const stays = isAfter && before !== null && before.id in workspace.use.getState().board.snapshots;
  if (!isAfter) workspace.past.compareWith({ snapshot: id });
  else if (stays && !session.compare) workspace.past.compareWith({ snapshot: before.id });
  const compared = isAfter ? before : { name: 'it' };
  workspace.notify(
    compared ? `${name} taken. Every edge is compared with ${compared.name}.` : `${name} taken.`,
  );
}

const NAMED = [
  ['baseline', 'Baseline', 'Take a baseline'],
  ['before', 'Before', 'Take a “before” snapshot'],
  ['after', 'After', 'Take an “after” snapshot'],
] as const;

export const snapshotActions: readonly Action[] = [
  ...NAMED.map(
    ([id, name, label]): Action => ({
      id: `measure.${id}`,
      label,
      section: 'Investigate',
      enabled: canEdit,
      run: (w) => takeSnapshot(w, name, id === 'after'),
    }),
  ),
  {
    id: 'measure.snapshot',
    label: 'Take a snapshot under a name of your own',
    section: 'Investigate',
    enabled: canEdit,
    run: (w) => w.session({ panel: { open: true, tab: 'measure' } }),
  },
];
