import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { otlpSpans, type Tally, tallySpans } from '../../src/formats/index.ts';
import { mergeDistributions, quantile } from '../../src/graph/index.ts';
import { MOST } from '../../src/server/push/limits.ts';
import { createRing, MEMORY } from '../../src/server/push/ring.ts';
import { asJson, type TestSpan } from './otlp-encoder.ts';
import { visit } from './shop.ts';

const NOW = 1_700_000_000_000;
const MINUTE = 60_000;
const BUCKET_WIDTH = 2 ** (1 / 8);

const tallyOf = (spans: readonly TestSpan[]): Tally =>
  tallySpans(otlpSpans([JSON.parse(asJson(spans))]).spans);

/** The durations that orders took, as one. */
const ordersOf = (tally: Tally) => {
  const own = tally.series.filter(
    ({ type, metric, side, key }) =>
      type === 'edge' && metric === 'latency' && side === 'callee' && key.includes('orders'),
  );
  return {
    durations: mergeDistributions(own.map(({ durations }) => durations)),
    calls: own.reduce((sum, { calls }) => sum + calls, 0),
    failed: own.reduce((sum, { failed }) => sum + failed, 0),
  };
};
describe('figures', () => {
  test('a quantile is in the bucket of the duration it stands for, which is 9.05 % wide', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 100_000, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0.5, 0.95, 0.99),
        (all, q) => {
          const ring = createRing(MOST);
          all.forEach((took, n) => {
            ring.fold(tallyOf(visit({ n, end: NOW, took })), NOW, NOW, 1);
          });
          const { durations, calls } = ordersOf(ring.read(NOW + 1, MINUTE, NOW + 1));
          expect(calls).toBe(all.length);
          // durations are whole microseconds
          const exact = all.map((took) => Math.round(took * 1000) / 1000).sort((a, b) => a - b)[
            Math.ceil(q * all.length) - 1
          ]!;
          const found = quantile(durations!, q)!;
          expect(exact).toBeGreaterThanOrEqual(found.low * (1 - 1e-9));
          expect(exact).toBeLessThanOrEqual(found.high * (1 + 1e-9));
          if (exact > 0.001)
            expect(Math.max(found.value / exact, exact / found.value)).toBeLessThan(
              BUCKET_WIDTH * (1 + 1e-9),
            );
        },
      ),
      { numRuns: 40 },
    );
  });

  test('what is folded and taken back leaves nothing', () => {
    const ring = createRing(MOST);
    const [one, other] = [1, 2].map((n) => tallyOf(visit({ n, end: NOW, took: 7 * n, failed: n === 1 })));
    ring.fold(one!, NOW, NOW, 1);
    ring.fold(other!, NOW, NOW, 1);
    ring.fold(one!, NOW, NOW, -1);
    const { calls, failed, durations } = ordersOf(ring.read(NOW + 1, MINUTE, NOW + 1));
    expect([calls, failed]).toEqual([1, 0]);
    expect(quantile(durations!, 0.5)!.high).toBeGreaterThan(14);
    ring.fold(other!, NOW, NOW, -1);
    expect(ring.read(NOW + 1, MINUTE, NOW + 1).series).toEqual([]);
  });
});

describe('time', () => {
  const ring = createRing(MOST);
  for (let minute = 0; minute < 60; minute++) {
    const at = NOW + minute * MINUTE;
    for (let n = 0; n <= minute; n++) ring.fold(tallyOf(visit({ n, end: at })), at, at, 1);
  }
  const now = NOW + 59 * MINUTE + 5000;

  test('each minute is answered with what fell into it, recent or long ago', () => {
    for (const minute of [3, 30, 57, 59]) {
      const at = Math.min(now, NOW + minute * MINUTE + 10_000);
      const tally = ring.read(at, 20_000, now);
      expect(ordersOf(tally).calls, `minute ${minute}`).toBe(minute + 1);
      expect(tally.last).toBeLessThanOrEqual(now);
    }
  });

  test('a stretch says where it really begins and ends, and no earlier than there is memory of', () => {
    const { first, last } = ring.read(now, 20_000, now);
    expect([first, last]).toEqual([Math.floor((now - 20_000) / 10_000) * 10_000, now]);
    const whole = ring.read(now, 10 * MEMORY, now);
    expect(whole.first).toBe(ring.since());
    expect(ordersOf(whole).calls).toBe((60 * 61) / 2);
  });

  test('before the memory begins there is nothing, which is not zero', () => {
    expect(ring.read(NOW - MINUTE, MINUTE, now).series).toEqual([]);
    expect(createRing(MOST).read(now, MINUTE, now).series).toEqual([]);
  });

  test('after two hours it is forgotten', () => {
    const later = NOW + MEMORY + 30 * MINUTE;
    ring.fold(tallyOf(visit({ n: 1, end: later })), later, later, 1);
    expect(ring.since()).toBeGreaterThan(NOW + 29 * MINUTE);
    expect(ordersOf(ring.read(later + 1, 10 * MEMORY, later + 1)).calls).toBeLessThan((60 * 61) / 2);
  });
});

