/** What a snapshot holds: what is measured now, and nothing that a source has ceased to speak of. */
import { expect, it } from 'vitest';
import { shownSnapshot } from '../../src/workspace/index.ts';
import { reading } from '../analysis/reading.ts';
import { measuredOver, workspaceOf } from './made.ts';

const NOW = 1_700_000_000_000;

const at = (source: string, metric: 'latency' | 'rate', time: number) =>
  reading({
    ...{ metric, at: time, window: 15_000, provenance: { source, label: source, simulated: false } },
    ...(metric === 'rate' && { value: 3 }),
  });

function holds(...readings: ReturnType<typeof at>[]): string[] {
  const workspace = workspaceOf(measuredOver(15_000), { now: () => NOW });
  workspace.readings.put(readings);
  const kept = shownSnapshot(workspace)?.readings ?? [];
  return kept.map(({ metric, provenance }) => `${metric} of ${provenance.source}`);
}

it('leaves out what its source goes on speaking without', () => {
  expect(holds(at('s', 'latency', NOW - 60_000), at('s', 'rate', NOW - 1000))).toEqual(['rate of s']);
});

it('keeps what was said last where the source says nothing more, and what is from a file', () => {
  expect(holds(at('s', 'latency', NOW - 60_000), at('s', 'rate', NOW - 60_000))).toEqual([
    'latency of s',
    'rate of s',
  ]);
  expect(holds(at('file:trace', 'latency', NOW - 3_600_000), at('s', 'rate', NOW - 1000))).toEqual([
    'latency of file:trace',
    'rate of s',
  ]);
});
