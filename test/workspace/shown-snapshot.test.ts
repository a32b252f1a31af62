/** What a snapshot holds: what is measured now, and nothing that a source has ceased to speak of. */
import { expect, it } from 'vitest';
import { type Board, emptyBoard } from '../../src/graph/index.ts';
import { createWorkspace, type Services, shownSnapshot } from '../../src/workspace/index.ts';
import { reading } from '../analysis/reading.ts';

const NOW = 1_700_000_000_000;
const BOARD: Board = {
  ...emptyBoard('b'),
  nodes: {
    a: { id: 'a', name: 'a', kind: 'service', position: [0, 0] },
    z: { id: 'z', name: 'z', kind: 'service', position: [300, 0] },
  },
  edges: { e: { id: 'e', source: 'a', target: 'z', kind: 'call' } },
  sources: { s: { id: 's', type: 'prometheus', name: 'P', url: 'http://p', interval: 5000, window: 15_000 } },
};

const at = (source: string, metric: 'latency' | 'rate', time: number) =>
  reading({
    ...{ metric, at: time, window: 15_000, provenance: { source, label: source, simulated: false } },
    ...(metric === 'rate' && { value: 3 }),
  });

function holds(...readings: ReturnType<typeof at>[]): string[] {
  const routes = {
    update() {},
    work: () => false,
    routes: new Map(),
    labels: new Map(),
    version: 0,
    quick: () => [],
  };
  const workspace = createWorkspace({
    ...{ board: BOARD, newId: () => 'new', now: () => NOW, routes },
    services: {} as Services,
  });
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
