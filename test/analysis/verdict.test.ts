/** A verdict agrees with the interval that it stands beside. */
import { expect, it } from 'vitest';
import { believed, type Known, ranked, verdictOf } from '../../src/analysis/index.ts';
import { type Board, emptyBoard, type Snapshot, type Symptom } from '../../src/graph/index.ts';
import { reading } from './reading.ts';

const SYMPTOM: Symptom = { subject: { type: 'edge', id: 'first' }, metric: 'latency', q: 0.95 };

/** Of each hundred requests so many took so long, the others 60 to 89 ms. */
function measured(id: string, slow: number, { at = 0, ms = 700, rate = 25 } = {}): Snapshot {
  const each = (_: unknown, i: number) => (i % 100 < slow ? ms + (i % 7) : 60 + (i % 30));
  const values = Array.from({ length: 400 }, each).sort((a, b) => a - b);
  const of = { subject: SYMPTOM.subject, side: 'caller' as const, at, samples: 400 };
  return {
    ...{ id, name: id, at, window: 15_000 },
    readings: [
      reading({ ...of, value: { type: 'samples', values } }),
      reading({ ...of, metric: 'rate', value: rate }),
    ],
  };
}

it('calls gone what is surely better than usual, also where usual is hardly better than what was', () => {
  const usual = measured('usual', 100, { ms: 510 });
  const after = measured('after', 0, { rate: 12 });
  const { outcome, guards } = verdictOf(measured('before', 25), after, SYMPTOM, usual);
  expect(guards.map(({ kind }) => kind)).toContain('other load');
  expect(outcome).toBe('gone');
});

it('what was tried is said once of a part, however many instances it has', () => {
  const board: Board = emptyBoard('b', 'Shop');
  for (const id of ['web', 'shop']) board.nodes[id] = { id, name: id, kind: 'service', position: [0, 0] };
  board.edges.first = { id: 'first', source: 'web', target: 'shop', kind: 'call' };
  const withInstances = (snapshot: Snapshot): Snapshot => ({
    ...snapshot,
    readings: snapshot.readings.flatMap((each) => [
      each,
      ...['shop-1', 'shop-2'].map((instance) => ({ ...each, side: 'callee' as const, instance })),
    ]),
  });
  board.snapshots.before = withInstances(measured('before', 25, { at: 1_000 }));
  board.snapshots.after = withInstances(measured('after', 0, { at: 30_000 }));
  board.experiments.x = {
    ...{ id: 'x', part: { type: 'node', id: 'shop' }, action: 'restored', at: 1_000, since: 2_000 },
    ...{ until: 40_000, before: 'before', after: 'after', symptom: SYMPTOM },
  };
  const known: Known = {
    ...{ board, q: 0.95, usual: withInstances(measured('usual', 0)) },
    now: withInstances(measured('now', 25, { at: 90_000 })),
  };
  expect(believed(known, SYMPTOM).candidates.filter(({ part }) => part.type === 'instance').length).toBe(2);
  for (const { reasons } of ranked(known))
    expect(reasons.filter(({ kind }) => kind === 'told').length).toBeLessThan(2);
});
