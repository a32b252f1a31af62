/** Telling the simulator to misbehave, so that there is something to find. */
import { useState } from 'react';
import { formatDuration, type Id } from '../../graph/index.ts';
import type { SimulatorFault, Workspace } from '../../workspace/index.ts';
import { Labelled, SelectField } from '../ui/field.tsx';
import { type FaultType, faultText, targetsOf } from './fault-targets.ts';

const TYPES: readonly FaultType[] = [
  'slow service',
  'slow link',
  'exhausted pool',
  'slow consumer',
  'slow instance',
];
const DELAYS = [25, 100, 250, 1000, 5000] as const;

function faultOn(type: FaultType, id: Id, by: number): SimulatorFault {
  switch (type) {
    case 'slow link':
      return { type, edge: id, by };
    case 'slow service':
      return { type, node: id, by };
    case 'slow instance':
      return { type, node: id, instance: 0, by };
    case 'exhausted pool':
    case 'slow consumer':
      return { type, node: id };
  }
}

/** @param fault what the simulator was told to do, as it says itself */
export function Faults({ workspace, fault }: { workspace: Workspace; fault: SimulatorFault | null }) {
  const nodes = workspace.use((state) => state.board.nodes);
  const edges = workspace.use((state) => state.board.edges);
  const [type, setType] = useState<FaultType>('slow service');
  const [chosen, setChosen] = useState<Id>('');
  const [by, setBy] = useState<number>(250);
  const board = { nodes, edges };
  const targets = targetsOf(board, type);
  const target = targets.some(([id]) => id === chosen) ? chosen : (targets[0]?.[0] ?? '');
  const inject = (next: SimulatorFault | null) => workspace.services.setFault(next);
  if (fault)
    return (
      <div className="fault-on">
        <p>
          <b>{faultText(board, fault)}</b>
        </p>
        <button type="button" className="button" onClick={() => inject(null)}>
          Take the fault away
        </button>
      </div>
    );
  return (
    <details className="faults">
      <summary>Make something misbehave</summary>
      <div className="pair">
        <SelectField label="Fault" value={type} options={TYPES} onChange={setType} />
        {type !== 'exhausted pool' && type !== 'slow consumer' && (
          <SelectField
            label="Slower by"
            value={String(by)}
            options={DELAYS.map((each) => [String(each), formatDuration(each)] as const)}
            onChange={(text) => setBy(Number(text))}
          />
        )}
      </div>
      <Labelled label={type === 'slow link' ? 'On the edge' : 'On'}>
        {(id) => (
          <select id={id} value={target} onChange={(event) => setChosen(event.target.value)}>
            {targets.map(([each, name]) => (
              <option key={each} value={each}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <button
        type="button"
        className="button"
        disabled={target === ''}
        onClick={() => inject(faultOn(type, target, by))}
      >
        Let it misbehave
      </button>
      {targets.length === 0 && <p className="aside">Nothing drawn that this could strike.</p>}
    </details>
  );
}
