/** What every experiment looks at. */
import { RefreshCw } from 'lucide';
import { symptomName } from '../../analysis/index.ts';
import {
  formatMetric,
  METRICS,
  type Subject,
  type Symptom,
  subjectKey,
  subjectName,
} from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { Labelled } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Investigation } from './use-investigation.ts';

/** What a symptom may be of; what piles up or is used up is told by nodes alone. */
const LOOKED_AT = ['latency', 'errors', 'queue depth', 'queue wait', 'lag time'] as const;

type Props = {
  workspace: Workspace;
  found: Investigation;
  onChoose: (symptom: Symptom) => void;
  onLook: () => void;
};

export function SymptomChoice({ workspace, found, onChoose, onLook }: Props) {
  const { symptom, known } = found;
  const board = workspace.use((state) => state.board);
  const selection = workspace.use((state) => state.session.selection);
  const measured = known.now?.readings ?? [];
  const keyOf = (each: Pick<Symptom, 'subject' | 'metric'>) => `${each.metric} ${subjectKey(each.subject)}`;
  const choices = new Map<string, Symptom>([[keyOf(symptom), symptom]]);
  const offer = (subject: Subject) => {
    for (const metric of LOOKED_AT) {
      const each: Symptom = METRICS[metric] === 'ms' ? { subject, metric, q: known.q } : { subject, metric };
      const isMeasured = measured.some(
        (reading) => reading.metric === metric && subjectKey(reading.subject) === subjectKey(subject),
      );
      if (isMeasured && !choices.has(keyOf(each))) choices.set(keyOf(each), each);
    }
  };
  const called = new Set(Object.values(board.edges).map(({ target }) => target));
  for (const { id, source } of Object.values(board.edges))
    if (!called.has(source)) offer({ type: 'edge', id });
  for (const id of selection.edges) offer({ type: 'edge', id });
  for (const id of selection.nodes) offer({ type: 'node', id });
  const level = found.beliefs.steps.length === 0 ? null : found.beliefs.steps.at(-1)!.verdict;
  return (
    <section>
      <Labelled label="The symptom">
        {(id) => (
          <span className="with-button">
            <select
              id={id}
              value={keyOf(symptom)}
              title="Where it hurts: choose a part or an edge on the board to have it listed here"
              onChange={(event) => onChoose(choices.get(event.target.value)!)}
            >
              {[...choices].map(([key, each]) => (
                <option key={key} value={key}>
                  {symptomName(board, each)}
                </option>
              ))}
            </select>
            <button
              type="button"
              className="icon-button"
              aria-label="Look again"
              title="Look again, with the figures of now: nothing here moves until you do"
              onClick={onLook}
            >
              <Icon of={RefreshCw} />
            </button>
          </span>
        )}
      </Labelled>
      {known.usual ? (
        <p className="aside">
          Usual is what {known.usual.name} says
          {level?.usual != null && (
            <>
              : <span className="number">{formatMetric(symptom.metric, level.usual)}</span>
            </>
          )}
          . Where it hurts: {subjectName(board, symptom.subject)}.
        </p>
      ) : (
        <p className="aside">
          Nobody knows what is usual: no baseline was kept. It is guessed to be a third of this.
        </p>
      )}
    </section>
  );
}
