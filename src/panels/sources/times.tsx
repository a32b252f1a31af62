/** How often a source is asked, and over how long each of its figures is. */
import type { Milliseconds } from '../../graph/index.ts';
import { windowText } from '../timeline/scale.ts';
import { SelectField } from '../ui/field.tsx';
import { INTERVALS, WINDOWS, withPresent } from './validate.ts';

type Props = {
  interval: Milliseconds;
  window: Milliseconds;
  onChange: (times: { interval?: Milliseconds; window?: Milliseconds }) => void;
};

export function Times({ interval, window, onChange }: Props) {
  return (
    <div className="pair">
      <SelectField
        label="Ask every"
        value={String(interval)}
        options={durations(INTERVALS, interval)}
        onChange={(text) => onChange({ interval: Number(text) })}
      />
      <SelectField
        label="Over the last"
        value={String(window)}
        options={durations(WINDOWS, window)}
        onChange={(text) => onChange({ window: Number(text) })}
      />
    </div>
  );
}

const durations = (choices: readonly Milliseconds[], present: Milliseconds) =>
  withPresent(choices, present).map((each) => [String(each), windowText(each)] as const);
