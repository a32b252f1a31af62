/** Find and filter: what fits is lit and counted, the rest is dimmed. Enter goes on to the next, Esc leaves. */
import { ChevronDown, ChevronUp, X } from 'lucide';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { NODE_KINDS, type Subject, subjectKey } from '../../graph/index.ts';
import type { Severity } from '../../picture/index.ts';
import { asksNothing, matches, type Search, type Workspace } from '../../workspace/index.ts';
import { useNow } from '../live/use-readings.ts';
import { goTo } from '../names.ts';
import { useFocusLeft } from '../ui/focus.ts';
import { Icon } from '../ui/icon.tsx';

type Props = { workspace: Workspace; search: Search & { asked: number } };

export function FindBar({ workspace, search }: Props) {
  const board = workspace.use((state) => state.board);
  // what is slower than usual changes with the figures, which need not be told more often than this
  useNow(workspace);
  const found = matches(board, search, workspace.labels.severity);
  const [current, setCurrent] = useState<Subject | null>(null);
  const root = useFocusLeft<HTMLElement>(workspace);
  const field = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again, it takes the focus again
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [search.asked]);

  const ask = (change: Partial<Search>) =>
    workspace.session({ spotlight: { ...search, type: 'find', ...change } });
  const leave = () => workspace.session({ spotlight: null, ringed: null });
  const at = current ? found.findIndex((each) => subjectKey(each) === subjectKey(current)) : -1;
  const go = (by: 1 | -1) => {
    const from = at < 0 && by < 0 ? 0 : at;
    const next = found[(from + by + found.length) % found.length];
    if (!next) return;
    setCurrent(next);
    goTo(workspace, next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const again = event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey);
    if (event.key === 'Escape') leave();
    else if (event.key === 'Enter' && event.target === field.current) go(event.shiftKey ? -1 : 1);
    else if (again) field.current?.select();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search ref={root} className="panels island find-bar" aria-label="Find and filter" onKeyDown={onKeyDown}>
      <input
        ref={field}
        type="search"
        aria-label="Find by name"
        placeholder="Find by name"
        value={search.text}
        onChange={(event) => ask({ text: event.target.value })}
      />
      <span className="number faint count" role="status">
        {countWords(search, found.length, at)}
      </span>
      <button
        type="button"
        className="icon-button small"
        aria-label="Previous match"
        title="Previous (Shift+Enter)"
        aria-disabled={found.length === 0}
        onClick={() => go(-1)}
      >
        <Icon of={ChevronUp} size={14} />
      </button>
      <button
        type="button"
        className="icon-button small"
        aria-label="Next match"
        title="Next (Enter)"
        aria-disabled={found.length === 0}
        onClick={() => go(1)}
      >
        <Icon of={ChevronDown} size={14} />
      </button>
      <Filters workspace={workspace} search={search} ask={ask} />
      <button
        type="button"
        className="icon-button small"
        aria-label="Leave finding"
        title="Leave (Esc)"
        onClick={leave}
      >
        <Icon of={X} size={14} />
      </button>
    </search>
  );
}

type FiltersProps = { workspace: Workspace; search: Search; ask: (change: Partial<Search>) => void };

function Filters({ workspace, search, ask }: FiltersProps) {
  const groups = workspace.use((state) => state.board.groups);
  return (
    <>
      <Choice
        label="Kind"
        any="any kind"
        value={search.kind}
        options={NODE_KINDS.map((kind) => [kind, kind])}
        onChange={(kind) => ask({ kind })}
      />
      {Object.keys(groups).length > 0 && (
        <Choice
          label="Group"
          any="any group"
          value={search.group}
          options={Object.values(groups).map(({ id, name }) => [id, name || 'unnamed'])}
          onChange={(group) => ask({ group })}
        />
      )}
      <Choice
        label="Latency"
        any="any latency"
        value={search.severity}
        options={SEVERITY_WORDS}
        onChange={(severity) => ask({ severity })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={search.marked}
          onChange={(event) => ask({ marked: event.target.checked })}
        />
        marked
      </label>
    </>
  );
}

const SEVERITY_WORDS: readonly (readonly [Severity, string])[] = [
  ['slower', 'slower than usual'],
  ['much slower', 'much slower'],
  ['severe', 'severely slower'],
];

type ChoiceProps<T extends string> = {
  label: string;
  any: string;
  value: T | null;
  options: readonly (readonly [T, string])[];
  onChange: (value: T | null) => void;
};

function Choice<T extends string>({ label, any, value, options, onChange }: ChoiceProps<T>) {
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange((event.target.value as T) || null)}
    >
      <option value="">{any}</option>
      {options.map(([key, words]) => (
        <option key={key} value={key}>
          {words}
        </option>
      ))}
    </select>
  );
}

/** `2 of 5`, `5 found`, `nothing found`; nothing while nothing is asked. */
function countWords(search: Search, count: number, at: number): string {
  if (asksNothing(search)) return '';
  if (count === 0) return 'nothing found';
  return at < 0 ? `${count} found` : `${at + 1} of ${count}`;
}
