/** All suspects by how likely they are, each with its reasons and with what would refute it. */
import { RefreshCw, Ruler } from 'lucide';
import { useState } from 'react';
import {
  reasonSentence,
  refutationSentence,
  type Suspect,
  suspectKey,
  suspectName,
} from '../../analysis/index.ts';
import { mark, subjectKey } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { goTo, momentText } from '../names.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { SIGNS } from './marks.tsx';
import { ShareBar } from './share-bar.tsx';
import { useRanking } from './use-ranking.ts';

/** So many are listed at first, and so many more with each asking. */
const LISTED = 5;
/** Below this share a suspect isn't worth a line of its own. */
const WORTH_A_LINE = 0.005;

export function Ranking({ workspace }: { workspace: Workspace }) {
  const [ranked, rank] = useRanking(workspace);
  const [listed, setListed] = useState(LISTED);
  const isEmpty = workspace.use((state) => Object.keys(state.board.nodes).length === 0);
  if (isEmpty) return null;
  if (!ranked)
    return (
      <section className="ranking">
        <h3>Ranked by what is known</h3>
        <p className="aside">
          Nothing is measured yet. Connect a source, and suspects are ranked by its figures.
        </p>
      </section>
    );
  const { suspects, before, at } = ranked;
  const worth = suspects.filter(({ share, reasons }) => share >= WORTH_A_LINE && reasons.length > 0);
  return (
    <section className="ranking">
      <h3>
        Ranked by what is known
        <button
          type="button"
          className="button small"
          title="Rank again with the figures of now: the order stays until you do"
          onClick={rank}
        >
          <Icon of={RefreshCw} size={14} /> Rank again
        </button>
      </h3>
      <p className="aside">
        Figures of <span className="number">{momentText(at, workspace.now())}</span>
        {before ? (
          <>
            {' '}
            against {before.name} of <span className="number">{momentText(before.at, workspace.now())}</span>.
          </>
        ) : (
          '. There is nothing to compare them with.'
        )}
      </p>
      {!before && (
        <p className="buttons">
          <ActionButton workspace={workspace} id="measure.baseline" icon={Ruler}>
            Take a baseline
          </ActionButton>
        </p>
      )}
      {worth.length === 0 && <p className="nothing">Nothing stands out: no part is slower or fails more.</p>}
      <ol>
        {worth.slice(0, listed).map((suspect, i) => (
          <Row key={suspectKey(suspect)} workspace={workspace} suspect={suspect} place={i + 1} />
        ))}
      </ol>
      {worth.length > listed && (
        <button type="button" className="button small" onClick={() => setListed((count) => count + LISTED)}>
          {worth.length - listed} more
        </button>
      )}
    </section>
  );
}

function Row({ workspace, suspect, place }: { workspace: Workspace; suspect: Suspect; place: number }) {
  const { subject, share, reasons } = suspect;
  const board = workspace.use((state) => state.board);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const selected = workspace.use(({ session }) =>
    session.selection[subject.type === 'node' ? 'nodes' : 'edges'].has(subject.id),
  );
  const name = suspectName(board, suspect);
  const [first, ...others] = reasons;
  const marked = Object.values(board.marks).find((each) => subjectKey(each.subject) === subjectKey(subject));
  return (
    <li className={selected ? 'suspect selected' : 'suspect'}>
      <button type="button" className="row" onClick={() => goTo(workspace, subject)}>
        <span className="number faint place">{place}</span>
        <span className="cut">{name}</span>
        <ShareBar share={share} />
      </button>
      <div className="reasons">
        {first && <p>{reasonSentence(board, first)}</p>}
        {others.map((reason) => (
          <p key={reason.kind} className="faint">
            {reasonSentence(board, reason)}
          </p>
        ))}
        <p className="refuted">{refutationSentence(board, suspect)}</p>
        {!marked && (
          <button
            type="button"
            className="button small"
            disabled={readOnly}
            onClick={() =>
              workspace.run('mark', (now) =>
                mark(now, {
                  id: workspace.newId(),
                  subject,
                  status: 'suspected',
                  at: workspace.now(),
                  ...(first && { hypothesis: reasonSentence(board, first) }),
                }),
              )
            }
          >
            <span className="sign" data-status="suspected" aria-hidden="true">
              {SIGNS.suspected}
            </span>
            Mark {subject.type === 'node' ? 'it' : 'the edge'}
          </button>
        )}
      </div>
    </li>
  );
}
