/** What spans measure is what a slow walk over them by definition gives. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { observe, type Span, type Tally, tallySpans } from '../../src/formats/index.ts';
import type { Metric, Reading } from '../../src/graph/index.ts';
import {
  anyTrace,
  entriesOf,
  familyOf,
  holderAt,
  isAwaited,
  ownTicks,
  piecesOf,
  type Spec,
  spanOf,
} from './spans.ts';

const tally = (...specs: Spec[]) => tallySpans(specs.map((spec) => spanOf(spec)));

/** All durations of one measure of one service, sorted. */
const durations = ({ series }: Tally, service: string, metric: Metric): number[] =>
  series
    .filter((each) => each.key === `service ${service}` && each.metric === metric)
    .flatMap(({ durations }) => (durations.type === 'samples' ? durations.values : []))
    .sort((a, b) => a - b);

function seen(spans: readonly Span[]) {
  let count = 0;
  const provenance = { source: 'x', label: 'x', simulated: false };
  const sight = observe(spans, { provenance }, { newId: () => `id-${count++}` });
  const nameOf = (id: string) => sight.nodes[id]?.name ?? '';
  const of = ({ type, id }: Reading['subject']) => {
    const edge = sight.edges[id];
    return type === 'node' || !edge ? nameOf(id) : `${nameOf(edge.source)} → ${nameOf(edge.target)}`;
  };
  return { ...sight, readings: sight.readings.map((each) => ({ ...each, of: of(each.subject) })) };
}
const shares = (...specs: Spec[]) =>
  Object.fromEntries(
    seen(specs.map((spec) => spanOf(spec)))
      .readings.filter(({ metric }) => metric === 'critical path')
      .map(({ of, value }) => [of, value]),
  );

/** a calls b (60 ticks of it on the way), which asks a database and works while c is asked by its side. */
const SHOP: Spec[] = [
  { id: '1', kind: 'server', start: 0, end: 1000 },
  { id: '2', parent: '1', kind: 'client', start: 100, end: 900 },
  { id: '3', parent: '2', service: 'b', kind: 'server', start: 130, end: 870 },
  { id: '4', parent: '3', service: 'b', start: 200, end: 500 },
  {
    ...{ id: '5', parent: '4', service: 'b', kind: 'client', start: 250, end: 450 },
    attributes: { 'db.system': 'postgresql' },
  },
  { id: '6', parent: '3', service: 'b', kind: 'client', start: 300, end: 420 },
  { id: '7', parent: '6', service: 'c', kind: 'server', start: 310, end: 410 },
];

