/** Before: what to take out, what that cuts off, and what is expected of it. */
import { useState } from 'react';
import {
  adviceSentence,
  partName,
  planOf,
  planSentences,
  type Suggestion,
  settledSentence,
} from '../../analysis/index.ts';
import {
  ACTIONS,
  type Action,
  type Board,
  beginExperiment,
  type Experiment,
  type Foretold,
  formatShare,
  type Part,
  type SinglePart,
} from '../../graph/index.ts';
import { shownSnapshot, type Workspace } from '../../workspace/index.ts';
import { Labelled, TextInput } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Costs } from './costs.tsx';
import { Settling, useSettling } from './settling.tsx';
import type { Investigation } from './use-investigation.ts';
import { WAYS } from './words.ts';

export type Draft = { part: Part; action: Action; prediction?: Foretold };

type Props = {
  workspace: Workspace;
  found: Investigation;
  draft: Draft | null;
  onDraft: (draft: Draft | null) => void;
};

export function Planning({ workspace, found, draft, onDraft }: Props) {
  if (draft) return <Plan workspace={workspace} found={found} draft={draft} onDraft={onDraft} />;
  return <Choices workspace={workspace} found={found} onDraft={onDraft} />;
}

const LISTED = 3;

function Choices({ workspace, found, onDraft }: Omit<Props, 'draft'>) {
  const board = workspace.use((state) => state.board);
  const { beliefs, next } = found;
  const { settled } = beliefs;
  const { part, action } = useSelectedPart(workspace);
  return (
    <section>
      <h3>{settled ? 'It is settled' : 'Take out next'}</h3>
      <p className={settled ? 'settled' : 'aside'} role="status">
        {settledSentence(board, beliefs)}
      </p>
      <ul className="trials">
        {next.slice(0, LISTED).map((suggestion) => (
          <Trial
            key={JSON.stringify(suggestion.part) + suggestion.action}
            {...{ workspace, suggestion, onDraft }}
          />
        ))}
      </ul>
      {!settled && next.length === 0 && (
        <p className="nothing">No part that can be taken out would tell anything more.</p>
      )}
      <p className="buttons">
        <button
          type="button"
          className="button"
          disabled={!part}
          title={part ? undefined : 'Choose parts, edges or a group on the board first'}
          onClick={() => part && onDraft({ part, action })}
        >
          {part ? `Take out ${partName(board, part)}` : 'Take out what is selected'}
        </button>
      </p>
    </section>
  );
}

/** What is selected, as one thing to take out; of a node whose one instance is spoken of that instance. */
function useSelectedPart(workspace: Workspace): { part: Part | null; action: Action } {
  const { selection, instance } = workspace.use((state) => state.session);
  const chosen: SinglePart[] = [
    ...[...selection.nodes].map((id): SinglePart => ({ type: 'node', id })),
    ...[...selection.edges].map((id): SinglePart => ({ type: 'edge', id })),
    ...[...selection.groups].map((id): SinglePart => ({ type: 'group', id })),
  ];
  const [only] = chosen;
  if (chosen.length > 1) return { part: { type: 'several', parts: chosen }, action: 'stubbed' };
  if (instance !== null && only?.type === 'node')
    return { part: { type: 'instance', id: only.id, instance }, action: 'stopped' };
  return { part: only ?? null, action: 'stubbed' };
}

type TrialProps = { workspace: Workspace; suggestion: Suggestion; onDraft: Props['onDraft'] };

function Trial({ workspace, suggestion, onDraft }: TrialProps) {
  const board = workspace.use((state) => state.board);
  const { part, action, bits, goes } = suggestion;
  return (
    <li>
      <button type="button" className="row" onClick={() => onDraft({ part, action })}>
        <span className="cut">{adviceSentence(board, suggestion)}</span>
        <span className="number faint" title="How much of the doubt it takes away: 1 bit halves it">
          {bits.toFixed(2)} bit
        </span>
      </button>
      <p className="aside">The symptom goes with a chance of {formatShare(goes)}.</p>
    </li>
  );
}

function Plan({ workspace, found, draft, onDraft }: Props & { draft: Draft }) {
  const board = workspace.use((state) => state.board);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const [reason, setReason] = useState('');
  const { part, action, prediction } = draft;
  const { symptom, known } = found;
  const plan = planOf(board, { part, action, symptom, now: known.now, usual: known.usual });
  const last = lastBack(board);
  const left = useSettling(workspace, symptom.subject, last?.until ?? null, known.now?.window ?? 0);
  const begin = () => {
    const shown = shownSnapshot(workspace);
    if (!shown) return workspace.notify('Not begun: nothing is measured now.', 'error');
    const name = `Before: ${adviceSentence(board, draft).slice(0, -1)}`.slice(0, 400);
    workspace.run('begin experiment', (current) =>
      beginExperiment(current, {
        ...{ id: workspace.newId(), part, action, at: workspace.now(), symptom },
        before: { ...shown, id: workspace.newId(), name },
        ...(reason && { reason }),
        ...(prediction && { prediction }),
      }),
    );
    onDraft(null);
  };
  return (
    <section className="plan" aria-label="Plan">
      <h3>{adviceSentence(board, draft)}</h3>
      <Segmented
        label="How it is taken out"
        value={action}
        options={ACTIONS.map((each) => ({ value: each, label: WAYS[each].verb, title: WAYS[each].how }))}
        onChange={(next) => onDraft({ part, action: next })}
      />
      <p className="aside">{WAYS[action].how}</p>
      <ul className="said">
        {planSentences(board, plan).map((sentence) => (
          <li key={sentence} className={plan.isMeasurable ? '' : 'fault'}>
            {sentence}
          </li>
        ))}
      </ul>
      <Labelled label="Why">
        {(id) => <TextInput id={id} value={reason} placeholder="What speaks for it" onCommit={setReason} />}
      </Labelled>
      <Costs workspace={workspace} part={part} onNever={() => onDraft(null)} />
      {last && <Settling left={left} held={`the time when ${partName(board, last.part)} was out`} />}
      <p className="buttons">
        <button type="button" className="button primary" disabled={readOnly || left > 0} onClick={begin}>
          Measure before
        </button>
        <button type="button" className="button" onClick={() => onDraft(null)}>
          Not this one
        </button>
      </p>
    </section>
  );
}

/** What was put back last. */
const lastBack = ({ experiments }: Pick<Board, 'experiments'>): Experiment | undefined =>
  Object.values(experiments)
    .filter(({ until }) => until !== undefined)
    .sort((a, b) => b.until! - a.until!)[0];
