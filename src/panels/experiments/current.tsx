/** The experiment that is under way: measured before, taken out, measured after, put back. */
import { adviceSentence, guards, partName, verdictOf, verdictSentence } from '../../analysis/index.ts';
import {
  type Experiment,
  type Milliseconds,
  measureExperiment,
  OUTCOMES,
  putBack,
  type Snapshot,
  type Symptom,
  takeOut,
  tellExperiment,
  withdrawExperiment,
} from '../../graph/index.ts';
import { shownSnapshot, type Workspace } from '../../workspace/index.ts';
import { timeText } from '../names.ts';
import { Settling, useSettling } from './settling.tsx';
import type { Investigation } from './use-investigation.ts';
import { WAYS } from './words.ts';

/** The latest that isn't over: not measured yet, or its part is still out. */
export function currentOf(experiments: Readonly<Record<string, Experiment>>): Experiment | null {
  const open = Object.values(experiments).filter(
    ({ withdrawn, since, until, after, outcome }) =>
      (since !== undefined && until === undefined) ||
      (!withdrawn && since === undefined && !after && !outcome),
  );
  return open.sort((a, b) => b.at - a.at)[0] ?? null;
}

type Props = { workspace: Workspace; experiment: Experiment; found: Investigation };

export function Current({ workspace, experiment, found }: Props) {
  const board = workspace.use((state) => state.board);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const simulated = workspace.use((state) =>
    Object.values(state.board.sources).some(({ type }) => type === 'simulator'),
  );
  const { id, part, action, since, until, after, symptom = found.symptom } = experiment;
  const before = experiment.before === undefined ? null : (board.snapshots[experiment.before] ?? null);
  const measured = after === undefined ? null : (board.snapshots[after] ?? null);
  const names = partName(board, part, Number.POSITIVE_INFINITY);
  const isOut = since !== undefined && until === undefined;
  const verdict = measured && verdictOf(before, measured, symptom, found.known.usual);
  return (
    <fieldset className="current" disabled={readOnly}>
      <h3>{adviceSentence(board, experiment)}</h3>
      <ol className="steps">
        <li data-done={before !== null}>
          {before ? (
            <>
              Measured before, <span className="number">{timeText(before.at, workspace.now())}</span>.
            </>
          ) : (
            'Nothing was measured before.'
          )}
        </li>
        <li data-done={since !== undefined}>
          {since === undefined ? (
            <>
              <p>
                Now take {names} out of the real system. {WAYS[action].how}
              </p>
              <button
                type="button"
                className="button primary"
                onClick={() => workspace.run('take out', (now) => takeOut(now, { id, at: workspace.now() }))}
              >
                {simulated ? 'Take it out of the simulation' : 'It is out'}
              </button>
            </>
          ) : (
            <>
              Out since <span className="number">{timeText(since, workspace.now())}</span>.
            </>
          )}
        </li>
        <li data-done={measured !== null}>
          {since === undefined ? (
            'Measure after.'
          ) : measured && verdict ? (
            <>
              <p role="status">{verdictSentence(board, symptom, verdict)}</p>
              <ul className="said">
                {verdict.guards.map(({ kind, sentence }) => (
                  <li key={kind}>{sentence}</li>
                ))}
              </ul>
              {isOut && <MeasureAfter {...{ workspace, experiment, symptom, before, since }} again />}
            </>
          ) : (
            <MeasureAfter {...{ workspace, experiment, symptom, before, since }} />
          )}
        </li>
        <li data-done={until !== undefined}>
          <button
            type="button"
            className={measured && isOut ? 'button primary' : 'button'}
            disabled={!isOut}
            onClick={() => workspace.run('put back', (now) => putBack(now, { id, at: workspace.now() }))}
          >
            {simulated ? 'Put it back' : 'It is back'}
          </button>
        </li>
      </ol>
      <p className="buttons">
        <button
          type="button"
          className="button"
          title="It did not go as it was meant to: nothing is concluded from it"
          onClick={() => withdraw(workspace, experiment)}
        >
          Withdraw
        </button>
      </p>
    </fieldset>
  );
}

/** What is out comes back in the same step: nobody shall look for it any more. */
function withdraw(workspace: Workspace, { id, since, until }: Experiment): void {
  workspace.begin('withdraw experiment');
  workspace.run('withdraw experiment', (now) => withdrawExperiment(now, { id, withdrawn: true }));
  if (since !== undefined && until === undefined)
    workspace.run('put back', (now) => putBack(now, { id, at: workspace.now() }));
  workspace.end();
}

type AfterProps = {
  workspace: Workspace;
  experiment: Experiment;
  symptom: Symptom;
  before: Snapshot | null;
  since: number;
  again?: boolean;
};

function MeasureAfter({ workspace, experiment, symptom, before, since, again = false }: AfterProps) {
  const board = workspace.use((state) => state.board);
  const window: Milliseconds = before?.window ?? 0;
  const left = useSettling(workspace, symptom.subject, since, window);
  const shown = left > 0 ? null : shownSnapshot(workspace);
  const waiting = before && shown ? guards(before, shown, symptom) : [];
  const measure = () => {
    const snapshot = shownSnapshot(workspace);
    if (!snapshot) return workspace.notify('Not measured: there are no figures now.', 'error');
    const name = `After: ${adviceSentence(board, experiment).slice(0, -1)}`.slice(0, 400);
    workspace.run('measure after', (current) =>
      measureExperiment(current, {
        ...{ id: experiment.id, side: 'after' },
        snapshot: { ...snapshot, id: workspace.newId(), name },
      }),
    );
  };
  return (
    <>
      <Settling left={left} held="what was before" />
      {!again && left <= 0 && (
        <ul className="said">
          {waiting.map(({ kind, sentence }) => (
            <li key={kind}>{sentence}</li>
          ))}
        </ul>
      )}
      <p className="buttons">
        <button
          type="button"
          className={again || left > 0 ? 'button' : 'button primary'}
          disabled={left > 0}
          onClick={measure}
        >
          {again ? 'Measure again' : 'Measure after'}
        </button>
      </p>
      {!again && (
        <p className="aside">
          Not measured, but seen:{' '}
          {OUTCOMES.map((outcome) => (
            <button
              key={outcome}
              type="button"
              className="button small"
              aria-pressed={experiment.outcome === outcome}
              onClick={() =>
                workspace.run('say what became of it', (current) =>
                  tellExperiment(current, { id: experiment.id, fields: { outcome } }),
                )
              }
            >
              {outcome}
            </button>
          ))}
        </p>
      )}
    </>
  );
}
