/** Commands on what happened: the incident, deploys, alerts. */

import type { Id } from '../fields.ts';
import { type Patch, sameValue } from '../patch.ts';
import type { Board, BoardEvent } from '../schema.ts';
import type { EpochMs } from '../units.ts';
import { insert } from './board.ts';

export const addEvent = (
  board: Board,
  args: { id: Id; kind: BoardEvent['kind']; name: string; at: EpochMs },
): Patch => insert(board, { records: { events: { [args.id]: args } } });

export function removeEvent(board: Board, args: { id: Id }): Patch {
  const old = board.events[args.id];
  return old ? { events: { removed: { [args.id]: old } } } : {};
}

type Told = Omit<BoardEvent, 'id'>;

/** A source looks every so often: what it sees begin is up to so much later than it was, ms. */
const SEEN_WITHIN = 60_000;

/** Two tellings of one event: one source names it alike, and it was still going on, or had hardly ended. */
const isSame = (a: Told, b: Told): boolean =>
  a.source === b.source &&
  a.kind === b.kind &&
  a.name === b.name &&
  a.at <= (b.until ?? Number.POSITIVE_INFINITY) + SEEN_WITHIN &&
  b.at <= (a.until ?? Number.POSITIVE_INFINITY) + SEEN_WITHIN;

/** Adds events that a source told of, each once however often it is told; what has ended meanwhile is said to have. */
export function bringEvents(board: Board, args: { events: readonly Told[]; newId: () => Id }): Patch {
  const known = new Map(Object.entries(board.events));
  for (const told of args.events) {
    const before = [...known.values()].find((event) => isSame(event, told));
    const next = before ? together(before, told) : { ...told, id: args.newId() };
    known.set(next.id, next);
  }
  const added: Record<Id, BoardEvent> = {};
  const updated: Record<Id, [BoardEvent, BoardEvent]> = {};
  for (const [id, event] of known) {
    const old = board.events[id];
    if (!old) added[id] = event;
    else if (!sameValue(old, event)) updated[id] = [old, event];
  }
  return { events: { added, updated } };
}

/** From its first sight on, until the end that was seen last. */
function together(before: BoardEvent, { at, until }: Told): BoardEvent {
  const end = until === undefined ? before.until : Math.max(until, before.until ?? until);
  return { ...before, at: Math.min(before.at, at), ...(end !== undefined && { until: end }) };
}
