import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/graph/index.ts';
import { instanceTables, sortInstances } from '../../src/panels/live/instance-rows.ts';

const reading = (
  instance: string,
  metric: Reading['metric'],
  value: number,
  side: Reading['side'],
): Reading => ({
  subject: { type: 'edge', id: 'e' },
  metric,
  value: metric === 'latency' ? { type: 'samples', values: [value] } : value,
  at: 0,
  window: 60_000,
  instance,
  instances: null,
  side,
  samples: null,
  provenance: { source: 's', label: 'Prometheus', simulated: false },
});

describe('instances as rows', () => {
  it('those of both ends stand apart; what has no side stands with those that were called', () => {
    const tables = instanceTables([
      reading('cart-1', 'latency', 10, 'callee'),
      reading('cart-1', 'rate', 5, null),
      reading('edge-1', 'latency', 12, 'caller'),
    ]);
    expect(tables.map(({ side, metrics, rows }) => [side, metrics, rows.map((row) => row.instance)])).toEqual(
      [
        ['callee', ['latency', 'rate'], ['cart-1']],
        ['caller', ['latency'], ['edge-1']],
      ],
    );
    expect(instanceTables([reading('a', 'cpu', 0.5, null)]).map(({ side }) => side)).toEqual([null]);
    expect(instanceTables([])).toEqual([]);
  });

  it('the worst comes first, what was not measured last, and names count as people count', () => {
    const readings = [
      reading('pod-10', 'latency', 10, null),
      reading('pod-9', 'latency', 900, null),
      reading('pod-8', 'rate', 1, null),
    ];
    const rows = instanceTables(readings)[0]!.rows;
    const names = (by: 'latency' | 'instance', descending: boolean) =>
      sortInstances(rows, { by, descending }, 0.95).map(({ instance }) => instance);
    expect(names('latency', true)).toEqual(['pod-9', 'pod-10', 'pod-8']);
    expect(names('latency', false)).toEqual(['pod-10', 'pod-9', 'pod-8']);
    expect(names('instance', false)).toEqual(['pod-8', 'pod-9', 'pod-10']);
  });
});
