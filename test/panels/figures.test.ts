import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/graph/index.ts';
import {
  basisText,
  bothSides,
  boundsText,
  figureText,
  meanGap,
  quantileFigure,
  sharedOut,
} from '../../src/panels/live/figures.ts';

const reading = (change: Partial<Reading>): Reading => ({
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

describe('figures in words', () => {
  it('state the bucket a quantile lies in, and nothing where the value is exact', () => {
    expect(boundsText({ value: 182, low: 175, high: 200 })).toBe('175–200 ms');
    expect(boundsText({ value: 1, low: 0.8, high: 1.2 })).toBe('800 µs – 1.2 ms');
    expect(boundsText({ value: 3, low: 0, high: 5 })).toBe('0–5 ms');
    expect(boundsText({ value: 70_000, low: 60_000, high: 150_000 })).toBe('60 s – 2 min 30 s');
    expect(boundsText({ value: 182, low: 182, high: 182 })).toBeNull();
  });

  it('say at least, not exactly, in an open last bucket', () => {
    const open = reading({ value: { type: 'histogram', bounds: [5000, 10_000, null], counts: [1, 0, 9] } });
    expect(quantileFigure(open, 0.95, null)).toEqual({ text: '≥ 10 s', bounds: null, ratio: null });
  });

  it('carry the unit of their metric, and are a dash where nothing was measured', () => {
    expect(figureText(null, 0.95)).toBe('–');
    expect(figureText(reading({ metric: 'errors', value: 0.005 }), 0.95)).toBe('0.5 %');
    expect(figureText(reading({ metric: 'rate', value: 1230 }), 0.95)).toBe('1230 /s');
    expect(figureText(reading({ metric: 'queue depth', value: 12_300 }), 0.95)).toBe('12.3k messages');
    expect(figureText(reading({ value: { type: 'quantiles', points: [{ q: 0.5, value: 7 }] } }), 0.95)).toBe(
      '–',
    );
  });

  it('a rate is shared out over the instances, where it is known how many there are', () => {
    const rate = reading({ metric: 'rate', value: 90, instances: 3 });
    expect(sharedOut(rate)?.value).toBe(30);
    expect(sharedOut({ ...rate, instances: 1 })?.value).toBe(90);
    for (const each of [{ instances: null }, { instance: 'a', instances: null }])
      expect(sharedOut({ ...rate, ...each })).toBeNull();
    expect(sharedOut(null)).toBeNull();
    expect(sharedOut(reading({ instances: 3 }))).toBeNull();
  });

  it('say on what they rest', () => {
    expect(basisText(reading({ side: 'caller', samples: 1234, instances: 1 }))).toBe(
      'caller side · over 60 s · 1.23k samples · 1 instance',
    );
    expect(basisText(reading({ window: 0 }))).toBe('');
  });
});

describe('the two ends of an edge', () => {
  const caller = reading({ side: 'caller', value: { type: 'samples', values: [20, 40] } });
  const callee = reading({ side: 'callee', value: { type: 'samples', values: [10, 20] } });

  it('are shown together when one source knows both', () => {
    expect(bothSides([callee, caller], caller)).toEqual([caller, callee]);
    const other = reading({ side: 'callee', provenance: { ...callee.provenance, source: 'other' } });
    expect(bothSides([other, caller], caller)).toEqual([caller]);
    expect(bothSides([], null)).toEqual([]);
  });

  it('differ by their means, which not every source gives', () => {
    expect(meanGap([caller, callee])).toBe(15);
    expect(meanGap([caller])).toBeNull();
    const coarse = reading({
      side: 'callee',
      value: { type: 'histogram', bounds: [10, null], counts: [1, 1] },
    });
    expect(meanGap([caller, coarse])).toBe('unknown');
    const summed = reading({
      side: 'callee',
      value: { type: 'histogram', bounds: [10, null], counts: [1, 1], sum: 14 },
    });
    expect(meanGap([caller, summed])).toBe(23);
  });
});
