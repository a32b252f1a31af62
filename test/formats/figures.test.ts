/** From what was measured to readings: pairs, instances, operations, and batches folded into one. */
import { describe, expect, test } from 'vitest';
import {
  observe,
  observeTally,
  type Series,
  type Sight,
  seriesKey,
  type Tally,
  tallySpans,
} from '../../src/formats/index.ts';
import { mean, mergeDistributions, type Reading } from '../../src/graph/index.ts';
import { type Spec, spanOf } from './spans.ts';

const provenance = { source: 'jaeger-1', label: 'Jaeger', simulated: false };
const ids = () => {
  let count = 0;
  return { newId: () => `id-${count++}` };
};
const see = (...specs: Spec[]) =>
  observe(
    specs.map((spec) => spanOf(spec)),
    { provenance },
    ids(),
  );

/** `instance/operation`, - for all → the reading of a metric of an edge (`a → b`) or a node (`a`). */
function readings(sight: Sight, of: string, metric: Reading['metric'], side: Reading['side']) {
  const name = (id: string) => sight.nodes[id]!.name;
  const subject = ({ type, id }: Reading['subject']) =>
    type === 'node' ? name(id) : `${name(sight.edges[id]!.source)} → ${name(sight.edges[id]!.target)}`;
  return Object.fromEntries(
    sight.readings
      .filter((each) => subject(each.subject) === of && each.metric === metric && each.side === side)
      .map((each) => [`${each.instance ?? '-'}/${each.operation ?? '-'}`, each]),
  );
}
const values = (found: Record<string, Reading>) =>
  Object.fromEntries(
    Object.entries(found).map(([key, { value }]) => [
      key,
      typeof value === 'object' && value.type === 'samples' ? value.values : value,
    ]),
  );

/** A call and its answer 10 ticks shorter; `took` is the call's. */
const exchange = (
  id: string,
  took: number,
  more: { name?: string; from?: string; at?: string; failed?: boolean } = {},
): Spec[] => [
  {
    id: `${id}c`,
    kind: 'client',
    start: 0,
    end: took,
    instance: more.from ?? null,
    failed: more.failed ?? false,
    name: 'GET',
  },
  {
    ...{ id: `${id}s`, parent: `${id}c`, service: 'b', kind: 'server', start: 5, end: took - 5 },
    ...{ instance: more.at ?? null, name: more.name ?? 'GET /x', failed: more.failed ?? false },
  },
];

