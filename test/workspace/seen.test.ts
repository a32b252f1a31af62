/** The small curve of an edge is of one source: what a file says of hours ago, or the simulator, is no part of it. */
import { expect, it } from 'vitest';
import { createReadingStore } from '../../src/workspace/readings.ts';
import { createSeen } from '../../src/workspace/seen.ts';
import { always, reading } from '../analysis/reading.ts';

it('begins anew when another source speaks for the edge, and goes on while one does', () => {
  const live = createReadingStore();
  const seen = createSeen(live);
  const say = (source: string, at: number, simulated = false) => {
    const said = [reading({ at, value: always(at), provenance: { source, label: source, simulated } })];
    live.put(said);
    seen.remember(said);
    return seen.of('e').map((point) => point.at);
  };
  expect(say('file:trace', 1000)).toEqual([1000]);
  expect(say('prom', 9000)).toEqual([9000]);
  expect(say('prom', 9500)).toEqual([9000]);
  expect(say('prom', 10_000)).toEqual([9000, 10_000]);
  expect(say('sim', 11_000, true)).toEqual([9000, 10_000]);
});
