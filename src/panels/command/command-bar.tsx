/**
 * One line for everything: sketch text is drawn as ghosts while it is typed and becomes one undo step; other
 * text finds actions, parts and edges.
 */
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { isEmptyPatch, type Point } from '../../graph/index.ts';
import { runAction, type Sketch, type Sketcher, select, type Workspace } from '../../workspace/index.ts';
import { type Row, rowsFor } from './rows.ts';
import { kindWords, sketchWords } from './words.ts';
import './command-bar.css';

export function CommandBar({ workspace }: { workspace: Workspace }) {
  const open = workspace.use((state) => state.session.dialog === 'command');
  return open ? <Bar workspace={workspace} /> : null;
}

/** What Enter would do: draw the sketch, or take the chosen row. */
type Option = { id: string; label: string; detail: string } & ({ row: Row } | { row: null });

function Bar({ workspace }: { workspace: Workspace }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const sketcher = useSketcher(workspace);
  const board = workspace.use((state) => state.board);
  const readOnly = workspace.use((state) => state.readOnly);
  const listId = useId();
  const sketch = useMemo(
    () => (text.trim() === '' ? null : (sketcher?.read(board, text, beginning(workspace)) ?? null)),
    [sketcher, board, text, workspace],
  );
  const completions = useMemo(
    () => (text.trim() === '' ? null : (sketcher?.complete(board, text, caret) ?? null)),
    [sketcher, board, text, caret],
  );
  const options = optionsFor(workspace, text, sketch);
  const at = Math.min(chosen, options.length - 1);

  // a layout effect: closed while still in the page, or the browser could not give the focus back
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    field.current?.focus();
    return () => {
      element?.close();
      if (document.activeElement === document.body) workspace.view?.focus();
    };
  }, [workspace]);
  useEffect(() => {
    const shows = sketch?.isSketch && !isEmptyPatch(sketch.ghost);
    workspace.session({ ghost: shows ? sketch.ghost : null });
    return () => workspace.session({ ghost: null });
  }, [workspace, sketch]);

  const close = () => workspace.session({ dialog: null, ghost: null });
  const take = (option: Option | undefined) => {
    if (!option) return;
    if (option.row === null) {
      if (!sketch || sketch.faults.length > 0 || readOnly !== null) return;
      close();
      draw(workspace, sketch);
    } else {
      close();
      goTo(workspace, option.row);
    }
  };
  const complete = () => {
    const [first] = completions?.options ?? [];
    if (!completions || !first) return;
    const end = completions.from + first.text.length;
    // at once: the next key is typed behind it, however soon it comes
    flushSync(() => {
      setText(text.slice(0, completions.from) + first.text + text.slice(completions.to));
      setCaret(end);
    });
    field.current?.setSelectionRange(end, end);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const several = options.length > 1 && !text.includes('\n');
    if (event.key === 'Enter' && !event.shiftKey) take(options[at]);
    else if (event.key === 'ArrowDown' && several) setChosen((at + 1) % options.length);
    else if (event.key === 'ArrowUp' && several) setChosen((at - 1 + options.length) % options.length);
    else if (event.key === 'Tab' && !event.shiftKey && text.trim() !== '') complete();
    else return;
    event.preventDefault();
  };
  const firstFault = sketch?.isSketch ? sketch.faults[0] : undefined;
  const kinds = sketch?.isSketch ? kindWords(sketch.patch) : [];

  return (
    <dialog
      ref={dialog}
      className="panels command-bar"
      aria-label="Command bar"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) close();
      }}
      onKeyDown={onKeyDown}
    >
      <textarea
        ref={field}
        role="combobox"
        aria-label="Sketch, find or do"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={options[at] ? `${listId}-${at}` : undefined}
        aria-autocomplete="list"
        aria-invalid={firstFault !== undefined}
        rows={Math.min(8, text.split('\n').length)}
        spellCheck={false}
        placeholder="checkout -> payments -> kafka:orders => fulfilment"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setCaret(event.target.selectionStart);
          setChosen(0);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
      />
      {firstFault && (
        <p className="command-fault" role="alert">
          <code>
            {text.split('\n')[firstFault.line - 1]?.slice(0, firstFault.column - 1)}
            <mark>
              {text
                .split('\n')
                [firstFault.line - 1]?.slice(
                  firstFault.column - 1,
                  firstFault.column - 1 + Math.max(1, firstFault.length),
                ) || ' '}
            </mark>
          </code>
          <span>
            line {firstFault.line}, character {firstFault.column}: {firstFault.reason}
          </span>
        </p>
      )}
      {kinds.length > 0 && (
        <p className="command-kinds">
          {kinds.map(({ name, kind }) => (
            <span key={`${kind} ${name}`}>
              {name} <i>{kind}</i>
            </span>
          ))}
        </p>
      )}
      {completions && completions.options.length > 0 && (
        <p className="command-completions">
          <kbd>Tab</kbd>
          {completions.options.slice(0, 5).map((option) => (
            <span key={option.text}>
              {option.text} <i>{option.detail}</i>
            </span>
          ))}
        </p>
      )}
      <div id={listId} role="listbox" aria-label="What Enter does" className="command-rows">
        {options.map((option, i) => (
          <div
            key={option.id}
            id={`${listId}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            onPointerEnter={() => setChosen(i)}
            onClick={() => take(option)}
            onKeyDown={undefined}
          >
            <span>{option.label}</span>
            <small>{option.detail}</small>
          </div>
        ))}
        {options.length === 0 && <p className="aside">Nothing is called that, and it is no sketch.</p>}
      </div>
    </dialog>
  );
}

/** Traffic leads to the right: so far left of the middle of the view begins an empty board. Pixels of the board. */
const LEAD = 480;

function beginning({ view }: Workspace): Point {
  const [x, y] = view?.centre() ?? [LEAD, 0];
  return [x - LEAD, y];
}

function useSketcher(workspace: Workspace): Sketcher | null {
  const [sketcher, setSketcher] = useState<Sketcher | null>(null);
  useEffect(() => {
    let gone = false;
    workspace.services.sketcher().then(
      (loaded) => {
        if (!gone) setSketcher(loaded);
      },
      (error: unknown) => workspace.notify(`Sketching is not to be had now: ${String(error)}`, 'error'),
    );
    return () => {
      gone = true;
    };
  }, [workspace]);
  return sketcher;
}

function optionsFor(workspace: Workspace, text: string, sketch: Sketch | null): Option[] {
  const own = sketch && { id: 'sketch', ...sketchWords(sketch), row: null };
  // nothing is searched for beside a sketch: on a large board that takes longer than reading it
  if (own && sketch.isSketch) return [own];
  const rows = rowsFor(workspace, text).map((row): Option => ({ ...row, row }));
  // a bare word is more likely the name of something that is there
  return !own || sketch.faults.length > 0 || isEmptyPatch(sketch.patch) ? rows : [...rows, own];
}

function draw(workspace: Workspace, sketch: Sketch): void {
  const happened = workspace.run('sketch', sketch.patch);
  if (isEmptyPatch(happened)) workspace.notify('All of that is on the board already.');
  const { board } = workspace.use.getState();
  const nodes = sketch.touched.nodes.filter((id) => id in board.nodes);
  workspace.select(select({ nodes, edges: sketch.touched.edges.filter((id) => id in board.edges) }));
  const added = Object.keys(happened.nodes?.added ?? {});
  if (added.length > 0) workspace.view?.reveal(nodes);
}

function goTo(workspace: Workspace, row: Row): void {
  if (row.type === 'action') return runAction(workspace, row.action.id);
  const { subject } = row;
  workspace.session({
    selection: select(subject.type === 'node' ? { nodes: [subject.id] } : { edges: [subject.id] }),
    ringed: subject,
  });
  workspace.view?.panTo(subject);
}
