/** One choice of a few, all in sight. */
import type { ReactNode } from 'react';
import { rove } from './keys.ts';

type Props<T> = {
  label: string;
  value: T;
  options: readonly { value: T; label: ReactNode; title?: string }[];
  onChange: (value: T) => void;
  numbers?: boolean;
};

export function Segmented<T extends string | number>({ label, value, options, onChange, numbers }: Props<T>) {
  return (
    <div
      className={numbers ? 'segmented numbers' : 'segmented'}
      role="radiogroup"
      aria-label={label}
      onKeyDown={(event) => rove(event, 'button')?.click()}
    >
      {options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: a button shows its state without a hidden input
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          title={option.title}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

/** A choice with its name before it, as dialogs have them one under the other. */
export function ChoiceRow<T extends string | number>(props: Props<T>) {
  return (
    <div className="choice-row">
      <span className="label" aria-hidden="true">
        {props.label}
      </span>
      <Segmented {...props} />
    </div>
  );
}
