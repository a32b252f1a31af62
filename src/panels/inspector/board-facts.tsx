/** The board as a whole, while nothing is selected. */
import { setTitle } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { TextField } from '../ui/field.tsx';

export function BoardFacts({ workspace }: { workspace: Workspace }) {
  const board = workspace.use((state) => state.board);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const counts = [
    ['Nodes', board.nodes],
    ['Edges', board.edges],
    ['Groups', board.groups],
    ['Notes', board.notes],
    ['Marks', board.marks],
    ['Snapshots', board.snapshots],
  ] as const;
  return (
    <>
      <fieldset disabled={readOnly}>
        <TextField
          label="Board"
          value={board.title}
          placeholder="Untitled board"
          onCommit={(title) => workspace.run('rename board', (current) => setTitle(current, { title }))}
        />
      </fieldset>
      <dl className="tally">
        {counts.map(([name, records]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="number">{Object.keys(records).length}</dd>
          </div>
        ))}
      </dl>
      <section className="method">
        <h3>From here</h3>
        <ol>
          <li>Draw every part and what travels between them.</li>
          <li>
            Connect a source, wait for usual traffic, and{' '}
            <ActionButton workspace={workspace} id="measure.baseline">
              Take a baseline
            </ActionButton>
          </li>
          <li>
            Select what departs from it and press <kbd>M</kbd> to suspect it.
          </li>
          <li>Take one part out at a time and measure again.</li>
        </ol>
      </section>
    </>
  );
}
