/** All that was tried, in its order; what went wrong can be withdrawn. */
import { Trash2 } from 'lucide';
import { useEffect, useRef } from 'react';
import { adviceSentence, cameSentence, type Step } from '../../analysis/index.ts';
import { removeExperiment, tellExperiment, withdrawExperiment } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { timeText } from '../names.ts';
import { TextInput } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Investigation } from './use-investigation.ts';

export function Log({ workspace, found }: { workspace: Workspace; found: Investigation }) {
  const { steps } = found.beliefs;
  if (steps.length === 0) return null;
  return (
    <section>
      <h3>
        What was tried <span className="number faint">{steps.length}</span>
      </h3>
      <ol className="log">
        {steps.map((step) => (
          <Row key={step.experiment.id} workspace={workspace} found={found} step={step} />
        ))}
      </ol>
    </section>
  );
}

function Row({ workspace, found, step }: { workspace: Workspace; found: Investigation; step: Step }) {
  const board = workspace.use((state) => state.board);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const { experiment, verdict, counts } = step;
  const { id, withdrawn, note, prediction, symptom = found.symptom } = experiment;
  const isOther = verdict.ratio !== null && !counts && !withdrawn;
  const came = isOther ? null : cameSentence(board, experiment, symptom, verdict);
  const name = adviceSentence(board, experiment);
  const chosen = workspace.use((state) => state.session.experiment === id);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <li ref={row} data-withdrawn={withdrawn === true} aria-current={chosen || undefined}>
      <p>
        <time className="number faint" dateTime={new Date(experiment.at).toISOString()}>
          {timeText(experiment.at, workspace.now())}
        </time>{' '}
        {name}
      </p>
      <p className="aside">{came ?? 'Not measured yet, or about another symptom.'}</p>
      {prediction && verdict.ratio !== null && (
        <p className="aside">
          Foretold by {prediction.by === 'traces' ? 'traces' : 'rates and times'}:{' '}
          <span className="number">{prediction.ratio.toFixed(2)}×</span>, {scoreOf(prediction.ratio, verdict)}
          .
        </p>
      )}
      <fieldset disabled={readOnly}>
        <TextInput
          value={note ?? ''}
          label={`Note on: ${name}`}
          placeholder="What was learnt"
          onCommit={(text) =>
            workspace.run('note on experiment', (now) =>
              tellExperiment(now, { id, fields: { note: text === '' ? undefined : text } }),
            )
          }
        />
        <button
          type="button"
          className="button small"
          onClick={() =>
            workspace.run(withdrawn ? 'take experiment up again' : 'withdraw experiment', (now) =>
              withdrawExperiment(now, { id, withdrawn: !withdrawn }),
            )
          }
        >
          {withdrawn ? 'Take up again' : 'Withdraw'}
        </button>
        <button
          type="button"
          className="icon-button small"
          aria-label={`Delete: ${name}`}
          title="Delete, with its snapshots (can be undone)"
          onClick={() => workspace.run('delete experiment', (now) => removeExperiment(now, { id }))}
        >
          <Icon of={Trash2} size={14} />
        </button>
      </fieldset>
    </li>
  );
}

/** How a prediction fared: within what was measured, or off by so much. */
function scoreOf(foretold: number, { ratio, interval }: Step['verdict']): string {
  const [low, high] = interval ?? [ratio!, ratio!];
  if (foretold >= low && foretold <= high) return 'within what was measured';
  return `measured ${ratio!.toFixed(2)}×`;
}
