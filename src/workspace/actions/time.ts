/** Through time: the timeline, a step back or on, what happened, and back to live. */
import { addEvent, type BoardEvent, type EpochMs, type Id } from '../../graph/index.ts';
import type { Moment } from '../moment.ts';
import type { Workspace } from '../workspace.ts';
import { type Action, canEdit } from './action.ts';

const momentOf = (workspace: Workspace): Moment | null => workspace.use.getState().session.moment;
const isPast = (workspace: Workspace) => momentOf(workspace) !== null;

/** So many steps on from the moment shown; beyond now is live. */
function stepTime(workspace: Workspace, steps: number): void {
  const now = workspace.now();
  const { window, step } = workspace.use.getState().session.look;
  const at = (Math.floor((momentOf(workspace)?.at ?? now) / step) + steps) * step;
  if (at <= now - step) workspace.past.lookAt({ at, window, step });
  else if (steps > 0) workspace.past.lookAt(null);
}

function lookEarlier(workspace: Workspace): void {
  if (!workspace.use.getState().session.timeline) workspace.session({ timeline: true });
  stepTime(workspace, -1);
}

/** Charts stand on the timeline: without it they are not in sight. */
function toggleCharts(workspace: Workspace): void {
  const { timeline, charts } = workspace.use.getState().session;
  const open = !(timeline && charts.open);
  workspace.session({ timeline: true, charts: { ...charts, open } });
  // what they are of is not what they cover
  if (open) workspace.view?.reveal(selectedNodes(workspace));
}

/** The nodes that are selected, those at the ends of selected edges among them. */
function selectedNodes({ use }: Workspace): Id[] {
  const { board, session } = use.getState();
  const { nodes, edges } = session.selection;
  return [...nodes, ...[...edges].flatMap((id) => [board.edges[id]!.source, board.edges[id]!.target])];
}

/** Something happened at the moment shown. Returns its id, or null where nothing can be written down. */
export function writeEvent(workspace: Workspace, kind: BoardEvent['kind'], name: string): string | null {
  const id = workspace.newId();
  const at = momentOf(workspace)?.at ?? workspace.now();
  workspace.run(`set ${kind}`, (board) => addEvent(board, { id, kind, name, at }));
  workspace.session({ timeline: true });
  return id in workspace.use.getState().board.events ? id : null;
}

const timeWords = (at: EpochMs) => new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(at);

/** Compares what is live with the moment that is shown. */
function compareNow(workspace: Workspace): void {
  const moment = momentOf(workspace);
  if (!moment) return;
  const { snapshot, ...then } = moment;
  workspace.past.compareWith(snapshot === undefined ? { ...then, label: timeWords(then.at) } : { snapshot });
  workspace.past.lookAt(null);
}

export const timeActions: readonly Action[] = [
  {
    id: 'time.timeline',
    label: 'Show or hide the timeline',
    section: 'View',
    keys: ['Y'],
    run: (w) => w.session({ timeline: !w.use.getState().session.timeline }),
  },
  {
    id: 'time.charts',
    label: 'Show or hide the charts',
    section: 'View',
    keys: ['Shift+Y'],
    run: toggleCharts,
  },
  {
    id: 'time.live',
    label: 'Back to live',
    section: 'View',
    keys: ['End'],
    enabled: isPast,
    run: (w) => w.past.lookAt(null),
  },
  {
    id: 'time.earlier',
    label: 'A step back in time',
    section: 'View',
    keys: ['Comma'],
    repeats: true,
    run: lookEarlier,
  },
  {
    id: 'time.later',
    label: 'A step on in time',
    section: 'View',
    keys: ['Period'],
    repeats: true,
    enabled: isPast,
    run: (w) => stepTime(w, 1),
  },
  {
    id: 'time.compare-now',
    label: 'Compare now with the moment shown',
    section: 'Investigate',
    enabled: isPast,
    run: compareNow,
  },
  {
    id: 'time.compare-latest',
    label: 'Compare with the latest snapshot again',
    section: 'Investigate',
    enabled: (w) => w.use.getState().session.compare !== null,
    run: (w) => w.past.compareWith(null),
  },
  {
    id: 'time.incident',
    label: 'The incident began at the moment shown',
    section: 'Investigate',
    keys: ['Shift+I'],
    enabled: canEdit,
    run: (w) => void writeEvent(w, 'incident', 'Incident began'),
  },
];
