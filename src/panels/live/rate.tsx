/** How often, of all instances together or shared out over them. */
import type { Reading } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { figureText, sharedOut } from './figures.ts';

type Props = { workspace: Workspace; reading: Reading | null; q: number };

/** A term and its figure in a list of pairs. */
export function RatePair({ workspace, reading, q }: Props) {
  const perInstance = workspace.use((state) => state.session.perInstance);
  const shared = perInstance ? sharedOut(reading) : null;
  const canShare = shared !== null || (reading?.instances ?? 1) > 1;
  return (
    <>
      <dt>
        Rate
        {reading?.provenance.note && <span className="note">{reading.provenance.note}</span>}
        {canShare && (
          <button
            type="button"
            className="link per-instance"
            aria-pressed={perInstance}
            title={
              perInstance
                ? 'Show the rate of all instances together'
                : 'Share the rate out over the instances'
            }
            onClick={() => workspace.session({ perInstance: !perInstance })}
          >
            {perInstance ? 'per instance' : 'of all'}
          </button>
        )}
        {reading?.provenance.note && <span className="note">{reading.provenance.note}</span>}
      </dt>
      <dd className="number">{figureText(shared ?? reading, q)}</dd>
    </>
  );
}
