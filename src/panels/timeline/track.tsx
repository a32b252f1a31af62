/** The strip itself: ticks, what happened, snapshots, and the two bands that are dragged along it. */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { EpochMs, Id, Milliseconds } from '../../graph/index.ts';
import { runAction, type Workspace } from '../../workspace/index.ts';
import { agoText } from '../live/figures.ts';
import { useNow } from '../live/use-readings.ts';
import { stepsOf } from '../ui/keys.ts';
import { windowAt } from './compare.ts';
import { follow } from './drag.ts';
import { Lanes } from './lanes.tsx';
import { lookNear } from './look.ts';
import {
  momentWords,
  type Range,
  shareOf,
  snap,
  ticksOf,
  tickText,
  timeAt,
  type View,
  viewOf,
  WINDOWS,
} from './scale.ts';
import './track.css';

type Props = {
  workspace: Workspace;
  range: Range;
  window: Milliseconds;
  step: Milliseconds;
  onWindow: (window: Milliseconds) => void;
  onEvent: (id: Id) => void;
};

/** Ticks with words under the strip, at most. */
const MOST_TICKS = 8;
/** Further right their words would have no room. */
const TICKS_UP_TO = 0.95;

export function Track({ workspace, range, window, step, onWindow, onEvent }: Props) {
  const track = useRef<HTMLDivElement>(null);
  const moment = workspace.use((state) => state.session.moment);
  const compare = workspace.use((state) => state.session.compare);
  const coming = workspace.use(({ past }) => past.moment === 'coming' || past.compared === 'coming');
  const now = useNow(workspace);
  /** What is under the pointer stays there while it is dragged. */
  const [held, setHeld] = useState<View | null>(null);
  const view = held ?? viewOf(range, now);

  const look = (at: EpochMs) => lookNear(workspace, Math.max(at, view.from));
  const compareTo = (at: EpochMs) => {
    const end = snap(Math.min(Math.max(at, view.from), view.to), step, now);
    workspace.past.compareWith(windowAt(end, window, step));
  };
  const drag = (event: PointerEvent<Element>, told: (at: EpochMs) => void) => {
    event.stopPropagation();
    setHeld(view);
    follow(
      event,
      track.current!,
      (share) => told(timeAt(share, view)),
      () => setHeld(null),
    );
  };
  const dragStart = (event: PointerEvent<Element>, end: EpochMs) =>
    drag(event, (at) => onWindow(nearestWindow(end - at)));

  const band = compare && 'at' in compare ? compare : null;
  return (
    <div ref={track} className="track" data-coming={coming} onPointerDown={(event) => drag(event, look)}>
      {ticksOf(view, MOST_TICKS)
        .filter((at) => shareOf(at, view) < TICKS_UP_TO)
        .map((at) => (
          <span key={at} className="tick number" style={{ left: percent(shareOf(at, view)) }}>
            {tickText(at)}
          </span>
        ))}
      <Lanes workspace={workspace} view={view} now={now} onEvent={onEvent} />
      {band && (
        <Band
          className="compared"
          label="Compared with"
          view={view}
          at={band.at}
          window={band.window}
          words={momentWords(band, now)}
          onDrag={(event) => drag(event, compareTo)}
          onResize={(event) => dragStart(event, band.at)}
          onKey={(steps) => compareTo(band.at + steps * step)}
          onHome={() => compareTo(view.from + band.window)}
          onEnd={() => compareTo(view.to)}
          onAway={() => runAction(workspace, 'time.compare-latest')}
        />
      )}
      <Band
        className={moment ? 'looked-at' : 'looked-at at-live'}
        label="Moment shown"
        view={view}
        at={moment?.at ?? now}
        window={moment?.window ?? window}
        words={moment ? `${momentWords(moment, now)}, ${agoText(now - moment.at)}` : 'live'}
        onDrag={(event) => drag(event, look)}
        onResize={(event) => dragStart(event, moment?.at ?? now)}
        onKey={(steps) => look((moment?.at ?? snap(now, step, now)) + steps * step)}
        onHome={() => look(view.from + window)}
        onEnd={() => workspace.past.lookAt(null)}
        onAway={() => workspace.past.lookAt(null)}
      />
    </div>
  );
}

const percent = (share: number) => `${(100 * share).toFixed(3)}%`;

const nearestWindow = (length: Milliseconds): Milliseconds =>
  WINDOWS.reduce((a, b) =>
    Math.abs(Math.log(b / Math.max(1, length))) < Math.abs(Math.log(a / Math.max(1, length))) ? b : a,
  );

type BandProps = {
  className: string;
  label: string;
  view: View;
  at: EpochMs;
  window: Milliseconds;
  words: string;
  onDrag: (event: PointerEvent<Element>) => void;
  onResize: (event: PointerEvent<Element>) => void;
  onKey: (steps: number) => void;
  onHome: () => void;
  onEnd: () => void;
  onAway: () => void;
};

/** A window of time: its right end is the moment, its left end is dragged to make it longer. */
function Band({ className, label, view, at, window, words, onDrag, onResize, ...on }: BandProps) {
  const right = shareOf(at, view);
  const left = Math.max(0, shareOf(at - window, view));
  if (right < 0 || left > 1) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = stepsOf(event);
    if (steps !== undefined) on.onKey(steps);
    else if (event.key === 'Home') on.onHome();
    else if (event.key === 'End') on.onEnd();
    else if (event.key === 'Escape') on.onAway();
    else return;
    event.preventDefault();
  };
  return (
    <div className={`band ${className}`} style={{ left: percent(left), width: percent(right - left) }}>
      <span className="resize" aria-hidden="true" title="Longer or shorter" onPointerDown={onResize} />
      <div
        role="slider"
        tabIndex={0}
        className="grip"
        aria-label={label}
        aria-valuemin={Math.round(view.from / 1000)}
        aria-valuemax={Math.round(view.to / 1000)}
        aria-valuenow={Math.round(at / 1000)}
        aria-valuetext={words}
        title={words}
        onPointerDown={onDrag}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
