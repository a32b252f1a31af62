/** What is to be known of instances before figures are trusted. */
import { useMemo } from 'react';
import { instanceFindings, instanceSentence } from '../../analysis/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { goTo } from '../names.ts';
import type { Compared } from './use-comparisons.ts';

/** So many are told; who is told of more reads none. */
const TOLD = 8;

export function InstanceFindings({ workspace, compared }: { workspace: Workspace; compared: Compared }) {
  const board = workspace.use((state) => state.board);
  const q = workspace.use((state) => state.session.quantile);
  const found = useMemo(
    () => instanceFindings(board, compared.before, compared.after, q),
    [board, compared, q],
  );
  if (found.length === 0) return null;
  return (
    <section aria-label="Of instances">
      <h3>Of instances</h3>
      <ul className="instance-findings">
        {found.slice(0, TOLD).map((finding) => {
          const sentence = instanceSentence(board, finding);
          return (
            <li key={sentence}>
              <button type="button" className="row" onClick={() => goTo(workspace, finding.subject)}>
                {sentence}
              </button>
            </li>
          );
        })}
      </ul>
      {found.length > TOLD && <p className="aside">and {found.length - TOLD} more</p>}
    </section>
  );
}
