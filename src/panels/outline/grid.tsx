/**
 * A table that is worked by keys: arrows go from cell to cell, Enter shows the row's subject on the board, F2 edits
 * the cell. The row with the focus is what is selected, so that every other key does to it what it does on the board.
 */
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Id } from '../../graph/index.ts';
import { type Column, GridRow } from './grid-row.tsx';
import { keepOrder, sortIds } from './rows.ts';
import '../ui/sorted.css';

type Props<Row extends { id: Id }> = {
  label: string;
  ids: readonly Id[];
  rowOf: (id: Id) => Row;
  columns: readonly Column<Row>[];
  selected: ReadonlySet<Id>;
  onChoose: (id: Id) => void;
  onShow: (id: Id) => void;
  canEdit: boolean;
  /** Takes the focus when nothing else on the page has it. */
  takesFocus?: boolean;
};

/** Rows on a page: as many as can be drawn anew each second without being noticed. */
const PAGE = 100;

/** Row 0 is the headings. */
type Cell = { row: number; column: number };

export function Grid<Row extends { id: Id }>(props: Props<Row>) {
  const { label, ids, rowOf, columns, selected, canEdit } = props;
  const [order, setOrder] = useState({ column: 0, descending: false, asked: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sorted when asked, not when figures arrive
  const sorted = useMemo(() => {
    const column = columns[order.column]!;
    return sortIds(ids, (id) => (column.key ?? column.text)(rowOf(id)), order.descending);
  }, [order]);
  const listed = keepOrder(sorted, ids);
  const pages = Math.max(1, Math.ceil(listed.length / PAGE));
  const [asked, setPage] = useState(() => Math.floor(startOf(listed, selected) / PAGE));
  const page = Math.min(asked, pages - 1);
  const shown = listed.slice(page * PAGE, (page + 1) * PAGE);
  const [cell, setCell] = useState<Cell>(() => ({ row: 1 + (startOf(listed, selected) % PAGE), column: 0 }));
  const [editing, setEditing] = useState(false);
  const table = useRef<HTMLTableElement>(null);
  const byKey = useRef(false);
  const held = useRef<Id | null>(null);
  const active = { row: Math.min(cell.row, shown.length), column: cell.column };

  const focus = ({ row, column }: Cell) => focusCell(table.current, row, column);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is opened
  useEffect(() => {
    if (props.takesFocus && isFocusFree() && shown.length > 0) focus(active);
  }, []);
  // the row that had the focus was deleted: the next one takes it
  useEffect(() => {
    if (held.current === null || ids.includes(held.current)) return;
    held.current = null;
    if (document.activeElement === document.body) focus(active);
  });

  const goTo = (row: number, column: number) => {
    const to = Math.max(0, Math.min(columns.length - 1, column));
    if (row > shown.length && page < pages - 1) turn(page + 1, 1, to);
    else if (row < 1 && page > 0) turn(page - 1, PAGE, to);
    else focus({ row: Math.max(0, Math.min(shown.length, row)), column: to });
  };
  const turn = (to: number, row: number, column: number) => {
    setPage(to);
    setCell({ row, column });
    requestAnimationFrame(() => focus({ row, column }));
  };
  const edit = (column: number) => {
    if (canEdit && columns[column]?.edit) setEditing(true);
  };
  const endEdit = () => {
    setEditing(false);
    const back = byKey.current;
    byKey.current = false;
    if (back) requestAnimationFrame(() => focus(active));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isEditor(event.target)) return;
    const { row, column } = active;
    const id = shown[row - 1];
    const last = event.ctrlKey || event.metaKey;
    if (event.altKey || event.shiftKey) return;
    if (event.key === 'ArrowDown') goTo(row + 1, column);
    else if (event.key === 'ArrowUp') goTo(row - 1, column);
    else if (event.key === 'ArrowRight') goTo(row, column + 1);
    else if (event.key === 'ArrowLeft') goTo(row, column - 1);
    else if (event.key === 'Home') goTo(last ? 1 : row, 0);
    else if (event.key === 'End') goTo(last ? shown.length : row, columns.length - 1);
    else if (event.key === 'PageDown') goTo(shown.length + 1, column);
    else if (event.key === 'PageUp') goTo(page > 0 ? 0 : 1, column);
    else if (event.key === 'Enter' && id !== undefined) props.onShow(id);
    else if (event.key === 'F2' && id !== undefined) edit(column);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const sortBy = (column: number) =>
    setOrder((was) => ({
      column,
      descending: was.column === column ? !was.descending : Boolean(columns[column]?.figures),
      asked: was.asked + 1,
    }));

  return (
    <div className="outline-grid">
      <div className="scroller">
        <table
          ref={table}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table worked by keys is a grid
          role="grid"
          aria-label={label}
          aria-rowcount={listed.length + 1}
          onKeyDownCapture={(event) => {
            byKey.current = isEditor(event.target) && (event.key === 'Enter' || event.key === 'Escape');
          }}
          onKeyDown={onKeyDown}
          onFocus={({ target }) => {
            const to = cellOf(target);
            if (!to) return;
            setCell(to);
            held.current = shown[to.row - 1] ?? null;
            if (held.current !== null) props.onChoose(held.current);
          }}
          onClick={({ target }) => {
            const id = shown[(cellOf(target)?.row ?? 0) - 1];
            if (id !== undefined) props.onShow(id);
          }}
          onDoubleClick={({ target }) => {
            const to = cellOf(target);
            if (to && to.row > 0) edit(to.column);
          }}
          onBlur={(event) => {
            if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget))
              held.current = null;
          }}
        >
          <thead>
            <tr aria-rowindex={1}>
              {columns.map(({ heading, figures }, i) => (
                <th
                  key={heading}
                  scope="col"
                  className={figures ? 'right' : ''}
                  aria-sort={order.column !== i ? 'none' : order.descending ? 'descending' : 'ascending'}
                >
                  <button
                    type="button"
                    data-cell={`0 ${i}`}
                    tabIndex={active.row === 0 && active.column === i ? 0 : -1}
                    onKeyDown={(event) => {
                      // Enter sorts here; elsewhere in the grid it shows the row
                      if (event.key === 'Enter') event.stopPropagation();
                    }}
                    onClick={() => sortBy(i)}
                  >
                    {heading}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((id, r) => (
              <GridRow
                key={id}
                row={rowOf(id)}
                columns={columns}
                number={r + 1}
                index={page * PAGE + r + 2}
                selected={selected.has(id)}
                active={active.row === r + 1 ? active.column : null}
                editing={editing && active.row === r + 1}
                onDone={endEdit}
              />
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <div className="pages">
          <button
            type="button"
            className="button small"
            disabled={page === 0}
            onClick={() => setPage(page - 1)}
          >
            Previous
          </button>
          <span className="number faint">
            {page * PAGE + 1}–{page * PAGE + shown.length} of {listed.length}
          </span>
          <button
            type="button"
            className="button small"
            disabled={page === pages - 1}
            onClick={() => setPage(page + 1)}
          >
            Next
          </button>
        </div>
      )}
    </div>
  );
}

/** Where to begin: at the first row that is selected. */
const startOf = (listed: readonly Id[], selected: ReadonlySet<Id>) =>
  Math.max(
    0,
    listed.findIndex((id) => selected.has(id)),
  );

const isEditor = (target: EventTarget) => target instanceof Element && target.matches('input, select');

/** The cell or heading itself, not what stands in it. */
function cellOf(target: EventTarget): Cell | null {
  const [row, column] = (target instanceof HTMLElement && target.dataset.cell?.split(' ').map(Number)) || [];
  return row === undefined || column === undefined ? null : { row, column };
}

const focusCell = (table: HTMLTableElement | null, row: number, column: number) =>
  table?.querySelector<HTMLElement>(`[data-cell="${row} ${column}"]`)?.focus();

/** True where the focus is on the board or nowhere: then whoever opened the table goes to it. */
const isFocusFree = () =>
  document.activeElement === document.body || document.activeElement?.closest('.canvas') != null;