describe('own time', () => {
  test('is the time in which none of those that are called is at work', () => {
    const found = tally(...SHOP);
    for (const [service, whole, own] of [
      ['a', 1000, 200],
      ['b', 740, 540],
      ['c', 100, 100],
    ] as const) {
      expect(durations(found, service, 'latency')).toEqual([whole]);
      expect(durations(found, service, 'own time')).toEqual([own]);
    }
  });

  test('counts calls only as far as they lie inside the request, overlaps once, and nothing that is not waited for', () => {
    const request = { id: '1', kind: 'server', start: 0, end: 100 } as const;
    const call = (id: string, start: number, end: number): Spec => ({
      id,
      parent: '1',
      kind: 'client',
      start,
      end,
    });
    expect(durations(tally(request, call('2', -50, 20), call('3', 90, 500)), 'a', 'own time')).toEqual([70]);
    expect(
      durations(tally(request, call('2', 10, 50), call('3', 40, 60), call('4', 20, 30)), 'a', 'own time'),
    ).toEqual([50]);
    const later: Spec = { id: '2', parent: '1', service: 'b', kind: 'consumer', start: 10, end: 90 };
    expect(durations(tally(request, later), 'a', 'own time')).toEqual([100]);
    expect(durations(tally(request, { ...later, kind: 'server', detached: true }), 'a', 'own time')).toEqual([
      100,
    ]);
  });

  test('of any trace is what looking at each moment gives', () => {
    fc.assert(
      fc.property(anyTrace, (specs) => {
        const family = familyOf(specs);
        const found = tally(...specs);
        for (const service of ['a', 'b', 'c']) {
          const entries = entriesOf(family).filter((entry) => entry.service === service);
          const sorted = (values: number[]) => values.sort((x, y) => x - y);
          expect(durations(found, service, 'own time')).toEqual(
            sorted(entries.map((entry) => ownTicks(entry, family))),
          );
          expect(durations(found, service, 'latency')).toEqual(
            sorted(entries.map(({ start, end }) => end - start)),
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the critical path', () => {
  test('goes back from the end to whoever held it up; time around an answer is the edge’s', () => {
    expect(shares(...SHOP)).toEqual({
      a: 0.2,
      'a → b': 0.06,
      b: 0.54,
      'b → postgresql': 0.2,
    });
  });

  test('is not held up by what ended sooner, by its side or unheard', () => {
    const root = { id: '1', kind: 'server', start: 0, end: 100 } as const;
    const child = (id: string, start: number, end: number, more: Partial<Spec> = {}): Spec => ({
      ...{ id, parent: '1', service: id, kind: 'server', start, end },
      ...more,
    });
    expect(shares(root, child('b', 0, 40), child('c', 50, 90))).toEqual({ a: 0.2, b: 0.4, c: 0.4 });
    expect(shares(root, child('b', 0, 70), child('c', 50, 90))).toEqual({ a: 0.6, c: 0.4 });
    expect(shares(root, child('b', 20, 90, { kind: 'consumer' }))).toEqual({ a: 1 });
    expect(shares(root, child('b', 60, 300))).toEqual({ a: 0.6, b: 0.4 });
  });

  test('of messages is told where nobody was answered', () => {
    const message = { 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' };
    const sent: Spec = { id: '1', kind: 'producer', start: 0, end: 10, attributes: message };
    const taken: Spec = {
      ...{ id: '2', parent: '1', service: 'b', kind: 'consumer', start: 500, end: 600, attributes: message },
    };
    const query: Spec = {
      ...{ id: '3', parent: '2', service: 'b', kind: 'client', start: 520, end: 595 },
      attributes: { 'db.system': 'postgresql' },
    };
    expect(shares(taken, query)).toEqual({ b: 0.25, 'b → postgresql': 0.75 });
    expect(shares(sent, taken, query)).toEqual({ 'a → orders': 1 });
  });

  test('of any trace: each moment is whose a walk for it alone says, and the shares are 1 together', () => {
    fc.assert(
      fc.property(anyTrace, (specs) => {
        const family = familyOf(specs);
        const { paths } = tally(...specs);
        const expected = { answers: new Map<string, number>(), messages: new Map<string, number>() };
        for (const root of specs) {
          const parent = family.parentOf(root);
          if (parent && isAwaited(root, parent)) continue;
          const into = parent || root.kind === 'consumer' ? expected.messages : expected.answers;
          for (const [at, length] of piecesOf(root, family)) {
            const { service } = holderAt(root, at, family);
            into.set(service!, (into.get(service!) ?? 0) + length);
          }
        }
        for (const kind of ['answers', 'messages'] as const) {
          const byService = new Map<string, number>();
          for (const [name, time] of paths[kind].times) {
            // A waiting span's time is its edge's, which is told by the edge's source.
            const service = /service ([abc])/.exec(name)![1]!;
            byService.set(service, (byService.get(service) ?? 0) + time);
          }
          expect(byService).toEqual(expected[kind]);
          const sum = [...paths[kind].times.values()].reduce((a, b) => a + b, 0);
          expect(sum).toBeCloseTo(paths[kind].total, 9);
        }
      }),
      { numRuns: 500 },
    );
  });
});
