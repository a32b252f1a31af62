/** Readings of instances, for the tests of what is concluded from them. */
import type { Distribution, Reading, Snapshot } from '../../src/graph/index.ts';

export const reading = (change: Partial<Reading>): Reading => ({
  subject: { type: 'edge', id: 'e' },
  metric: 'latency',
  value: { type: 'samples', values: [10, 20, 30] },
  at: 0,
  window: 60_000,
  instance: null,
  instances: null,
  side: null,
  samples: null,
  provenance: { source: 's', label: 'Prometheus', simulated: false },
  ...change,
});

/** One latency that all requests took. */
export const always = (ms: number): Distribution => ({ type: 'samples', values: [ms] });

export const snapshot = (readings: Reading[]): Snapshot => ({
  id: 'before',
  name: 'Before',
  at: 0,
  window: 60_000,
  readings,
});
