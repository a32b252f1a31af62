/** Answers of trace back ends, read as the worker reads them. */
import { describe, expect, test } from 'vitest';
import { readAnswers } from '../../src/formats/index.ts';
import { bytesOf, fixture, textOf } from './drop.ts';

type Answers = Parameters<typeof readAnswers>[0];
const provenance = { source: 'jaeger-1', label: 'Jaeger', simulated: false };
const NOW = [{ at: 5000, window: 10_000 }];
const read = (format: Answers['format'], bodies: readonly string[], moments: Answers['moments'] = NOW) =>
  readAnswers({ format, bodies: bodies.map(bytesOf), moments, provenance });

function seen(...asked: Parameters<typeof read>) {
  const answered = read(...asked);
  if (!answered.ok) throw new Error(JSON.stringify(answered.faults));
  return answered;
}

const jaeger = textOf(fixture('shop.jaeger.json'));

/** A trace of one request that `gateway` answered, so long after 1970 (ms). */
const request = (id: string, start: number, took = 10) => ({
  traceID: id,
  spans: [
    {
      ...{ traceID: id, spanID: '1', operationName: 'GET /', references: [], processID: 'p1' },
      ...{ startTime: start * 1000, duration: took * 1000 },
      tags: [{ key: 'span.kind', value: 'server' }],
    },
  ],
  processes: { p1: { serviceName: 'gateway' } },
});
const answer = (...traces: unknown[]) => JSON.stringify({ data: traces, errors: null });

describe('what it shows', () => {
  test('is what a file of it does, at the time and over the window that was asked for', () => {
    const { frames, counts, traces } = seen('jaeger', [jaeger]);
    const [frame] = frames;
    expect(
      Object.values(frame!.nodes)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['catalog', 'mail', 'mailer', 'postgresql', 'shop']);
    expect(counts).toEqual([traces]);
    for (const { at, window, provenance: from } of frame!.readings)
      expect({ at, window, from }).toEqual({ at: 5000, window: 10_000, from: provenance });
  });

  test('does not depend on how many answers a trace stands in', () => {
    const once = seen('jaeger', [jaeger]);
    const thrice = seen('jaeger', [jaeger, answer(), jaeger, jaeger]);
    expect(thrice.counts).toEqual([once.traces, 0, once.traces, once.traces]);
    expect({ ...thrice, counts: [] }).toEqual({ ...once, counts: [] });
  });

  test('is the trace that knows the most of itself', () => {
    const whole = request('a', 1000);
    const grown = {
      ...whole,
      spans: [...whole.spans, { ...whole.spans[0]!, spanID: '2', operationName: 'b' }],
    };
    for (const bodies of [
      [answer(whole), answer(grown)],
      [answer(grown), answer(whole)],
    ])
      expect(
        seen('jaeger', bodies).frames[0]!.readings.find(({ metric }) => metric === 'own time')?.samples,
      ).toBe(2);
  });

  test('at many moments is what began in the window before each, under ids that stay', () => {
    const moments = [1000, 2000, 3000, 4000].map((at) => ({ at, window: 1000 }));
    const traces = [request('a', 1500, 2000), request('b', 2000), request('c', 2001), request('d', 2500)];
    const { frames, since } = seen('jaeger', [answer(...traces)], moments);
    const calls = frames.map(
      ({ readings }) => readings.find(({ metric }) => metric === 'own time')?.samples ?? null,
    );
    expect(calls).toEqual([null, 2, 2, null]);
    expect(frames.map(({ at }) => at)).toEqual([1000, 2000, 3000, 4000]);
    expect(Object.keys(frames[1]!.nodes)).toEqual(Object.keys(frames[2]!.nodes));
    expect(since).toBe(1500);
  });

  test.each<[Answers['format'], string]>([
    ['jaeger', '{"data":[],"total":0,"errors":null}'],
    ['jaeger', '{"data":[{"traceID":"1","spans":[],"processes":{}}]}'],
    ['zipkin', '[]'],
    ['zipkin', '[[]]'],
  ])('is nothing where %s has no traces: %s', (format, json) => {
    const none = { nodes: {}, edges: {}, readings: [], remarks: [] };
    expect(read(format, [json])).toEqual({
      ...{ ok: true, frames: [{ at: 5000, ...none }], counts: [0], traces: 0, since: null },
    });
  });
});

describe('what can’t be read', () => {
  const refusal = (...asked: Parameters<typeof read>) => {
    const answered = read(...asked);
    return answered.ok ? null : answered.faults[0];
  };

  test('says where and why', () => {
    const fault = { file: 'Jaeger' };
    expect(refusal('jaeger', [jaeger.slice(0, 30)])).toMatchObject({
      ...fault,
      reason: 'the file ends too early',
    });
    const error = '{"data":null,"errors":[{"code":404,"msg":"trace not found"}]}';
    expect(refusal('jaeger', [error])).toEqual({
      ...{ ...fault, path: 'errors', reason: 'Jaeger answered with an error: trace not found' },
    });
    expect(refusal('jaeger', ['[1]'])).toMatchObject({ path: '0.spans' });
    expect(refusal('zipkin', ['{"no":1}'])).toMatchObject({ reason: 'must be text' });
    expect(refusal('zipkin', ['['.repeat(100)])).toMatchObject({
      reason: expect.stringContaining('100 deep'),
    });
    expect(refusal('zipkin', ['"no"'])).toMatchObject({ reason: 'must be an object' });
    expect(refusal('zipkin', ['<html>'])).toMatchObject({ path: '1:1', reason: 'expected a value, found <' });
    expect(refusal('zipkin', ['[]\n[]'])).toMatchObject({ path: '2:1' });
    expect(refusal('zipkin', [''])).not.toBeNull();
  });

  test('beside what can is told at a moment, and does not stand in the way at many', () => {
    const body = answer(request('a', 1500), { traceID: 'b', spans: [{}] });
    const moments = [1000, 2000].map((at) => ({ at, window: 1000 }));
    expect(seen('jaeger', [body]).frames[0]!.remarks[0]).toContain('data.1.spans.0');
    expect(seen('jaeger', [body], moments).frames.map(({ readings }) => readings.length > 0)).toEqual([
      ...[false, true],
    ]);
  });
});
