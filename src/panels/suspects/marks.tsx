/** What people suspect and why, what was confirmed, what was cleared. */
import { X } from 'lucide';
import { MARK_STATUSES, type Mark, type MarkStatus, mark, subjectName, unmark } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { goTo, timeText } from '../names.ts';
import { TextInput } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';

const ORDER: readonly MarkStatus[] = ['confirmed', 'suspected', 'cleared'];
const HEADINGS: Record<MarkStatus, string> = {
  confirmed: 'Confirmed',
  suspected: 'Suspected',
  cleared: 'Cleared',
};
/** The signs that stand beside the chalk on the board. */
export const SIGNS: Record<MarkStatus, string> = { confirmed: '!', suspected: '?', cleared: '✓' };

export function Marks({ workspace }: { workspace: Workspace }) {
  const marks = workspace.use((state) => state.board.marks);
  const all = Object.values(marks);
  if (all.length === 0)
    return (
      <div className="empty-tab">
        <h3>Nobody has marked a suspect yet</h3>
        <p>
          Select a node or an edge and press <kbd>M</kbd>. It is circled in chalk, here and in every export.
          Then write down why: a guess that is written down can be tested.
        </p>
        <p>
          <kbd>Shift+M</kbd> confirms, <kbd>Alt+M</kbd> clears.
        </p>
      </div>
    );
  return ORDER.map((status) => {
    const listed = all.filter((each) => each.status === status).sort((a, b) => b.at - a.at);
    if (listed.length === 0) return null;
    return (
      <section key={status} className="marks">
        <h3>
          {HEADINGS[status]} <span className="number faint">{listed.length}</span>
        </h3>
        <ul>
          {listed.map((each) => (
            <Row key={each.id} workspace={workspace} record={each} />
          ))}
        </ul>
      </section>
    );
  });
}

function Row({ workspace, record }: { workspace: Workspace; record: Mark }) {
  const { subject, status, hypothesis, at } = record;
  const name = workspace.use((state) => subjectName(state.board, subject));
  const selected = workspace.use(({ session }) =>
    session.selection[subject.type === 'node' ? 'nodes' : 'edges'].has(subject.id),
  );
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const decide = (next: MarkStatus, why = hypothesis) =>
    workspace.run('mark', (board) =>
      mark(board, {
        id: record.id,
        subject,
        status: next,
        at: workspace.now(),
        ...(why === undefined ? {} : { hypothesis: why }),
      }),
    );
  return (
    <li className={selected ? 'mark selected' : 'mark'} data-status={status}>
      <button type="button" className="row" onClick={() => goTo(workspace, subject)}>
        <span className="sign" aria-hidden="true">
          {SIGNS[status]}
        </span>
        <span className="cut">{name}</span>
        <time className="number faint" dateTime={new Date(at).toISOString()}>
          {timeText(at, workspace.now())}
        </time>
      </button>
      <fieldset disabled={readOnly}>
        <TextInput
          lines
          value={hypothesis ?? ''}
          label={`Hypothesis on ${name}`}
          placeholder={status === 'suspected' ? 'Why? What would show it?' : 'What showed it?'}
          onCommit={(why) => decide(status, why)}
        />
        <div className="decide">
          {MARK_STATUSES.filter((each) => each !== status).map((each) => (
            <button key={each} type="button" className="button small" onClick={() => decide(each)}>
              <span className="sign" data-status={each} aria-hidden="true">
                {SIGNS[each]}
              </span>
              {each}
            </button>
          ))}
          <button
            type="button"
            className="icon-button small"
            aria-label={`Take the mark off ${name}`}
            title="Take the mark off"
            onClick={() => workspace.run('unmark', (board) => unmark(board, { subject }))}
          >
            <Icon of={X} size={14} />
          </button>
        </div>
      </fieldset>
    </li>
  );
}
