/** What is selected, against what it is compared with: for the inspector. */
import { useMemo } from 'react';
import { metricWords } from '../../analysis/index.ts';
import type { Subject } from '../../graph/index.ts';
import { shortInstance } from '../../picture/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { figureText } from '../live/figures.ts';
import { comparisonKey, sortComparisons } from './comparison-rows.ts';
import { boundsOf, CopySentence, changeText, remarkOf, VerdictWord } from './comparison-words.tsx';
import { useComparisons } from './use-comparisons.ts';
import './compared.css';

/** The worst come first; the table has them all. */
const TOLD = 6;

export default function ComparedFacts({ workspace, subject: { type, id } }: Props) {
  const subjects = useMemo(() => [{ type, id }], [type, id]);
  const compared = useComparisons(workspace, { subjects });
  const board = workspace.use((state) => state.board);
  const units = workspace.use((state) => state.session.units);
  if (!compared || compared.comparisons.length === 0) return null;
  const sorted = sortComparisons(board, compared.comparisons, { by: 'verdict', descending: true });
  return (
    <section className="compared-facts" aria-label="Compared">
      <h3>Compared with {compared.before.name}</h3>
      <ul>
        {sorted.slice(0, TOLD).map((each) => (
          <li key={comparisonKey(each)}>
            <span>
              {metricWords(each)}{' '}
              <span className="faint">
                {[each.instance && shortInstance(each.instance), each.after.side && `${each.after.side} side`]
                  .filter(Boolean)
                  .join(', ')}
              </span>
            </span>
            <VerdictWord comparison={each} />
            <span className="number">{changeText(each)}</span>
            <span className="number">{boundsOf(each)}</span>
            <CopySentence workspace={workspace} comparison={each} />
            <span className="remark">
              {[
                `${figureText(each.before, each.q, units)} → ${figureText(each.after, each.q, units)}`,
                remarkOf(each),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {sorted.length > TOLD && (
        <button
          type="button"
          className="link"
          onClick={() => workspace.session({ panel: { open: true, tab: 'measure' } })}
        >
          all {sorted.length}, in Measure
        </button>
      )}
    </section>
  );
}
type Props = { workspace: Workspace; subject: Subject };
