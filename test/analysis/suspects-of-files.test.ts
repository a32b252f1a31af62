/** Two files are two sources: the ranking compares them all the same, and mixes nothing that is not alike. */
import { expect, it } from 'vitest';
import { rankSuspects } from '../../src/analysis/index.ts';
import { type Board, emptyBoard, type Reading } from '../../src/graph/index.ts';
import { reading, snapshot } from './reading.ts';

function board(): Board {
  const drawn = emptyBoard('b', 'Shop');
  for (const id of ['shop', 'catalog', 'payments'])
    drawn.nodes[id] = { id, kind: 'service', name: id, position: [0, 0] };
  for (const target of ['catalog', 'payments'])
    drawn.edges[target] = { id: target, source: 'shop', target, kind: 'call' };
  return drawn;
}

/** Requests as one trace file tells of them. */
const seen = (file: string, times: Record<string, number>, simulated = false): Reading[] =>
  Object.entries(times).map(([id, ms]) =>
    reading({
      subject: { type: 'node', id },
      metric: 'own time',
      value: { type: 'samples', values: Array.from({ length: 100 }, (_, i) => ms + (i % 5)) },
      samples: 100,
      provenance: { source: file, label: file, simulated },
    }),
  );

const rank = (before: Reading[], now: Reading[]) =>
  rankSuspects(board(), { before: snapshot(before), now: snapshot(now) });

it('names the part that one file has slower than the other', () => {
  const [first, second] = rank(
    seen('monday.json', { shop: 5, catalog: 5, payments: 5 }),
    seen('tuesday.json', { shop: 5, catalog: 250, payments: 5 }),
  );
  expect(first!.subject.id).toBe('catalog');
  expect(first!.share).toBeGreaterThan(2 * second!.share);
});

it('a source that tells of both times goes before another', () => {
  const slow = { shop: 5, catalog: 250, payments: 5 };
  const ranked = rank([...seen('a', slow), ...seen('b', { catalog: 5 })], seen('a', slow));
  expect(ranked.every(({ reasons }) => reasons.length === 0)).toBe(true);
});

it('never holds what is simulated against what was measured', () => {
  const ranked = rank(
    seen('simulator', { catalog: 5 }, true),
    seen('file', { shop: 5, catalog: 250, payments: 5 }),
  );
  expect(ranked.every(({ reasons }) => reasons.length === 0)).toBe(true);
});
