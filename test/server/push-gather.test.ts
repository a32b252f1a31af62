import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { otlpSpans, type Span } from '../../src/formats/index.ts';
import { createGatherer } from '../../src/server/push/gather.ts';
import { MOST, TIMES } from '../../src/server/push/limits.ts';
import { look } from '../../src/server/push/look.ts';
import { createRing, MEMORY } from '../../src/server/push/ring.ts';
import { traceOf, trimmed } from '../../src/server/push/span.ts';
import { asJson, type TestSpan } from './otlp-encoder.ts';
import { type Visit, visit } from './shop.ts';

const NOW = 1_700_000_000_000;
const WINDOW = 600_000;

const spansOf = (spans: readonly TestSpan[]): Span[] => otlpSpans([JSON.parse(asJson(spans))]).spans;
const visits = (count: number, more: Partial<Visit> = {}): Span[] =>
  Array.from({ length: count }, (_, n) => spansOf(visit({ n, end: NOW, took: 5 + n, ...more }))).flat();

function start(limits: Partial<Record<keyof typeof MOST, number>> = {}) {
  const all = { ...MOST, ...limits };
  const ring = createRing(all);
  const gatherer = createGatherer(ring, MEMORY, all);
  let now = NOW;
  return {
    ring,
    gatherer,
    push: (...spans: Span[]) => {
      for (const span of spans) gatherer.add(span, now);
    },
    /** Lets time pass in the steps in which the server looks. */
    pass(ms: number) {
      for (const until = now + ms; now < until; ) gatherer.tick((now = Math.min(until, now + 500)));
    },
    step: (ms: number) => (now += ms),
    /** Edges by name, with how often each side saw a call. */
    seen() {
      const { nodes, edges, frames } = look(
        ring,
        { from: now, to: now, step: 1, window: WINDOW, only: null },
        now,
      );
      const name = Object.fromEntries(nodes.map((node) => [node.id, node.name]));
      const calls: Record<string, number> = {};
      for (const { subject, metric, side, samples, instance, operation } of frames[0]!.readings) {
        const edge = edges.find(({ id }) => id === subject.id);
        if (!edge || metric !== 'errors' || instance !== null || operation !== undefined) continue;
        calls[`${name[edge.source]} → ${name[edge.target]} ${side}`] = samples!;
      }
      return { calls, readings: frames[0]!.readings };
    },
  };
}

const WHOLE = {
  'gateway → orders caller': 20,
  'gateway → orders callee': 20,
  'orders → postgresql caller': 20,
};

