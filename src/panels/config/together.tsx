/** What doesn't go together: settings of this part with each other, and with those of the parts that it talks to. */
import { useMemo } from 'react';
import { type Contradiction, contradictions, nodesOf, sentenceOf } from '../../analysis/index.ts';
import { type Id, subjectKey } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { useNow } from '../live/use-readings.ts';
import { goTo } from '../names.ts';
import { SourceLink } from './source-link.tsx';

/** Nodes as a sentence names them. */
export const namesIn = (workspace: Workspace) => (node: Id) =>
  workspace.use.getState().board.nodes[node]?.name || 'unnamed';

/** Changes as often as what rests on readings is worked out anew: on a large board that takes a while. */
export const useBeat = (workspace: Workspace): number => Math.floor(useNow(workspace) / 5000);

export function Together({ workspace, id }: { workspace: Workspace; id: Id }) {
  const board = workspace.use((state) => state.board);
  const beat = useBeat(workspace);
  // biome-ignore lint/correctness/useExhaustiveDependencies: readings change all the time, and are looked at on the beat
  const all = useMemo(() => contradictions(board, workspace.readings.all()), [board, workspace, beat]);
  const found = all.filter((each) => nodesOf(each, board).includes(id));
  if (found.length === 0) return null;
  return (
    <ul className="together" aria-label="Settings that don’t go together">
      {found.map((finding) => (
        <Row key={keyOf(finding)} workspace={workspace} id={id} finding={finding} />
      ))}
    </ul>
  );
}

function Row({ workspace, id, finding }: { workspace: Workspace; id: Id; finding: Contradiction }) {
  const { subject } = finding;
  return (
    <li>
      {sentenceOf(finding, namesIn(workspace))}{' '}
      {'source' in finding && <SourceLink source={finding.source} />}{' '}
      {subject.id !== id && (
        <button type="button" className="link" onClick={() => goTo(workspace, subject)}>
          show {subject.type === 'edge' ? 'the edge' : 'the part'}
        </button>
      )}
    </li>
  );
}

/** Of one finding among all of its board. */
export const keyOf = (finding: Contradiction): string =>
  `${subjectKey(finding.subject)} ${finding.kind} ${finding.kind === 'contradiction' ? finding.why : ''} ${finding.kind === 'outlived' ? finding.callee : ''}`;
