/** What a node serves: its own figure while that is one of now, else what its edges carry. */
import { expect, it } from 'vitest';
import type { BoardEdge, Reading } from '../../src/graph/index.ts';
import { createReadingStore, nodeReadings } from '../../src/workspace/index.ts';

const into: BoardEdge = { id: 'ab', source: 'a', target: 'b', kind: 'call' };
const rate = (type: 'node' | 'edge', value: number, source: string): Reading => ({
  subject: { type, id: type === 'node' ? 'b' : 'ab' },
  metric: 'rate',
  value,
  at: 1000,
  window: 1000,
  instance: null,
  instances: null,
  side: null,
  samples: null,
  provenance: { source, label: source, simulated: false },
});
const ofFile = (reading: Reading) => reading.provenance.source.startsWith('file:');
const ratesOf = (readings: Reading[], isStale: (reading: Reading) => boolean) =>
  nodeReadings(createReadingStore(readings), [into], 'b', { instance: null, isStale }).map(
    ({ value }) => value,
  );

it('is told by itself while its figure is one of now', () => {
  expect(ratesOf([rate('node', 7, 'live'), rate('edge', 5, 'live')], ofFile)).toEqual([7]);
  expect(ratesOf([rate('node', 7, 'file:x'), rate('edge', 5, 'live')], () => false)).toEqual([7]);
});

it('is told by its edges where a file said otherwise once and they are live', () => {
  expect(ratesOf([rate('node', 7, 'file:x'), rate('edge', 5, 'live')], ofFile)).toEqual([5]);
});

it('stays the old one, marked as old, where nothing newer is known', () => {
  expect(ratesOf([rate('node', 7, 'file:x')], ofFile)).toEqual([7]);
  expect(ratesOf([rate('node', 7, 'file:x'), rate('edge', 5, 'file:x')], ofFile)).toEqual([7]);
});
