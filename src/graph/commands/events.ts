/** Commands on what happened: the incident, deploys, alerts. */
import type { Patch } from '../patch.ts';
import type { Board, BoardEvent, Id } from '../schema.ts';
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

/** Two tellings of one event: the same source, kind, name and beginning. */
const keyOf = ({ source, kind, name, at }: Omit<BoardEvent, 'id'>) =>
  JSON.stringify([source, kind, name, at]);

/** Adds events that a source told of, each once however often it is told; its end follows what is told last. */
export function bringEvents(
  board: Board,
  args: { events: readonly Omit<BoardEvent, 'id'>[]; newId: () => Id },
): Patch {
  const known = new Map(Object.values(board.events).map((event) => [keyOf(event), event]));
  const added: Record<Id, BoardEvent> = {};
  const updated: Record<Id, [BoardEvent, BoardEvent]> = {};
  for (const told of args.events) {
    const before = known.get(keyOf(told));
    if (before && before.until === told.until) continue;
    const next = { ...told, id: before?.id ?? args.newId() };
    known.set(keyOf(told), next);
    const old = board.events[next.id];
    if (old) updated[next.id] = [old, next];
    else added[next.id] = next;
  }
  return { events: { added, updated } };
}
