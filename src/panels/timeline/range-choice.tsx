/** Which stretch the strip shows: the last so much, or from one time to another. */
import { useState } from 'react';
import type { EpochMs } from '../../graph/index.ts';
import { Segmented } from '../ui/segmented.tsx';
import { localText, parseLocal } from './local-time.ts';
import { type Range, SPANS, viewOf } from './scale.ts';

type Props = { range: Range; now: EpochMs; onChange: (range: Range) => void };

export function RangeChoice({ range, now, onChange }: Props) {
  const isOwn = range.end !== null;
  return (
    <>
      <Segmented
        label="Stretch"
        value={isOwn ? 0 : range.span}
        options={[
          ...SPANS.map(([value, label]) => ({ value, label, title: `The last ${label}` })),
          { value: 0, label: 'Custom', title: 'From one time to another' },
        ]}
        onChange={(span) => onChange(span === 0 ? { span: range.span, end: now } : { span, end: null })}
      />
      {isOwn && <Own range={range} now={now} onChange={onChange} />}
    </>
  );
}

/** Shortest stretch, ms. */
const LEAST = 60_000;

function Own({ range, now, onChange }: Props) {
  const { from, to } = viewOf(range, now);
  const [draft, setDraft] = useState({ from: localText(from), to: localText(to) });
  const change = (next: Partial<typeof draft>) => {
    const both = { ...draft, ...next };
    setDraft(both);
    const [start, end] = [parseLocal(both.from), parseLocal(both.to)];
    if (start !== null && end !== null && end - start >= LEAST)
      onChange({ span: end - start, end: Math.min(end, now) });
  };
  const [start, end] = [parseLocal(draft.from), parseLocal(draft.to)];
  const isWrong = start === null || end === null || end - start < LEAST;
  return (
    <div
      className="own-range"
      title={isWrong ? 'A stretch of a minute or more, its end after its beginning' : undefined}
    >
      <input
        type="datetime-local"
        aria-label="From"
        aria-invalid={isWrong}
        value={draft.from}
        onChange={(event) => change({ from: event.target.value })}
      />
      <input
        type="datetime-local"
        aria-label="To"
        aria-invalid={isWrong}
        value={draft.to}
        onChange={(event) => change({ to: event.target.value })}
      />
    </div>
  );
}
