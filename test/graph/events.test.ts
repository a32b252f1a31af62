import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addEvent,
  applyPatch,
  type Board,
  type BoardEvent,
  bringEvents,
  emptyBoard,
  invertPatch,
  isEmptyPatch,
  removeEvent,
} from '../../src/graph/index.ts';

type Told = Omit<BoardEvent, 'id'>;
const MINUTE = 60_000;

/** What one alert did: it fired so long, after so long a pause, again and again, min; perhaps it goes on. */
const firing = fc
  .tuple(
    fc.constantFrom('HighLatency', 'DiskFull'),
    fc.constantFrom('Prometheus a', 'Prometheus b'),
    fc.array(fc.tuple(fc.integer({ min: 2, max: 90 }), fc.integer({ min: 0, max: 90 })), { maxLength: 4 }),
    fc.boolean(),
  )
  .map(([name, source, runs, goesOn]) => {
    let now = 0;
    return runs.map(([pause, length], i): Told => {
      const at = now + pause * MINUTE;
      now = at + length * MINUTE;
      const end = goesOn && i === runs.length - 1 ? {} : { until: now };
      return { kind: 'alert', name, source, at, ...end };
    });
  });
const told = fc
  .uniqueArray(firing, { selector: ([first]) => `${first?.name} ${first?.source}`, maxLength: 4 })
  .map((all) => all.flat());

function counted() {
  let count = 0;
  return () => `event ${count++}`;
}

describe('events', () => {
  it('are added and taken away, and both can be undone', () => {
    const board = emptyBoard('b');
    const add = addEvent(board, { id: 'e', kind: 'incident', name: 'Incident began', at: 5 });
    const { board: with1 } = applyPatch(board, add);
    expect(with1.events).toEqual({ e: { id: 'e', kind: 'incident', name: 'Incident began', at: 5 } });
    const gone = applyPatch(with1, removeEvent(with1, { id: 'e' }));
    expect(gone.board.events).toEqual({});
    expect(applyPatch(gone.board, invertPatch(gone.patch)).board).toEqual(with1);
    expect(isEmptyPatch(removeEvent(board, { id: 'e' }))).toBe(true);
  });

  it('brought twice are there once, whatever stretch was asked about', () => {
    fc.assert(
      fc.property(
        told,
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 59 }),
        (events, from, late) => {
          const newId = counted();
          const bring = (board: Board, all: readonly Told[]) =>
            applyPatch(board, bringEvents(board, { events: all, newId })).board;
          const once = bring(emptyBoard('b'), events);
          expect(Object.values(once.events).map(({ id: _, ...event }) => event)).toEqual(events);
          expect(bring(once, events)).toEqual(once);
          // asked again from later on: what was under way then seems to begin there, and all is seen a little later
          const start = from * MINUTE;
          const again = events
            .filter(({ until }) => until === undefined || until >= start)
            .map((event) => ({
              ...event,
              at: Math.max(start, event.at + Math.min(late, (event.until ?? event.at + late) - event.at)),
            }));
          expect(bring(once, again)).toEqual(once);
        },
      ),
    );
  });

  it('that go on are said to have ended once they have', () => {
    const going: Told = { kind: 'alert', name: 'HighLatency', source: 'Prometheus a', at: 5 * MINUTE };
    const board = applyPatch(
      emptyBoard('b'),
      bringEvents(emptyBoard('b'), { events: [going], newId: counted() }),
    ).board;
    const ended = { ...going, at: 7 * MINUTE, until: 9 * MINUTE };
    const patch = bringEvents(board, { events: [ended], newId: counted() });
    expect(Object.values(applyPatch(board, patch).board.events)).toEqual([
      { ...going, id: 'event 0', until: 9 * MINUTE },
    ]);
  });
});
