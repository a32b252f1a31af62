/** What the strip has beside its bands: events, marks, snapshots and experiments, each at its time. */
import { Bell, Flag, type IconNode, Rocket, TriangleAlert, Wrench } from 'lucide';
import { type SyntheticEvent, useState } from 'react';
import {
  type BoardEvent,
  type EpochMs,
  type Id,
  type Mark,
  type Snapshot,
  subjectName,
} from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { goTo, momentText } from '../names.ts';
import { Icon } from '../ui/icon.tsx';
import { percent, shareOf, type View, windowText } from './scale.ts';
import { endOf, Tried } from './tried.tsx';

const ICONS: Record<BoardEvent['kind'], IconNode> = {
  incident: TriangleAlert,
  deploy: Rocket,
  change: Wrench,
  alert: Bell,
  other: Flag,
};

type Props = { workspace: Workspace; view: View; now: EpochMs; onEvent: (id: Id) => void };

export function Lanes({ workspace, view, now, onEvent }: Props) {
  const events = workspace.use((state) => state.board.events);
  const marks = workspace.use((state) => state.board.marks);
  const snapshots = workspace.use((state) => state.board.snapshots);
  const experiments = workspace.use((state) => state.board.experiments);
  const [told, setTold] = useState<{ words: string; share: number } | null>(null);
  const tell = ({ target }: SyntheticEvent) => {
    const of = (target as Element).closest('button');
    const strip = of?.parentElement?.getBoundingClientRect();
    if (!of || !strip) return;
    const { left, width } = of.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (left + width / 2 - strip.left) / strip.width));
    setTold({ words: of.getAttribute('aria-label') ?? '', share });
  };
  const stopTelling = () => setTold(null);
  const isIn = (from: EpochMs, to = from) => to >= view.from && from <= view.to;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only shows what each button in it is called
    <div
      className="lanes"
      onPointerOver={tell}
      onPointerOut={stopTelling}
      onFocus={tell}
      onBlur={stopTelling}
    >
      {Object.values(snapshots)
        .filter(({ at, window }) => isIn(at - window, at))
        .map((snapshot) => (
          <Frozen key={snapshot.id} workspace={workspace} snapshot={snapshot} view={view} now={now} />
        ))}
      {Object.values(marks)
        .filter(({ at }) => isIn(at))
        .map((mark) => (
          <Decided key={mark.id} workspace={workspace} mark={mark} view={view} now={now} />
        ))}
      {Object.values(events)
        .filter(({ at, until }) => isIn(at, until ?? at))
        .map((event) => (
          <Happened key={event.id} event={event} view={view} now={now} onEvent={onEvent} />
        ))}
      {Object.values(experiments)
        .filter((each) => isIn(each.at, endOf(each, snapshots, now)))
        .map((each) => (
          <Tried key={each.id} workspace={workspace} experiment={each} view={view} now={now} />
        ))}
      {told && (
        <p
          className="told"
          aria-hidden="true"
          style={{ left: percent(told.share), transform: `translateX(-${percent(told.share)})` }}
        >
          {told.words}
        </p>
      )}
    </div>
  );
}

/** Further right a name stands to the left of its time. */
const FLIPPED_FROM = 0.8;
/** Nothing that stands on the strip is where a drag of the strip begins. */
const stop = (event: { stopPropagation(): void }) => event.stopPropagation();

type HappenedProps = { event: BoardEvent; view: View; now: EpochMs; onEvent: (id: Id) => void };

function Happened({ event: { id, kind, name, at, until }, view, now, onEvent }: HappenedProps) {
  const words = `${name || kind}, ${momentText(at, now)}${until === undefined ? '' : ` to ${momentText(until, now)}`}`;
  const left = shareOf(at, view);
  return (
    <>
      {until !== undefined && (
        <span className="lasted" style={{ left: percent(left), right: percent(1 - shareOf(until, view)) }} />
      )}
      <button
        type="button"
        className={left > FLIPPED_FROM ? 'event flipped' : 'event'}
        data-kind={kind}
        style={{ left: percent(left) }}
        aria-label={`${kind}: ${words}`}
        onPointerDown={stop}
        onClick={() => onEvent(id)}
      >
        <Icon of={ICONS[kind]} size={12} />
        <span className="cut">{name}</span>
      </button>
    </>
  );
}

type DecidedProps = { workspace: Workspace; mark: Mark; view: View; now: EpochMs };

function Decided({ workspace, mark, view, now }: DecidedProps) {
  const board = workspace.use((state) => state.board);
  const words = `${subjectName(board, mark.subject)} ${mark.status}, ${momentText(mark.at, now)}`;
  return (
    <button
      type="button"
      className="decided"
      data-status={mark.status}
      style={{ left: percent(shareOf(mark.at, view)) }}
      aria-label={words}
      onPointerDown={stop}
      onClick={() => goTo(workspace, mark.subject)}
    />
  );
}

type FrozenProps = { workspace: Workspace; snapshot: Snapshot; view: View; now: EpochMs };

/** A click shows the snapshot itself: the figures as they were frozen, whether or not a source still has them. */
function Frozen({ workspace, snapshot: { id, name, at, window }, view, now }: FrozenProps) {
  const chosen = workspace.use((state) => state.session.moment?.snapshot === id);
  const compared = workspace.use(() => workspace.past.baseline()?.id === id);
  const words = `${name}, ${momentText(at, now)}, over ${windowText(window)}${compared ? ', compared with' : ''}`;
  return (
    <button
      type="button"
      className="frozen"
      aria-pressed={chosen}
      data-compared={compared}
      style={{ left: percent(shareOf(at - window, view)), right: percent(1 - shareOf(at, view)) }}
      aria-label={`Snapshot ${words}`}
      onPointerDown={stop}
      onClick={() => workspace.past.lookAt(chosen ? null : { at, window, snapshot: id })}
    >
      <span className="cut">{name}</span>
    </button>
  );
}
