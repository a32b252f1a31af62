import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addEvent,
  applyPatch,
  type BoardEvent,
  bringEvents,
  EVENT_KINDS,
  emptyBoard,
  invertPatch,
  isEmptyPatch,
  removeEvent,
} from '../../src/graph/index.ts';

const told: fc.Arbitrary<Omit<BoardEvent, 'id'>> = fc
  .record(
    {
      kind: fc.constantFrom(...EVENT_KINDS),
      name: fc.constantFrom('HighLatency', 'deploy 7', 'disk full'),
      at: fc.integer({ min: 0, max: 3 }),
      until: fc.integer({ min: 4, max: 9 }),
      source: fc.constantFrom('Prometheus a', 'Prometheus b'),
    },
    { requiredKeys: ['kind', 'name', 'at', 'source'] },
  )
  .map((event) => ({ ...event }));

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

  it('brought twice are there once; what has ended since is said to have', () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 12 }), (events) => {
        const newId = counted();
        const bring = (board: ReturnType<typeof emptyBoard>) =>
          applyPatch(board, bringEvents(board, { events, newId })).board;
        const once = bring(emptyBoard('b'));
        const twice = bring(once);
        expect(Object.keys(twice.events)).toEqual(Object.keys(once.events));
        for (const { until, ...event } of events) {
          const same = events.filter((each) => {
            const { until: _, ...rest } = each;
            return (
              JSON.stringify(Object.entries(rest).sort()) === JSON.stringify(Object.entries(event).sort())
            );
          });
          const kept = Object.values(twice.events).filter((each) => matches(each, event));
          expect(kept).toHaveLength(1);
          expect(kept[0]!.until).toBe(same.at(-1)!.until);
        }
      }),
    );
  });
});

const matches = (a: Omit<BoardEvent, 'id' | 'until'>, b: Omit<BoardEvent, 'id' | 'until'>) =>
  a.kind === b.kind && a.name === b.name && a.at === b.at && a.source === b.source;
