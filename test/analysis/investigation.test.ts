/** The investigation as all panels and the report show it: one likelihood for each suspect, from undisturbed figures. */
import { describe, expect, it } from 'vitest';
import { believed, type Known, ranked, symptomOf, undisturbed } from '../../src/analysis/index.ts';
import { type Board, type Experiment, emptyBoard, type Snapshot } from '../../src/graph/index.ts';
import { reading } from './reading.ts';

/** web → shop → payments; payments takes so many milliseconds of each request. */
function board(): Board {
  const drawn = emptyBoard('b', 'Slow checkout');
  for (const id of ['web', 'shop', 'payments'])
    drawn.nodes[id] = { id, name: id, kind: id === 'web' ? 'client' : 'service', position: [0, 0] };
  drawn.edges.first = { id: 'first', source: 'web', target: 'shop', kind: 'call' };
  drawn.edges.second = { id: 'second', source: 'shop', target: 'payments', kind: 'call' };
  return drawn;
}

const snapshot = (id: string, at: number, payments: number): Snapshot => ({
  ...{ id, name: id, at, window: 60_000 },
  readings: [
    ['first', 20 + payments],
    ['second', payments],
  ].flatMap(([edge, ms]) => {
    const values = Array.from({ length: 1000 }, (_, i) => Number(ms) * (0.9 + i / 5000));
    const of = { subject: { type: 'edge', id: edge as string }, at, side: 'caller', samples: 1000 } as const;
    return [
      reading({ ...of, value: { type: 'samples', values } }),
      reading({ ...of, metric: 'rate', value: 1000 / 60 }),
    ];
  }),
});

const known = (drawn = board()): Known => ({
  ...{ board: drawn, q: 0.95 },
  usual: snapshot('usual', 100_000, 10),
  now: snapshot('shown', 900_000, 200),
});

describe('the ranking', () => {
  it('gives each suspect the likelihood that experiments go by', () => {
    const suspects = ranked(known());
    const { candidates } = believed(known(), symptomOf(known())!);
    expect(suspects[0]!.subject).toEqual({ type: 'node', id: 'payments' });
    for (const { part, share } of candidates) {
      const rows = suspects.filter(({ subject }) => subject.type === part.type && subject.id === part.id);
      if (rows.length === 0) continue;
      expect(rows.reduce((sum, row) => sum + row.share, 0)).toBeCloseTo(share, 9);
    }
    const shares = suspects.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  });

  it('is moved by what was tried, for who is still slow without it', () => {
    const drawn = board();
    drawn.snapshots.before = snapshot('before', 300_000, 200);
    drawn.snapshots.after = snapshot('after', 400_000, 199);
    drawn.experiments.x = {
      ...{ id: 'x', part: { type: 'node', id: 'payments' }, action: 'stubbed', at: 300_000 },
      ...{ since: 310_000, until: 410_000, before: 'before', after: 'after' },
      symptom: { subject: { type: 'edge', id: 'first' }, metric: 'latency', q: 0.95 },
    };
    const share = (of: Known) => ranked(of).find(({ subject }) => subject.id === 'payments')?.share ?? 0;
    expect(share(known(drawn))).toBeLessThan(share(known()) / 5);
  });
});

describe('figures of now', () => {
  const experiment = (change: Partial<Experiment>): Board => ({
    ...board(),
    snapshots: { before: snapshot('before', 300_000, 200) },
    experiments: {
      x: {
        ...{ id: 'x', part: { type: 'node', id: 'payments' }, action: 'stubbed', at: 300_000 },
        ...{ before: 'before', ...change },
      },
    },
  });
  const shown = snapshot('shown', 500_000, 1);

  it('are those from before while something is out, and until there are figures of the time since', () => {
    expect(undisturbed(experiment({}), shown)).toBe(shown);
    expect(undisturbed(experiment({ since: 310_000 }), shown)?.id).toBe('before');
    expect(undisturbed(experiment({ since: 310_000, until: 450_000 }), shown)?.id).toBe('before');
    expect(undisturbed(experiment({ since: 310_000, until: 440_000 }), shown)).toBe(shown);
    expect(undisturbed(experiment({ since: 310_000 }), null)?.id).toBe('before');
  });

  it('are those of a moment before anything was out, where that is looked at', () => {
    const earlier = snapshot('shown', 305_000, 1);
    expect(undisturbed(experiment({ since: 310_000 }), earlier)).toBe(earlier);
  });
});
