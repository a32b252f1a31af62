/** An experiment on the strip: begun, out, back, and what came of it. A click points at it in the log. */
import { useMemo } from 'react';
import { adviceSentence, cameSentence, verdictOn } from '../../analysis/index.ts';
import {
  type Board,
  type EpochMs,
  type Experiment,
  type Id,
  type Part,
  partsOf,
  type Snapshot,
} from '../../graph/index.ts';
import { select, type Workspace } from '../../workspace/index.ts';
import { momentText } from '../names.ts';
import { percent, shareOf, type View } from './scale.ts';

type Snapshots = Readonly<Record<Id, Snapshot>>;

/** When it was over, as far as it is. */
export function endOf(experiment: Experiment, snapshots: Snapshots, now: EpochMs): EpochMs {
  const { at, since, until, after, withdrawn } = experiment;
  const measured = after === undefined ? at : (snapshots[after]?.at ?? at);
  if (until !== undefined) return Math.max(until, measured);
  return since === undefined || withdrawn ? Math.max(at, measured) : now;
}

type Props = { workspace: Workspace; experiment: Experiment; view: View; now: EpochMs };

export function Tried({ workspace, experiment, view, now }: Props) {
  const board = workspace.use((state) => state.board);
  const chosen = workspace.use((state) => state.session.experiment === experiment.id);
  const usual = workspace.use(workspace.past.baseline);
  const { snapshots, nodes, edges, groups } = board;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the board, that which it speaks of
  const { came, sentence } = useMemo(
    () => whatCame(board, experiment, usual),
    [snapshots, nodes, edges, groups, experiment, usual],
  );
  const { id, at, since, until } = experiment;
  const end = endOf(experiment, snapshots, now);
  const name = adviceSentence(board, experiment);
  const when = (time: EpochMs) => momentText(time, now);
  const after = experiment.after === undefined ? undefined : snapshots[experiment.after];
  const words = [
    `Experiment: ${name}`,
    `${experiment.before === undefined ? 'Begun' : 'Measured before'} at ${when(at)}.`,
    since !== undefined && `Out from ${when(since)}${until === undefined ? ' on' : ` to ${when(until)}`}.`,
    after && `Measured after at ${when(after.at)}.`,
    sentence,
  ].filter(Boolean);
  const [left, right] = [shareOf(at, view), shareOf(end, view)];
  const within = (time: EpochMs) => percent((time - at) / Math.max(1, end - at));
  return (
    <button
      type="button"
      className="tried"
      data-came={came}
      aria-pressed={chosen}
      style={{
        left: `min(${percent(left)}, 100% - 24px)`,
        width: `calc(${percent(right)} - ${percent(left)})`,
      }}
      aria-label={words.join(' ')}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={() => pointAt(workspace, experiment.part, id)}
    >
      {since !== undefined && (
        <span
          className="out"
          style={{ left: within(since), width: `calc(${within(until ?? end)} - ${within(since)})` }}
        />
      )}
      <span className="cut">{name}</span>
    </button>
  );
}

function whatCame(board: Board, experiment: Experiment, usual: Snapshot | null) {
  const { symptom, outcome, withdrawn } = experiment;
  const verdict = symptom ? verdictOn(board, experiment, symptom, usual) : null;
  const seen = verdict && verdict.ratio !== null ? verdict.outcome : outcome;
  return {
    came: withdrawn ? 'withdrawn' : seen,
    sentence: cameSentence(board, experiment, symptom, verdict),
  };
}

/** Opens the log where it speaks of the experiment, and selects what was out. */
function pointAt(workspace: Workspace, part: Part, experiment: Id): void {
  const parts = partsOf(part);
  const nodes = parts.flatMap(({ type, id }) => (type === 'edge' || type === 'group' ? [] : [id]));
  const edges = parts.flatMap(({ type, id }) => (type === 'edge' ? [id] : []));
  const groups = parts.flatMap(({ type, id }) => (type === 'group' ? [id] : []));
  workspace.session({
    selection: select({ nodes, edges, groups }),
    panel: { open: true, tab: 'experiments' },
    experiment,
  });
}
