/** What would become of the symptom if a part were faster, or not there: foretold before anybody touches anything. */
import { useState } from 'react';
import { assumptionSentence, partName, whatIf } from '../../analysis/index.ts';
import { formatDuration, formatQuantile, type Snapshot, type Subject } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { Draft } from './planning.tsx';
import type { Investigation } from './use-investigation.ts';

type Props = {
  workspace: Workspace;
  found: Investigation;
  onTry: (draft: Draft) => void;
  /** Nothing else is under way. */
  canTry: boolean;
};

/** Steps of the slider, in hundredths of the time that is left. */
const STEP = 5;

export function WhatIf({ workspace, found, onTry, canTry }: Props) {
  const board = workspace.use((state) => state.board);
  const { nodes, edges } = workspace.use((state) => state.session.selection);
  const [faster, setFaster] = useState(50);
  const chosen: Subject | null =
    nodes.size === 1
      ? { type: 'node', id: [...nodes][0]! }
      : edges.size === 1
        ? { type: 'edge', id: [...edges][0]! }
        : null;
  const { symptom, known } = found;
  if (!chosen)
    return (
      <section>
        <h3>What if</h3>
        <p className="aside">
          Choose one part or edge on the board, and see what it being faster would bring.
        </p>
      </section>
    );
  const name = partName(board, chosen);
  const change = { subject: chosen, left: 1 - faster / 100 };
  const q = symptom.q ?? known.q;
  const found2 = snapshotsFor(known.now, Object.values(board.snapshots)).map((snapshot) =>
    whatIf(board, snapshot, change, symptom.subject, q),
  );
  const told = found2.find((each) => !('reason' in each)) ?? found2[0];
  return (
    <section className="what-if">
      <h3>What if {name} were</h3>
      <label>
        <input
          type="range"
          min={0}
          max={100}
          step={STEP}
          value={faster}
          aria-valuetext={faster === 100 ? 'not there' : `${faster} % faster`}
          onChange={(event) => setFaster(Number(event.target.value))}
        />
        <span className="number">{faster === 100 ? 'not there' : `${faster} % faster`}</span>
      </label>
      {!told || 'reason' in told ? (
        <p className="nothing">It can’t be told: {told ? told.reason : 'nothing is measured'}.</p>
      ) : (
        <>
          <p>
            {formatQuantile(told.q)} of the symptom:{' '}
            <span className="number">{formatDuration(told.before)}</span> →{' '}
            <strong className="number">{formatDuration(told.after)}</strong>{' '}
            <span className="number faint">({told.ratio.toFixed(2)}×)</span>
          </p>
          <details>
            <summary>
              {told.by === 'traces' ? `From ${told.requests} requests of traces` : 'From rates and times'},
              taken for granted
            </summary>
            <ul className="said">
              {told.assumptions.map((each) => (
                <li key={each}>{assumptionSentence(each)}</li>
              ))}
            </ul>
          </details>
          {faster === 100 && (
            <p className="buttons">
              <button
                type="button"
                className="button small"
                disabled={!canTry}
                title={
                  canTry
                    ? 'The prediction is kept, and held against what is measured'
                    : 'An experiment is under way'
                }
                onClick={() =>
                  onTry({ part: chosen, action: 'stubbed', prediction: { ratio: told.ratio, by: told.by } })
                }
              >
                Try it
              </button>
            </p>
          )}
        </>
      )}
    </section>
  );
}

/** Those with single requests first: they tell more exactly. */
function snapshotsFor(now: Snapshot | null, all: readonly Snapshot[]): Snapshot[] {
  const traced = all.filter(({ requests }) => requests).sort((a, b) => b.at - a.at);
  return now ? [...traced, now] : traced;
}
