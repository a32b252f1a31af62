import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Board, emptyBoard, type Metric, type Reading, type Subject } from '../../src/graph/index.ts';
import { keepOrder, nodeRow, sortIds } from '../../src/panels/outline/rows.ts';

const board: Board = {
  ...emptyBoard('b'),
  nodes: {
    a: { id: 'a', name: 'web', kind: 'gateway', position: [0, 0] },
    b: { id: 'b', name: 'jobs', kind: 'worker', position: [0, 0] },
    c: { id: 'c', name: 'cart', kind: 'service', technology: 'Go', group: 'g', position: [0, 0] },
  },
  edges: {
    ac: { id: 'ac', source: 'a', target: 'c', kind: 'call' },
    bc: { id: 'bc', source: 'b', target: 'c', kind: 'call' },
  },
  groups: { g: { id: 'g', name: 'shop' } },
};

const reading = (subject: Subject, metric: Metric, value: Reading['value']): Reading => ({
  subject,
  metric,
  value,
  at: 0 as Reading['at'],
  window: 1000 as Reading['window'],
  instance: null,
  instances: null,
  side: null,
  samples: null,
  provenance: { source: 's', label: 'Prometheus', simulated: false },
});

describe('the row of a node', () => {
  const latencies: Record<string, number[]> = { ac: [10, 20, 30], bc: [400] };
  const best = (subject: Subject, metric: Metric) =>
    metric === 'latency' && latencies[subject.id]
      ? reading(subject, metric, { type: 'samples', values: latencies[subject.id]! })
      : null;

  it('says what it is, what it is connected to, and the worst of what comes in', () => {
    const nodeReadings = () => [reading({ type: 'node', id: 'c' }, 'rate', 12)];
    expect(nodeRow(board, 'c', { best, q: 0.5, nodeReadings })).toEqual({
      id: 'c',
      name: 'cart',
      kind: 'service',
      technology: 'Go',
      group: 'shop',
      into: 2,
      out: 0,
      rate: 12,
      worst: 400,
    });
  });

  it('says of what is not measured that it is not', () => {
    const row = nodeRow(board, 'c', { best: () => null, q: 0.5, nodeReadings: () => [] });
    expect([row.rate, row.worst]).toEqual([null, null]);
  });
});

describe('the order of rows', () => {
  const key = fc.option(fc.double({ min: 0, max: 1e4, noNaN: true }));
  const keyed = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), key, { noNullPrototype: true });

  it('has what is not known last, in both directions', () => {
    fc.assert(
      fc.property(keyed, fc.boolean(), (keys, descending) => {
        const sorted = sortIds(Object.keys(keys), (id) => keys[id] ?? null, descending);
        expect(new Set(sorted)).toEqual(new Set(Object.keys(keys)));
        const values = sorted.map((id) => keys[id] ?? null);
        const known = values.filter((value) => value !== null);
        expect(values.slice(0, known.length)).toEqual(known);
        expect(known).toEqual([...known].sort((a, b) => (descending ? b - a : a - b)));
      }),
    );
  });

  it('is kept while rows come and go: nobody is moved, new ones come last', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z]$/), { maxLength: 20 });
    fc.assert(
      fc.property(ids, ids, (before, now) => {
        const kept = keepOrder(before, now);
        expect(new Set(kept)).toEqual(new Set(now));
        expect(kept).toHaveLength(now.length);
        const stayed = before.filter((id) => now.includes(id));
        expect(kept.slice(0, stayed.length)).toEqual(stayed);
      }),
    );
  });
});
