/** Who is believed to be guilty, since all that was tried. */
import { type Beliefs, partName, sharersText } from '../../analysis/index.ts';
import { formatShare, type SinglePart } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { goTo } from '../names.ts';
import { ShareBar } from '../suspects/share-bar.tsx';

const LISTED = 6;
const LEAST = 0.005;
const THRESHOLDS = [0.8, 0.9, 0.95, 0.99];

type Props = { workspace: Workspace; beliefs: Beliefs; onThreshold: (threshold: number) => void };

export function BeliefList({ workspace, beliefs, onThreshold }: Props) {
  const { candidates, spread, undrawn, sharers, threshold } = beliefs;
  const board = workspace.use((state) => state.board);
  const listed = candidates.slice(0, LISTED).filter(({ share }) => share >= LEAST);
  const others = candidates.length - listed.length;
  return (
    <section>
      <h3>Who it is, by all that was tried</h3>
      <ol className="beliefs">
        {listed.map(({ key, part, share }) => (
          <li key={key}>
            <button type="button" className="row" onClick={() => goTo(workspace, subjectOf(part))}>
              <span className="cut">{partName(board, part)}</span>
              <ShareBar share={share} threshold={threshold} />
            </button>
          </li>
        ))}
        {[
          ['several parts together', spread],
          ['something nobody drew', undrawn],
        ].map(([name, share]) => (
          <li key={name as string} className="row faint">
            <span className="cut">{name}</span>
            <ShareBar share={share as number} threshold={threshold} />
          </li>
        ))}
      </ol>
      {sharers.length > 0 && (
        <p className="aside">If several share it, most likely {sharersText(board, sharers)}.</p>
      )}
      {others > 0 && <p className="aside">{others} other parts are unlikely.</p>}
      <label className="threshold aside">
        It is called found above{' '}
        <select value={threshold} onChange={(event) => onThreshold(Number(event.target.value))}>
          {THRESHOLDS.map((each) => (
            <option key={each} value={each}>
              {formatShare(each)}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

/** Where on the board a part is; of a group the panel leads to nothing but the group's members. */
const subjectOf = (part: SinglePart) =>
  ({ type: part.type === 'edge' ? 'edge' : 'node', id: part.id }) as const;