describe('an edge', () => {
  test('is timed on both sides by the calls that both sides saw; all calls count in rate and errors', () => {
    const sight = see(...exchange('1', 30), ...exchange('2', 50), {
      id: '3',
      kind: 'client',
      start: 0,
      end: 1000,
      failed: true,
      attributes: { 'peer.service': 'b' },
    });
    const caller = readings(sight, 'a → b', 'latency', 'caller');
    const callee = readings(sight, 'a → b', 'latency', 'callee');
    expect(caller['-/-']).toMatchObject({ value: { values: [30, 50] }, samples: 2 });
    expect(callee['-/-']).toMatchObject({ value: { values: [20, 40] }, samples: 2 });
    expect(readings(sight, 'a → b', 'errors', 'caller')['-/-']).toMatchObject({ value: 1 / 3, samples: 3 });
    expect(readings(sight, 'a → b', 'rate', 'caller')['-/-']).toMatchObject({ value: 3, samples: 3 });
    expect(readings(sight, 'a → b', 'rate', 'callee')['-/-']!.value).toBe(2);
    expect(sight.remarks).toEqual(['spans of calls that only one side saw, not in the latency of a → b: 1']);
  });

  test('pairs a call that was answered twice with the first answer, and a wrapped one with what wraps it', () => {
    const [call, answer] = exchange('1', 30);
    const again: Spec = { ...answer!, id: 'again', start: 20, end: 24 };
    const wrap: Spec = { id: 'w', kind: 'client', start: 0, end: 40, attributes: { 'peer.service': 'b' } };
    const twice = see(call!, answer!, again);
    expect(values(readings(twice, 'a → b', 'latency', 'callee'))['-/-']).toEqual([20]);
    expect(readings(twice, 'a → b', 'errors', 'callee')['-/-']!.samples).toBe(2);
    const wrapped = see(wrap, { ...call!, parent: 'w' }, answer!);
    expect(values(readings(wrapped, 'a → b', 'latency', 'caller'))['-/-']).toEqual([40]);
    expect(values(readings(wrapped, 'a → b', 'latency', 'callee'))['-/-']).toEqual([20]);
  });

  test('is told per instance of the side that held the watch, and per operation as the callee names it', () => {
    const sight = see(
      ...exchange('1', 30, { from: 'a1', at: 'b1' }),
      ...exchange('2', 50, { from: 'a1', at: 'b2', name: 'GET /y' }),
      ...exchange('3', 70, { from: 'a2', at: 'b2', name: 'GET /y' }),
    );
    expect(values(readings(sight, 'a → b', 'latency', 'caller'))).toEqual({
      ...{ '-/-': [30, 50, 70], 'a1/-': [30, 50], 'a2/-': [70] },
      ...{ '-/GET /x': [30], '-/GET /y': [50, 70] },
    });
    const callee = readings(sight, 'a → b', 'latency', 'callee');
    expect(values(callee)).toEqual({
      ...{ '-/-': [20, 40, 60], 'b1/-': [20], 'b2/-': [40, 60] },
      ...{ '-/GET /x': [20], '-/GET /y': [40, 60] },
    });
    expect(Object.values(callee).map(({ instances }) => instances)).toEqual([2, 1, 1, 2, 2]);
  });

  test('has readings of the operations called most, and of no more than 20', () => {
    const specs = Array.from({ length: 300 }, (_, i) =>
      exchange(`${i}`, 30, { name: `GET /${i % (i < 100 ? 20 : 120)}` }),
    );
    const sight = see(...specs.flat());
    const found = readings(sight, 'a → b', 'rate', 'callee');
    expect(Object.keys(found)).toHaveLength(21);
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining(Array.from({ length: 20 }, (_, i) => `-/GET /${i}`)),
    );
    expect(found['-/-']!.samples).toBe(300);
  });

  test('has readings of the busiest 100 instances, and counts them all', () => {
    const specs = Array.from({ length: 300 }, (_, i) => exchange(`${i}`, 30, { at: `b${i % 150}` }));
    const sight = see(...specs.flat(), ...exchange('more', 30, { at: 'b149' }));
    const found = readings(sight, 'a → b', 'latency', 'callee');
    expect(Object.keys(found).filter((key) => key.startsWith('b'))).toHaveLength(100);
    expect(found['-/-']!.instances).toBe(150);
    expect(found['b149/-']!.samples).toBe(3);
    expect(sight.remarks).toContain('only the 100 busiest instances have figures of their own, of up to 150');
  });

  test('keeps the mean of what is too much to keep one by one', () => {
    const sight = see(...Array.from({ length: 1500 }, (_, i) => exchange(`${i}`, 30 + i)).flat());
    const means = (['caller', 'callee'] as const).map((side) => {
      const { value } = readings(sight, 'a → b', 'latency', side)['-/-']!;
      return typeof value === 'number' ? null : mean(value);
    });
    expect(means).toEqual([30 + 1499 / 2, 20 + 1499 / 2]);
  });
});

test('a node is told as it serves: whole, own, per instance, with its failures', () => {
  const sight = see(...exchange('1', 30, { at: 'b1' }), ...exchange('2', 50, { at: 'b2', failed: true }));
  expect(values(readings(sight, 'b', 'latency', 'callee'))).toEqual({
    '-/-': [20, 40],
    'b1/-': [20],
    'b2/-': [40],
  });
  expect(values(readings(sight, 'b', 'own time', null))).toEqual({
    '-/-': [20, 40],
    'b1/-': [20],
    'b2/-': [40],
  });
  expect(values(readings(sight, 'b', 'errors', 'callee'))).toEqual({ '-/-': 0.5, 'b1/-': 0, 'b2/-': 1 });
});

