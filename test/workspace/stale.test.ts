/** What was read from a file is of then, and must not pass for live beside what is. */
import { expect, it } from 'vitest';
import type { SourceConfig } from '../../src/graph/index.ts';
import { isStaleHere } from '../../src/workspace/stale.ts';
import { reading } from '../analysis/reading.ts';

const HOUR = 3_600_000;
const from = (source: string, at: number) =>
  reading({ at, provenance: { source, label: source, simulated: false } });
const asked: Record<string, SourceConfig> = {
  prom: { id: 'prom', type: 'prometheus', name: 'P', url: 'http://p', interval: 5000, window: 60_000 },
};
const simulated: Record<string, SourceConfig> = {
  sim: { id: 'sim', type: 'simulator', name: 'Simulator', seed: 1 },
};

it.each([
  ['a file alone is as old as it is', 'file:trace', {}, false],
  ['a file beside the simulator, which is marked itself', 'file:trace', simulated, false],
  ['a file beside a source that is asked is told to be of then', 'file:trace', asked, true],
])('%s', (_, source, sources, stale) => {
  expect(isStaleHere(from(source, 0), 7 * HOUR, sources, {})).toBe(stale);
});

it('what was asked for just now is live beside a file', () => {
  expect(isStaleHere(from('prom', 7 * HOUR), 7 * HOUR + 1000, asked, {})).toBe(false);
});
