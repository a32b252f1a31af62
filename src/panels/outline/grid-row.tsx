/** One row of a grid. Drawn anew only where what it says has changed: there may be hundreds, once a second. */
import { memo } from 'react';
import { TextInput } from '../ui/field.tsx';
import type { Key } from './rows.ts';

export type Column<Row> = {
  heading: string;
  /** Figures stand at the right, in their own type. */
  figures?: boolean;
  text: (row: Row) => string;
  /** What the column is sorted by where that is not its text; null is not known. */
  key?: (row: Row) => Key;
  edit?: { options?: readonly string[]; commit: (row: Row, value: string) => void };
};

type Props<Row> = {
  row: Row;
  columns: readonly Column<Row>[];
  /** On this page, from 1. */
  number: number;
  /** In the whole table, the headings being 1. */
  index: number;
  selected: boolean;
  /** The column that has the focus, or would have it. */
  active: number | null;
  editing: boolean;
  onDone: () => void;
};

function PlainRow<Row>({ row, columns, number, index, selected, active, editing, onDone }: Props<Row>) {
  return (
    <tr aria-rowindex={index} aria-selected={selected}>
      {columns.map((column, c) => (
        <td
          key={column.heading}
          className={column.figures ? 'number right' : ''}
          data-cell={`${number} ${c}`}
          tabIndex={active === c ? 0 : -1}
          title={column.text(row)}
        >
          {active === c && editing && column.edit ? (
            <Editor column={column} row={row} onDone={onDone} />
          ) : (
            column.text(row)
          )}
        </td>
      ))}
    </tr>
  );
}

function saysTheSame<Row>(before: Props<Row>, now: Props<Row>): boolean {
  if (before.editing || now.editing) return false;
  const isSame =
    before.number === now.number &&
    before.index === now.index &&
    before.selected === now.selected &&
    before.active === now.active;
  if (!isSame || before.columns.length !== now.columns.length) return false;
  return now.columns.every((column, c) => {
    const then = before.columns[c]!;
    return column.heading === then.heading && column.text(now.row) === then.text(before.row);
  });
}

export const GridRow = memo(PlainRow, saysTheSame) as typeof PlainRow;

type EditorProps<Row> = { column: Column<Row>; row: Row; onDone: () => void };

function Editor<Row>({ column, row, onDone }: EditorProps<Row>) {
  const value = column.text(row);
  const { options, commit } = column.edit!;
  if (!options)
    return (
      <TextInput
        autoFocus
        label={column.heading}
        value={value}
        onCommit={(text) => commit(row, text)}
        onDone={onDone}
      />
    );
  return (
    <select
      // biome-ignore lint/a11y/noAutofocus: it was asked for, where the focus was
      autoFocus
      aria-label={column.heading}
      value={value}
      onChange={(event) => commit(row, event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
      onBlur={onDone}
    >
      {options.map((option) => (
        <option key={option}>{option}</option>
      ))}
    </select>
  );
}