test('batches that are folded show what all of them at once would', () => {
  const message = { 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' };
  const traces = Array.from({ length: 12 }, (_, i) =>
    [
      ...exchange('1', 30 + i, { at: `b${i % 3}`, name: `GET /${i % 4}`, failed: i % 5 === 0 }),
      { id: 'p', kind: 'producer', start: 8, end: 9, service: 'b', parent: '1s', attributes: message },
      { id: 'q', kind: 'consumer', start: 90 + i, end: 120, service: 'c', parent: 'p', attributes: message },
      // Answered by nobody, in one trace of three.
      ...(i % 3 === 0
        ? [
            {
              id: 'n',
              name: `GET /${i % 4}`,
              kind: 'client',
              start: 0,
              end: 500,
              attributes: { 'peer.service': 'b' },
            },
          ]
        : []),
    ].map((spec) => spanOf(spec as Spec, `t${i}`)),
  );
  const fold = (one: Tally, next: Tally): Tally => {
    const series = new Map(one.series.map((each) => [seriesKey(each), each]));
    for (const each of next.series) {
      const known = series.get(seriesKey(each));
      const durations = known ? mergeDistributions([known.durations, each.durations])! : each.durations;
      const folded: Series = {
        ...each,
        durations,
        calls: each.calls + (known?.calls ?? 0),
        failed: each.failed + (known?.failed ?? 0),
      };
      series.set(seriesKey(each), folded);
    }
    const add = (a: Tally['paths']['answers'], b: Tally['paths']['answers']) => {
      const times = new Map(a.times);
      for (const [name, time] of b.times) times.set(name, (times.get(name) ?? 0) + time);
      return { total: a.total + b.total, times };
    };
    return {
      ...one,
      parts: new Map([...one.parts, ...next.parts]),
      hops: new Map(
        [...one.hops].map(([key, hop]) => [
          key,
          { ...hop, operations: [...new Set([...hop.operations, ...next.hops.get(key)!.operations])] },
        ]),
      ),
      series: [...series.values()],
      paths: {
        answers: add(one.paths.answers, next.paths.answers),
        messages: add(one.paths.messages, next.paths.messages),
      },
      spans: one.spans + next.spans,
      first: Math.min(one.first, next.first),
      last: Math.max(one.last, next.last),
    };
  };
  const folded = observeTally(traces.map((spans) => tallySpans(spans)).reduce(fold), { provenance }, ids());
  const whole = observe(traces.flat(), { provenance }, ids());
  const sorted = ({ readings }: Sight) => readings.map((each) => JSON.stringify(each)).sort();
  expect(sorted(folded)).toEqual(sorted(whole));
  expect({ ...folded, readings: [] }).toEqual({ ...whole, readings: [] });
});

test('who wants the same ids every time can have them from the subjects', () => {
  const spans = exchange('1', 30).map((spec) => spanOf(spec));
  const { nodes, edges } = observe(spans, { provenance }, { newId: (subject) => subject });
  expect(Object.keys(nodes)).toEqual(['node:service a', 'node:service b']);
  expect(Object.keys(edges)).toEqual(['edge:service a → service b call']);
});

test('a stranger to one batch is the service that another batch has spans of', () => {
  const unanswered: Spec = {
    id: '1',
    kind: 'client',
    start: 0,
    end: 1000,
    failed: true,
    attributes: { 'peer.service': 'b' },
  };
  const known = tallySpans(exchange('1', 30).map((spec) => spanOf(spec)));
  const stranger = tallySpans([spanOf(unanswered, 'u')]);
  const folded: Tally = {
    ...known,
    parts: new Map([...known.parts, ...stranger.parts]),
    hops: new Map([...known.hops, ...stranger.hops]),
    series: [...known.series, ...stranger.series],
    paths: { answers: stranger.paths.answers, messages: known.paths.messages },
  };
  const sight = observeTally(folded, { provenance }, ids());
  expect(Object.values(sight.nodes).map(({ name }) => name)).toEqual(['a', 'b']);
  expect(values(readings(sight, 'a → b', 'latency', 'caller'))['-/-']).toEqual([30]);
  expect(readings(sight, 'a → b', 'errors', 'caller')['-/-']).toMatchObject({ value: 0.5, samples: 2 });
  expect(values(readings(sight, 'a → b', 'critical path', null))).toEqual({ '-/-': 1 });
  const alone = observeTally(stranger, { provenance }, ids());
  expect(Object.values(alone.nodes).map(({ kind }) => kind)).toEqual(['service', 'external']);
  expect(values(readings(alone, 'a → b', 'latency', 'caller'))['-/-']).toEqual([1000]);
});
