/**
 * What files would change on a board that holds something already: what is new, changed and gone, who is who, and where
 * traffic and drawing differ. The board shows it as ghosts, and changes only when a person says so.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef } from 'react';
import { edgeName, type Id, type Patch, type Subject, subjectName } from '../../graph/index.ts';
import type { ImportReview, Preview, Workspace } from '../../workspace/index.ts';
import { goTo } from '../names.ts';
import { CheckField } from '../ui/field.tsx';
import { useFocusLeft } from '../ui/focus.ts';
import { WhoIsWho } from './who.tsx';
import { type ChangedRow, changedRows, summaryOf } from './words.ts';
import './review.css';

/** More are counted. */
const LISTED = 100;

export default function Review({ workspace }: { workspace: Workspace }) {
  const preview = workspace.use((state) => state.session.preview);
  const review = preview?.review;
  return review ? <Panel key={review.graph.id} {...{ workspace, preview, review }} /> : null;
}

type Props = { workspace: Workspace; preview: Preview; review: ImportReview };

function Panel({ workspace, preview, review }: Props) {
  const root = useFocusLeft<HTMLElement>(workspace);
  const first = useRef<HTMLButtonElement>(null);
  const summaryId = useId();
  const board = workspace.use((state) => state.board);
  const { name, graph, told, patch, leftOut, remarks, removing, figures } = review;
  const gone: Subject[] = [
    ...told.gone.nodes.map((id) => ({ type: 'node' as const, id })),
    ...told.gone.edges.map((id) => ({ type: 'edge' as const, id })),
  ];
  const { fresh, traffic } = told;
  const rows = useMemo(() => changedRows(board, told, patch), [board, told, patch]);
  const alsoTold = told.changed.length - rows.length;
  useGhost(workspace, patch, rows);
  // after the ghosts are there: what is new is brought into view
  useEffect(() => {
    first.current?.focus();
    workspace.view?.reveal(Object.keys(workspace.use.getState().session.ghost?.nodes?.added ?? {}));
    return () => workspace.session({ ringed: null });
  }, [workspace]);
  const simulator = Object.keys(patch.sources?.removed ?? {}).length > 0;
  // in a list these keys are the board's no longer
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLSelectElement || event.target instanceof HTMLInputElement)) return;
    if (event.key === 'Escape') preview.cancel();
    else if (event.key === 'Enter' && event.target instanceof HTMLSelectElement) preview.apply();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <aside ref={root} className="panels side-panel review" aria-label="Review" onKeyDown={onKeyDown}>
      <div className="tab-panel">
        <header>
          <h2>Add to this board?</h2>
          <p className="cut" title={name}>
            {name}
          </p>
          <p id={summaryId} role="status">
            {summaryOf(told, patch, { changed: rows.length, figures })}
          </p>
          {simulator && <p className="aside">The simulator stops: these figures are real.</p>}
        </header>
        {leftOut && (
          <section aria-label="Left out">
            <h3>Left out</h3>
            <p className="fault">{leftOut.text}</p>
            {leftOut.faults.length > 1 && <Lines of={leftOut.faults} />}
          </section>
        )}
        <WhoIsWho workspace={workspace} review={review} />
        <Listed title={traffic ? 'Seen in traffic, drawn by nobody' : 'New edges'} of={fresh.edges}>
          {(id) => <li key={id}>{edgeName(graph, id)}</li>}
        </Listed>
        <Listed title="Changed" of={rows}>
          {({ type, id, name: changed, words }) => (
            <li key={id}>
              <GoTo workspace={workspace} subject={{ type, id }} name={changed} />
              <span className="aside">{words}</span>
            </li>
          )}
        </Listed>
        {alsoTold > 0 && <p className="aside">{alsoTold} more only in where they are told of</p>}
        {traffic && (
          <Listed title="Drawn, not seen in this traffic" of={traffic.silent}>
            {(id) => (
              <li key={id}>
                <GoTo workspace={workspace} subject={{ type: 'edge', id }} name={edgeName(board, id)} />
              </li>
            )}
          </Listed>
        )}
        <Listed title="Gone from the files" of={gone}>
          {(subject) => (
            <li key={subject.id}>
              <GoTo workspace={workspace} subject={subject} name={subjectName(board, subject)} />
            </li>
          )}
        </Listed>
        {gone.length > 0 && (
          <CheckField label="Remove what is gone" checked={removing} onChange={review.setRemoving} />
        )}
        {remarks.length > 0 && (
          <section aria-label="Remarks">
            <h3>Remarks</h3>
            <Lines of={remarks} />
          </section>
        )}
      </div>
      <footer>
        <button
          ref={first}
          type="button"
          className="button primary"
          aria-describedby={summaryId}
          onClick={preview.apply}
        >
          {leftOut ? 'Add the rest to the board' : 'Add to board'} <kbd>Enter</kbd>
        </button>
        <button type="button" className="button" onClick={preview.cancel}>
          Leave it <kbd>Esc</kbd>
        </button>
        <button
          type="button"
          className="button"
          title="Opens it as a board of its own, and leaves this one as it is"
          onClick={review.openAlone}
        >
          New board
        </button>
      </footer>
    </aside>
  );
}

/** Ghosts on the board for as long as the panel is there; whoever else shows some goes first. */
function useGhost(workspace: Workspace, patch: Patch, rows: readonly ChangedRow[]): void {
  const isTyping = workspace.use((state) => state.session.dialog === 'command');
  const ghost = useMemo(() => {
    const told = new Set(rows.map(({ id }) => id));
    const updated = Object.entries(patch.nodes?.updated ?? {}).filter(([id]) => told.has(id));
    return { ...patch, nodes: { ...patch.nodes, updated: Object.fromEntries(updated) } };
  }, [patch, rows]);
  useEffect(() => {
    if (!isTyping) workspace.session({ ghost });
    return () => workspace.session({ ghost: null });
  }, [workspace, ghost, isTyping]);
}

type ListedProps<T> = { title: string; of: readonly T[]; children: (each: T) => ReactNode };

function Listed<T>({ title, of, children }: ListedProps<T>) {
  if (of.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>
        {title} <span className="number">{of.length}</span>
      </h3>
      <ul>
        {of.slice(0, LISTED).map(children)}
        {of.length > LISTED && <li className="aside">and {of.length - LISTED} more</li>}
      </ul>
    </section>
  );
}

const Lines = ({ of }: { of: readonly string[] }) => (
  <ul className="remark-lines">
    {of.map((line, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines may be equal and never move
      <li key={i}>{line}</li>
    ))}
  </ul>
);

type GoToProps = { workspace: Workspace; subject: Subject & { id: Id }; name: string };

const GoTo = ({ workspace, subject, name }: GoToProps) => (
  <button type="button" className="link cut" onClick={() => goTo(workspace, subject)}>
    {name}
  </button>
);
