/** Typing over a name where it stands. Enter commits, Esc puts back, leaving commits. */
import { type KeyboardEvent, useRef } from 'react';

type RenameProps = {
  value: string;
  label: string;
  className: string;
  lines?: boolean;
  onDone: (text: string | null) => void;
};

export function Rename({ value, label, className, lines = false, onDone }: RenameProps) {
  const finished = useRef(false);
  const finish = (text: string | null) => {
    if (finished.current) return;
    finished.current = true;
    onDone(text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    event.stopPropagation();
    if (event.key === 'Escape') finish(null);
    else if (event.key === 'Enter' && !(lines && event.shiftKey)) {
      event.preventDefault();
      finish(event.currentTarget.value);
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
