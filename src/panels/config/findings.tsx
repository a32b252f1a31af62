/** What the configuration of the whole board asks, what can hurt most first; a row leads to its part. */

import { useMemo, useState } from 'react';
import { auditBoard, type BoardFinding, sentenceOf } from '../../analysis/index.ts';
import { subjectName } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { goTo } from '../names.ts';
import { SourceLink } from './source-link.tsx';
import { keyOf, namesIn, useBeat } from './together.tsx';
import './config.css';

const LISTED = 10;

export function ConfigFindings({ workspace }: { workspace: Workspace }) {
  const board = workspace.use((state) => state.board);
  const hasConfig = Object.values(board.nodes).some(({ config }) => config);
  return hasConfig ? <Listed workspace={workspace} /> : null;
}

function Listed({ workspace }: { workspace: Workspace }) {
  const board = workspace.use((state) => state.board);
  const [all, setAll] = useState(false);
  const beat = useBeat(workspace);
  // biome-ignore lint/correctness/useExhaustiveDependencies: readings change all the time, and are looked at on the beat
  const found = useMemo(() => auditBoard(board, workspace.readings.all()), [board, workspace, beat]);
  const listed = all ? found : found.slice(0, LISTED);
  return (
    <section className="config-findings">
      <h3>
        Configuration <span className="number faint">{found.length}</span>
      </h3>
      {found.length === 0 && (
        <p className="aside">
          Nothing that is set departs from what the makers ship, as far as they are known.
        </p>
      )}
      <ul>
        {listed.map((each) => (
          <Row key={rowKey(each)} workspace={workspace} row={each} />
        ))}
      </ul>
      {found.length > listed.length && (
        <button type="button" className="button small" onClick={() => setAll(true)}>
          {found.length - listed.length} more
        </button>
      )}
    </section>
  );
}

/** From here on a finding is marked as what may hurt. */
const GRAVE = 45;

function Row({ workspace, row: { finding, noted, weight } }: { workspace: Workspace; row: BoardFinding }) {
  const name = workspace.use((state) => subjectName(state.board, finding.subject));
  return (
    <li className="config-finding" data-tone={weight >= GRAVE ? 'hurting' : 'asking'}>
      <button type="button" className="row" onClick={() => goTo(workspace, finding.subject)}>
        <b className="cut">{name}</b>
        <span className="chip">{finding.kind}</span>
      </button>
      <p className="beside">
        {sentenceOf(finding, namesIn(workspace))}{' '}
        {'source' in finding && <SourceLink source={finding.source} />}
      </p>
      {noted && <p className="aside">Noted: {[noted.owner, noted.reason].filter(Boolean).join(', ')}</p>}
    </li>
  );
}

const rowKey = ({ finding }: BoardFinding): string =>
  'name' in finding ? `${finding.subject.id} ${finding.name}` : keyOf(finding);
