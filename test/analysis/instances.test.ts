import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineLatency, countChange, overEdges, spreadOf } from '../../src/analysis/index.ts';
import { mergeDistributions, type Reading } from '../../src/graph/index.ts';
import { always, reading, snapshot } from './reading.ts';

const latency = fc.double({ min: 0.01, max: 1e5, noNaN: true });
const latencies = fc.array(latency, { minLength: 2, maxLength: 40 });
const instances = (values: readonly number[], change: Partial<Reading> = {}) =>
  values.map((ms, i) => reading({ instance: `pod-${i}`, value: always(ms), ...change }));
const spread = (readings: readonly Reading[]) => spreadOf(readings, 'latency', 0.95);

describe('the spread over instances', () => {
  it('is the highest ÷ the median, the highest first, whatever the order', () => {
    fc.assert(
      fc.property(latencies, fc.nat(), (values, turn) => {
        const all = instances(values);
        const at = turn % all.length;
        const found = spread([...all.slice(at), ...all.slice(0, at)])!;
        const sorted = values.toSorted((a, b) => a - b);
        expect(found.figures.map(({ value }) => value)).toEqual(sorted.toReversed());
        const half = (sorted.length - 1) / 2;
        const median = (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
        expect(found.skew).toBeCloseTo(sorted.at(-1)! / median, 9);
        expect(found.skew).toBeGreaterThanOrEqual(1);
        expect(found).toEqual(spread(all));
      }),
    );
  });

  it('does not depend on the unit', () => {
    fc.assert(
      fc.property(latencies, fc.double({ min: 0.1, max: 10, noNaN: true }), (values, by) => {
        const scaled = spread(instances(values.map((value) => value * by)))!;
        expect(scaled.skew! / spread(instances(values))!.skew!).toBeCloseTo(1, 6);
      }),
    );
  });

  it('needs two instances, and neither counts the aggregate nor single operations', () => {
    expect(spread([reading({}), reading({ instance: 'a' })])).toBeNull();
    expect(spread([reading({ instance: 'a' }), reading({ instance: 'b', operation: 'GET /' })])).toBeNull();
  });

  it('is that of one source and one side: real before simulated, the callee before the caller', () => {
    const simulated = { provenance: { source: 'sim', label: 'Simulator', simulated: true } };
    const callee = instances([1, 2], { side: 'callee' });
    const found = spread([
      ...instances([100, 200, 300], { side: 'callee', ...simulated }),
      ...instances([10, 20, 30], { side: 'caller' }),
      ...callee,
    ]);
    expect(found?.figures.map(({ value }) => value)).toEqual([2, 1]);
  });

  it('has no skew where the median is nothing', () => {
    const cpu = [0, 0, 0.5].map((value, i) => reading({ metric: 'cpu', instance: `pod-${i}`, value }));
    expect(spreadOf(cpu, 'cpu', 0.95)?.skew).toBeNull();
  });
});

describe('a node is measured on its edges', () => {
  const node = { type: 'node', id: 'n' } as const;
  it('its instances by what they took for all that came', () => {
    const [a, b] = [
      instances([10, 20], { side: 'callee' }),
      instances([30, 400], { side: 'callee', subject: { type: 'edge', id: 'f' } }),
    ];
    const found = overEdges(node, [a, b, instances([9999], { side: 'caller' })], 0.5);
    expect(found.map(({ subject, instance, value }) => [subject, instance, value])).toEqual([
      [node, 'pod-0', { type: 'samples', values: [10, 30] }],
      [node, 'pod-1', { type: 'samples', values: [20, 400] }],
    ]);
  });

  it('the slowest speaks where nothing can be merged', () => {
    const quantiles = (value: number) =>
      instances([0], { side: 'callee', value: { type: 'quantiles', points: [{ q: 0.5, value }] } });
    expect(overEdges(node, [quantiles(3), quantiles(7), quantiles(5)], 0.5)).toEqual([
      { ...quantiles(7)[0]!, subject: node },
    ]);
  });
});

/** A latency over these instances, and each of them. */
function measured(values: readonly number[]): Reading[] {
  const own = instances(values);
  const merged = mergeDistributions(own.map(({ value }) => value as ReturnType<typeof always>))!;
  return [reading({ value: merged, instances: values.length }), ...own];
}

const changed = (then: Reading[], now: Reading[]) => countChange(now[0]!, now, snapshot(then), 0.95);

describe('an aggregate that moved only because the number of instances changed', () => {
  it('is called out: one slow instance among four, and then among forty', () => {
    const found = changed(
      measured([10, 10, 10, 900]),
      measured([900, ...Array.from({ length: 39 }, () => 10)]),
    );
    expect(found).toMatchObject({ before: 4, now: 40, metric: 'latency', kind: 'instance count' });
    expect(found?.ratio).toBeLessThan(0.1);
    expect(found?.sentence).toBe(
      'p95 ↓77× only because there are 40 instances now and 4 before: each of them is as it was.',
    );
  });

  it('a rate is shared out where it is not told per instance', () => {
    const rate = (value: number, count: number | null) => [
      reading({ metric: 'rate', value, instances: count }),
    ];
    expect(changed(rate(300, 3), rate(500, 5))?.sentence).toBe(
      'Rate ↑1.7× only because there are 5 instances now and 3 before: each of them is as it was.',
    );
    expect(changed(rate(300, 3), rate(500, 3))).toBeNull();
    expect(changed(rate(300, 3), rate(500, null))).toBeNull();
    expect(changed(rate(300, 3), rate(900, 5))).toBeNull();
  });

  it('is none where an instance became slower, the number stayed, or the aggregate did', () => {
    fc.assert(
      fc.property(latencies, latencies, (then, now) => {
        const found = changed(measured(then), measured(now));
        if (!found) return;
        expect(found.before).toBe(then.length);
        expect(found.now).toBe(now.length);
        expect(then.length).not.toBe(now.length);
        const [a, b] = [Math.max(...then), Math.max(...now)];
        expect(Math.abs(Math.log2(a / b))).toBeLessThanOrEqual(0.26);
        expect(Math.abs(Math.log2(found.ratio))).toBeGreaterThan(0.26);
      }),
    );
    expect(changed(measured([10, 900]), measured([10, 10, 10, 4000]))).toBeNull();
  });

  it('says nothing without a baseline', () => {
    expect(countChange(reading({}), [], null, 0.95)).toBeNull();
  });
});

describe('what a figure is compared with', () => {
  it('is the same instance, or all of them, and never one operation', () => {
    const then = snapshot([
      reading({ value: always(10) }),
      reading({ value: always(70), instance: 'a' }),
      reading({ value: always(5), operation: 'GET /' }),
    ]);
    expect(baselineLatency(then, reading({}), 0.5)).toBe(10);
    expect(baselineLatency(then, reading({ instance: 'a' }), 0.5)).toBe(70);
    expect(baselineLatency(then, reading({ instance: 'b' }), 0.5)).toBeNull();
    expect(baselineLatency(then, reading({ operation: 'GET /' }), 0.5)).toBe(5);
  });
});
