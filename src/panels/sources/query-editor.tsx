/** Writing one question: whom it speaks of, what it measures, the PromQL, and what it is answered. */
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { METRIC_NAMES, METRICS, type Metric } from '../../graph/index.ts';
import {
  type CustomQuery,
  type PrometheusSource,
  soleSubject,
  type Trial,
  type Workspace,
} from '../../workspace/index.ts';
import { Labelled, SelectField } from '../ui/field.tsx';
import {
  byLabel,
  choicesOf,
  draftOf,
  newDraft,
  placeholdersOf,
  type QueryDraft,
  queryOf,
  scaleHint,
} from './query.ts';

const METRIC_CHOICES = Object.keys(METRICS).map(
  (metric) => [metric as Metric, METRIC_NAMES[metric as Metric]] as const,
);

type Props = {
  workspace: Workspace;
  source: PrometheusSource;
  /** Null for a new one. */
  query: CustomQuery | null;
  onKeep: (query: CustomQuery) => void;
  onClose: () => void;
};

export function QueryEditor({ workspace, source, query, onKeep, onClose }: Props) {
  const nodes = workspace.use((state) => state.board.nodes);
  const edges = workspace.use((state) => state.board.edges);
  const selection = workspace.use((state) => state.session.selection);
  const selected = soleSubject(selection);
  const [draft, setDraft] = useState(() => (query ? draftOf(query) : newDraft(selected)));
  const [fault, setFault] = useState<string | null>(null);
  const { trial, tryOut, forget } = useTrial(workspace, source);
  const faultId = useId();
  const change = (fields: Partial<QueryDraft>) => {
    setDraft({ ...draft, ...fields });
    setFault(null);
    forget();
  };
  const checked = (then: (query: CustomQuery) => void) => (event: FormEvent) => {
    event.preventDefault();
    const made = queryOf(draft);
    setFault(made.ok ? null : made.fault);
    if (made.ok) then(made.value);
  };
  const labels = byLabel(draft);
  const label = (name: 'node' | 'source' | 'target' | 'instance' | 'scale' | 'name', words: string) => (
    <Labelled label={words}>
      {(id) => (
        <input
          id={id}
          type="text"
          value={draft[name]}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Labelled>
  );
  return (
    <form className="query-editor" aria-label="Question" onSubmit={checked(onKeep)} noValidate>
      {label('name', 'Name of the question')}
      <SelectField
        label="Speaks of"
        value={draft.of}
        options={choicesOf({ nodes, edges }, draft, selected)}
        onChange={(of) => change({ of })}
      />
      {labels === 'node' && label('node', 'Label')}
      {labels === 'edge' && (
        <div className="pair">
          {label('source', 'Label of the caller')}
          {label('target', 'Label of the called')}
        </div>
      )}
      <SelectField
        label="Measures"
        value={draft.metric}
        options={METRIC_CHOICES}
        onChange={(metric) => change({ metric })}
      />
      <Labelled label={`PromQL, filled in: ${placeholdersOf(draft).join(', ')}`}>
        {(id) => (
          <textarea
            id={id}
            rows={3}
            value={draft.query}
            spellCheck={false}
            placeholder="sum by (job) (rate(http_requests_total[$window]))"
            aria-invalid={fault !== null}
            aria-describedby={faultId}
            onChange={(event) => change({ query: event.target.value })}
          />
        )}
      </Labelled>
      {label('scale', `Multiplied by, ${scaleHint(draft.metric)}`)}
      {label('instance', 'Label that tells instances apart')}
      <div id={faultId} role="status" className="trial">
        {fault !== null && <p className="fault">{fault}</p>}
        {trial === 'asking' && <p className="aside">Asking {source.name}…</p>}
        {trial !== null && trial !== 'asking' && <Answer trial={trial} />}
      </div>
      <div className="row-buttons">
        <button type="submit" className="button small primary">
          Keep
        </button>
        <button type="button" className="button small" onClick={checked(tryOut)}>
          Try it
        </button>
        <button type="button" className="button small" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function Answer({ trial }: { trial: Trial }) {
  const { sent, lines, series, figures, problem } = trial;
  return (
    <>
      {problem !== null && <p className="fault">{problem}</p>}
      {sent !== null && <pre className="copyable">{sent}</pre>}
      {sent !== null && (
        <p className="aside">
          {series === 0 ? 'Answered with no series' : `Answered with ${series} series`}
          {`; ${figures === 0 ? 'none is a figure of what is drawn' : `${figures} figures of what is drawn`}.`}
        </p>
      )}
      {lines.length > 0 && <pre className="copyable">{lines.join('\n')}</pre>}
    </>
  );
}

/** Asks, and gives up asking when something else is asked or the form is put away. */
function useTrial(workspace: Workspace, source: PrometheusSource) {
  const [trial, setTrial] = useState<Trial | 'asking' | null>(null);
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);
  const forget = () => {
    asking.current?.abort();
    asking.current = null;
    setTrial(null);
  };
  const tryOut = (query: CustomQuery) => {
    forget();
    const controller = new AbortController();
    asking.current = controller;
    setTrial('asking');
    workspace.services.tryQuery(source, query, controller.signal).then(
      (answered) => {
        if (asking.current === controller) setTrial(answered);
      },
      () => {
        if (asking.current === controller) setTrial(null);
      },
    );
  };
  return { trial, tryOut, forget };
}
