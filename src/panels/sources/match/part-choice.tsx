/** A short list to choose from. Nothing is chosen beforehand, and arrow keys alone do nothing: a button says it is meant. */
import { useState } from 'react';
import type { Id } from '../../../graph/index.ts';

type Props = {
  label: string;
  /** What the list says while nothing is chosen. */
  words: string;
  options: readonly (readonly [Id, string])[];
  disabled: boolean;
  onChoose: (id: Id) => void;
};

export function PartChoice({ label, words, options, disabled, onChoose }: Props) {
  const [chosen, setChosen] = useState('');
  return (
    <span className="part-choice">
      <select
        aria-label={label}
        value={chosen}
        disabled={disabled}
        onChange={(event) => setChosen(event.target.value)}
      >
        <option value="">{words}</option>
        {options
          .toSorted(([, a], [, b]) => a.localeCompare(b))
          .map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </select>
      {chosen !== '' && (
        <button type="button" className="button small primary" onClick={() => onChoose(chosen)}>
          Match
        </button>
      )}
    </span>
  );
}
