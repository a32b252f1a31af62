/** Fields that write to the board: one commit, one undo step, on Enter or when left; Esc restores. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';

type LabelledProps = {
  label: string;
  onClear?: (() => void) | undefined;
  children: (id: string) => ReactNode;
};

/** A field under its name. `onClear` empties it where several things differ in it and there is no text to delete. */
export function Labelled({ label, onClear, children }: LabelledProps) {
  const id = useId();
  return (
    <div className="field">
      <div className="label-row">
        <label htmlFor={id}>{label}</label>
        {onClear && (
          <button
            type="button"
            className="link"
            aria-label={`clear in all: ${label.toLowerCase()}`}
            onClick={() => {
              // the button is gone with what it clears
              document.getElementById(id)?.focus();
              onClear();
            }}
          >
            clear in all
          </button>
        )}
      </div>
      {children(id)}
    </div>
  );
}

export type TextInputProps = {
  value: string;
  onCommit: (value: string) => void;
  id?: string;
  /** The accessible name where no label points here. */
  label?: string;
  placeholder?: string;
  lines?: boolean;
  numeric?: boolean;
  /** What it often is, to choose from; of one line only. */
  options?: readonly string[];
  /** Why a value can't be taken, in words; null when it can. */
  faultOf?: (value: string) => string | null;
  /** Empties itself after each commit: for adding to a list. */
  adds?: boolean;
  autoFocus?: boolean;
  onDone?: () => void;
};

export function TextInput(props: TextInputProps) {
  const { value, id, label, placeholder, lines, numeric, options, adds, autoFocus } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const faultId = useId();
  const pending = useRef({ draft, props });
  pending.current = { draft, props };

  const leave = () => {
    setDraft(null);
    setFault(null);
  };
  const commit = (): boolean => {
    const text = pending.current.draft?.trim() ?? null;
    if (text === null || text === props.value || (adds && text === '')) {
      leave();
      return true;
    }
    const why = props.faultOf?.(text) ?? null;
    setFault(why);
    if (why !== null) return false;
    // taken before the blur that follows, which would commit it once more
    pending.current.draft = null;
    props.onCommit(text);
    leave();
    return true;
  };
  // What was typed is not lost when a click elsewhere takes the field away before it is left.
  useEffect(
    () => () => {
      const { draft: text, props: last } = pending.current;
      if (text === null || text.trim() === last.value || (last.adds && text.trim() === '')) return;
      if ((last.faultOf?.(text.trim()) ?? null) === null) last.onCommit(text.trim());
    },
    [],
  );
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      pending.current.draft = null;
      leave();
      event.currentTarget.blur();
    } else if (event.key === 'Enter' && !(lines && event.shiftKey)) {
      event.preventDefault();
      if (commit() && !adds) event.currentTarget.blur();
    }
  };
  const shared = {
    id,
    placeholder,
    value: draft ?? value,
    'aria-label': label,
    'aria-invalid': fault !== null,
    'aria-describedby': fault === null ? undefined : faultId,
    autoFocus,
    spellCheck: Boolean(lines),
    autoComplete: 'off',
    onKeyDown,
    onBlur: () => {
      commit();
      props.onDone?.();
    },
    onChange: (event: { target: { value: string } }) => setDraft(event.target.value),
  };
  return (
    <div className="text-input">
      {lines ? (
        <textarea rows={2} {...shared} />
      ) : (
        <input
          type="text"
          inputMode={numeric ? 'numeric' : 'text'}
          list={options && `${faultId}-options`}
          {...shared}
        />
      )}
      {options && (
        <datalist id={`${faultId}-options`}>
          {options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
      {fault !== null && (
        <p className="fault" id={faultId} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = Omit<TextInputProps, 'id' | 'label'> & {
  label: string;
  onClear?: (() => void) | undefined;
};

/** A labelled text field. */
export function TextField({ label, onClear, ...rest }: TextFieldProps) {
  return (
    <Labelled label={label} onClear={onClear}>
      {(id) => <TextInput id={id} {...rest} />}
    </Labelled>
  );
}

type SelectProps<T extends string> = {
  label: string;
  value: T;
  options: readonly (T | readonly [T, string])[];
  onChange: (value: T) => void;
};

export function SelectField<T extends string>({ label, value, options, onChange }: SelectProps<T>) {
  return (
    <Labelled label={label}>
      {(id) => (
        <select id={id} value={value} onChange={(event) => onChange(event.target.value as T)}>
          {options.map((option) => {
            const [key, words] = typeof option === 'string' ? [option, option] : option;
            return (
              <option key={key} value={key}>
                {words}
              </option>
            );
          })}
        </select>
      )}
    </Labelled>
  );
}

type CheckProps = {
  label: string;
  checked: boolean;
  /** True of some and not of others: shown as neither. */
  mixed?: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
};

export function CheckField({ label, checked, mixed = false, onChange, disabled }: CheckProps) {
  return (
    <label className="check">
      <input
        type="checkbox"
        ref={(box) => {
          if (box) box.indeterminate = mixed;
        }}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}