describe('joining', () => {
  test('a trace that came whole is counted once it is quiet', () => {
    const { push, pass, seen } = start();
    push(...visits(20));
    pass(TIMES.idle - 500);
    expect(seen().calls).toEqual({});
    pass(1000);
    expect(seen().calls).toEqual(WHOLE);
  });

  test('however the spans are batched, ordered and repeated, the figures are the same', () => {
    const all = visits(20);
    const whole = start();
    whole.push(...all);
    whole.pass(30_000);
    const ordered = ({ readings }: ReturnType<typeof whole.seen>) =>
      readings
        .map(({ at: _, window: __, value, ...rest }) => ({ ...rest, value: rounded(value) }))
        .filter(({ metric }) => metric !== 'rate')
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    const expected = ordered(whole.seen());
    fc.assert(
      fc.property(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.array(fc.tuple(fc.nat(12), fc.nat(4000)), { maxLength: 20 }),
        fc.array(fc.nat(all.length - 1), { maxLength: 10 }),
        (order, cuts, again) => {
          const { push, pass, seen } = start();
          const left = [...order];
          for (const [size, pause] of cuts) {
            push(...left.splice(0, size));
            pass(pause);
          }
          push(...left, ...again.map((i) => all[i]!));
          pass(30_000);
          expect(ordered(seen())).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a parent that comes after its trace was counted mends what was counted without it', () => {
    const { push, pass, seen, gatherer } = start();
    const all = visits(20);
    const isCall = ({ kind, service }: Span) => kind === 'client' && service === 'gateway';
    push(...all.filter((span) => !isCall(span)));
    pass(10_000);
    expect(seen().calls).toEqual({ 'orders → postgresql caller': 20 });
    push(...all.filter(isCall));
    pass(5000);
    expect(seen().calls).toEqual(WHOLE);
    expect(gatherer.gathered.amended).toBe(20);
  });

  test('a message is joined with the trace that sent it, whichever comes first', () => {
    const MS = 1_000_000n;
    const sent = BigInt(NOW) * MS;
    const [send, take] = ['1'.repeat(32), '2'.repeat(32)];
    const about = { 'messaging.system': 'rabbitmq', 'messaging.destination.name': 'orders' };
    const [producer, consumer] = spansOf([
      {
        ...{ trace: send, id: '1'.repeat(16), service: 'orders', name: 'publish', kind: 4 },
        ...{ start: sent, end: sent + MS, attributes: about },
      },
      {
        ...{ trace: take, id: '2'.repeat(16), links: [{ trace: send, id: '1'.repeat(16) }] },
        ...{ service: 'worker', name: 'process', kind: 5, start: sent + 31n * MS, end: sent + 40n * MS },
        attributes: about,
      },
    ]);
    for (const [first, second] of [
      [producer!, consumer!],
      [consumer!, producer!],
    ] as const) {
      const { push, pass, seen } = start();
      push(first);
      pass(5000);
      push(second);
      pass(5000);
      const wait = seen().readings.find(
        ({ metric, instance }) => metric === 'queue wait' && instance === null,
      );
      expect(wait).toMatchObject({ samples: 1, value: { sum: 30 } });
      expect(Object.values(seen().calls)).toEqual([1, 1]);
    }
  });
});

const rounded = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value, (_, each) => (typeof each === 'number' ? Number(each.toPrecision(9)) : each)),
  );

describe('time', () => {
  test('what comes late is counted when it ended, and what nobody remembers is not counted', () => {
    const { push, pass, seen, gatherer, ring } = start();
    push(...visits(20, { end: NOW - 5 * 60_000 }));
    pass(5000);
    expect(gatherer.gathered.late).toBe(80);
    expect(seen().calls).toEqual(WHOLE);
    const now = NOW + 5000;
    const lastMinute = look(ring, { from: now, to: now, step: 1, window: 60_000, only: null }, now);
    expect(lastMinute.frames[0]!.readings).toEqual([]);
    push(...spansOf(visit({ n: 90, end: NOW - MEMORY - 60_000 })));
    pass(5000);
    expect(gatherer.gathered.tooOld).toBe(4);
    expect(seen().calls).toEqual(WHOLE);
  });

  test('a clock that is ahead is told of; its spans count when they came', () => {
    const { push, pass, seen, gatherer } = start();
    push(...visits(20, { end: NOW + 3_600_000 }));
    pass(5000);
    expect(gatherer.gathered.ahead).toBe(80);
    expect(seen().calls).toEqual(WHOLE);
  });

  test('a clock that is set back keeps nothing waiting', () => {
    const { push, pass, seen, step } = start();
    push(...visits(20));
    step(-3_600_000);
    pass(1000);
    expect(seen().calls).toEqual(WHOLE);
  });
});

describe('memory is bounded', () => {
  it('holds no more spans than it may, and drops none for it', () => {
    const { push, pass, seen, gatherer } = start({ spans: 100 });
    const all = visits(200);
    for (const span of all) {
      push(span);
      expect(gatherer.size().spans).toBeLessThanOrEqual(100);
    }
    pass(5000);
    expect(gatherer.gathered.hurried).toBeGreaterThan(100);
    expect(seen().calls).toEqual({
      'gateway → orders caller': 200,
      'gateway → orders callee': 200,
      'orders → postgresql caller': 200,
    });
  });

  it('counts long texts by their length, and cuts them', () => {
    const { push, gatherer } = start({ spanBytes: 50_000 });
    const long = visits(100, { operation: 'x'.repeat(100_000), service: 'y'.repeat(100_000) });
    const kept = long.map((span) => trimmed(span, MOST));
    for (const { name, service } of kept)
      expect([name.length, service!.length].every((length) => length <= MOST.text)).toBe(true);
    expect(kept[0]).toBe(long[0]);
    push(...kept);
    expect(gatherer.size().bytes).toBeLessThanOrEqual(50_000);
  });

  it('a trace without end is counted in parts', () => {
    const { push, pass, gatherer, seen } = start({ trace: 40 });
    const [first, ...rest] = visits(100);
    const trace = traceOf(first!.key);
    const one = [first!, ...rest].map((span, i) => ({ ...span, key: `${trace}/${i + 1}`, parent: null }));
    push(...one);
    expect(gatherer.size().spans).toBeLessThan(40);
    pass(5000);
    expect(seen().calls['orders → postgresql caller']).toBe(100);
  });

  it('lets go of all of it in the end, whatever links to what', () => {
    const linked = fc.array(
      fc.record({ trace: fc.nat(6), id: fc.nat(6), link: fc.option(fc.tuple(fc.nat(6), fc.nat(6))) }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(linked, fc.integer({ min: 2, max: 30 }), (list, trace) => {
        const { push, pass, gatherer } = start({ trace, spans: 20 });
        const [template] = visits(1);
        list.forEach((each, i) => {
          const links = each.link ? [`t${each.link[0]}/${each.link[1]}`] : [];
          push({ ...template!, key: `t${each.trace}/${each.id}`, parent: null, links });
          if (i % 7 === 0) pass(3000);
        });
        pass(TIMES.kept + 20_000);
        expect(gatherer.size()).toEqual({ spans: 0, bytes: 0, traces: 0, awaited: 0 });
      }),
    );
  });
});