describe('memory is bounded, and what finds no room is counted', () => {
  it('tells so many parts, edges and series apart, of a million names', () => {
    const few = { ...MOST, parts: 50, hops: 80, lines: 400, instances: 5, operations: 3 };
    const ring = createRing(few);
    const MANY = 1_000_000;
    // one tally with the names changed a million times: making the spans is not what is tested
    const [template] = [tallyOf(visit({ n: 1, end: NOW }))];
    const hop = template!.hops.values().next().value!;
    const [source, target] = [template!.parts.get(hop.source)!, template!.parts.get(hop.target)!];
    const series = template!.series.find(({ key }) => key === hop.key)!;
    for (let n = 0; n < MANY; n++) {
      const own = { ...target, key: `part ${n}`, name: `part ${n}` };
      const named = { ...hop, key: `hop ${n}`, target: own.key };
      ring.fold(
        {
          ...template!,
          parts: new Map([
            [source.key, source],
            [own.key, own],
          ]),
          hops: new Map([[named.key, named]]),
          series: [{ ...series, key: named.key, instance: `pod ${n}`, operation: `GET /${n}` }],
          notes: new Map([[`note ${n}`, 1]]),
        },
        ...([NOW, NOW, 1 as const] as const),
      );
    }
    const size = ring.size();
    expect(size.parts).toBe(50);
    expect(size.hops).toBeLessThanOrEqual(80);
    expect(size.lines).toBeLessThanOrEqual(400);
    expect(ring.read(NOW + 1, MINUTE, NOW + 1).notes.size).toBeLessThanOrEqual(MOST.notes);
    const counted = ring.read(NOW + 1, MINUTE, NOW + 1).series.reduce((sum, { calls }) => sum + calls, 0);
    const { parts, full } = ring.dropped();
    expect(counted + parts + full).toBe(MANY * series.calls);
  });

  it('counts instances and operations beyond its room in the whole', () => {
    const ring = createRing({ ...MOST, instances: 5, operations: 3 });
    for (let n = 0; n < 100; n++)
      ring.fold(tallyOf(visit({ n, end: NOW, instance: `pod-${n}`, operation: `GET /${n}` })), NOW, NOW, 1);
    const tally = ring.read(NOW + 1, MINUTE, NOW + 1);
    expect(ordersOf(tally).calls).toBe(100);
    const own = tally.series.filter(({ key, side }) => key.includes('→ service orders') && side === 'callee');
    expect(new Set(own.map(({ instance }) => instance)).size).toBe(6);
    expect(new Set(own.map(({ operation }) => operation)).size).toBe(4);
    expect(ring.lumped().instances).toBeGreaterThanOrEqual(95);
    expect(ring.lumped().operations).toBeGreaterThanOrEqual(97);
  });

  it('counts in the whole what it has no series for', () => {
    const ring = createRing({ ...MOST, lines: 10 });
    for (let n = 0; n < 100; n++)
      ring.fold(
        tallyOf(visit({ n, end: NOW, instance: `pod-${n % 20}`, operation: `GET /${n % 7}` })),
        NOW,
        NOW,
        1,
      );
    expect(ordersOf(ring.read(NOW + 1, MINUTE, NOW + 1)).calls).toBe(100);
    expect(ring.dropped()).toEqual({ parts: 0, full: 0 });
    // those of the whole, of three edges and three parts, come on top
    expect(ring.size().lines).toBeLessThan(30);
  });

  it('forgets the oldest first when it gets tight, and refuses only what is too much by itself', () => {
    const ring = createRing({ ...MOST, ringBytes: 60_000 });
    for (let minute = 0; minute < 110; minute++) {
      const at = NOW + minute * MINUTE;
      for (let n = 0; n < 20; n++)
        ring.fold(tallyOf(visit({ n, end: at, took: 1 + n * n, instance: `pod-${n}` })), at, at, 1);
    }
    const { bytes } = ring.size();
    expect(bytes).toBeLessThan(2 * 60_000);
    const now = NOW + 109 * MINUTE + 1;
    expect(ordersOf(ring.read(now, 5000, now)).calls).toBe(20);
    expect(ring.since()).toBeGreaterThan(NOW + 60 * MINUTE);
    expect(ring.dropped().full).toBe(0);

    const tiny = createRing({ ...MOST, ringBytes: 3000 });
    for (let n = 0; n < 50; n++)
      tiny.fold(tallyOf(visit({ n, end: NOW, instance: `pod-${n}` })), NOW, NOW, 1);
    expect(tiny.size().bytes).toBeLessThan(12_000);
    expect(tiny.dropped().full).toBeGreaterThan(0);
  });
});
