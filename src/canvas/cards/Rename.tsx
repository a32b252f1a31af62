/** Typing over a name where it stands. Enter commits, Esc puts back, leaving commits. */
import { type KeyboardEvent, useRef } from 'react';

type RenameProps = {
  value: string;
  label: string;
  className: string;
  lines?: boolean;
  onDone: (text: string | null) => void;
  /** Tab, after what was typed is kept: on to the next one, or back. */
  onTab?: (by: 1 | -1) => void;
};

export function Rename({ value, label, className, lines = false, onDone, onTab }: RenameProps) {
  const finished = useRef(false);
  const finish = (text: string | null) => {
    if (finished.current) return;
    finished.current = true;
    onDone(text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    event.stopPropagation();
    const card = event.currentTarget.closest<HTMLElement>('.react-flow__node');
    if (event.key === 'Escape') {
      finish(null);
      card?.focus({ preventScroll: true });
    } else if (event.key === 'Enter' && !(lines && event.shiftKey)) {
      event.preventDefault();
      finish(event.currentTarget.value);
      card?.focus({ preventScroll: true });
    } else if (event.key === 'Tab' && onTab) {
      event.preventDefault();
      finish(event.currentTarget.value);
      onTab(event.shiftKey ? -1 : 1);
    }
  };
  const common = {
    className: `nodrag nopan nowheel ${className}`,
    'aria-label': label,
    defaultValue: value,
    maxLength: lines ? 20_000 : 400,
    spellCheck: false,
    onKeyDown,
    onBlur: (event: { currentTarget: { value: string } }) => finish(event.currentTarget.value),
    ref: (element: HTMLInputElement | HTMLTextAreaElement | null) => {
      if (!element || document.activeElement === element) return;
      element.focus({ preventScroll: true });
      element.select();
    },
  };
  return lines ? <textarea {...common} /> : <input {...common} />;
}
