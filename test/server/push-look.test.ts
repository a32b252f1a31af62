import { describe, expect, it, test } from 'vitest';
import { otlpSpans, tallySpans } from '../../src/formats/index.ts';
import { MOST } from '../../src/server/push/limits.ts';
import { type Asked, look } from '../../src/server/push/look.ts';
import { createRing } from '../../src/server/push/ring.ts';
import { asJson } from './otlp-encoder.ts';
import { type Visit, visit } from './shop.ts';

const NOW = 1_700_000_000_000;
const MINUTE = 60_000;

function ringOf(visits: readonly Visit[]) {
  const ring = createRing(MOST);
  for (const each of visits) {
    const { spans } = otlpSpans([JSON.parse(asJson(visit(each)))]);
    ring.fold(tallySpans(spans), each.end, NOW, 1);
  }
  return ring;
}

const moment = (at: number): Asked => ({ from: at, to: at, step: 1, window: MINUTE, only: null });

describe('one moment', () => {
  const ring = ringOf([
    { n: 1, end: NOW - 1000, instance: 'a' },
    { n: 2, end: NOW - 1000, instance: 'b' },
  ]);

  test('has the whole, each instance and each operation', () => {
    const { frames, edges } = look(ring, moment(NOW), NOW);
    const [orders] = edges.filter(({ kind }) => kind === 'call');
    const own = frames[0]!.readings.filter(
      ({ subject, metric, side }) => subject.id === orders!.id && metric === 'errors' && side === 'callee',
    );
    expect(own.map(({ instance, operation, samples }) => [instance, operation, samples])).toEqual(
      expect.arrayContaining([
        [null, undefined, 2],
        ['a', undefined, 1],
        ['b', undefined, 1],
        [null, 'GET /orders', 2],
      ]),
    );
  });

  test('says over how long it is', () => {
    for (const { window, at } of look(ring, moment(NOW), NOW).frames[0]!.readings) {
      expect(at).toBe(NOW);
      expect(window).toBe(NOW - ring.since()!);
    }
  });

  test('ids stay the same when the order of things is another, as after a restart', () => {
    const other = ringOf([
      { n: 9, end: NOW - 1000, service: 'mail' },
      { n: 2, end: NOW - 1000, instance: 'b' },
    ]);
    const idsOf = (from: typeof ring) =>
      new Map(look(from, moment(NOW), NOW).nodes.map(({ name, id }) => [name, id]));
    const [ids, again] = [idsOf(ring), idsOf(other)];
    for (const name of ['gateway', 'orders', 'postgresql']) expect(again.get(name)).toBe(ids.get(name));
    expect(new Set(again.values()).size).toBe(again.size);
  });

  test('what was not seen in its window is not told of', () => {
    const old = ringOf([
      { n: 1, end: NOW - 30 * MINUTE, service: 'gone' },
      { n: 2, end: NOW - 1000 },
    ]);
    const names = (at: number) => look(old, moment(at), NOW).nodes.map(({ name }) => name);
    expect(names(NOW)).not.toContain('gone');
    expect(names(NOW - 30 * MINUTE + 1000)).toContain('gone');
  });
});

describe('many moments', () => {
  it('have figures of the whole, and of single ones where they are asked for by name', () => {
    const ring = ringOf(
      Array.from({ length: 10 }, (_, n) => ({ n, end: NOW - n * MINUTE, instance: `pod-${n}` })),
    );
    const stretch: Asked = { from: NOW - 9 * MINUTE, to: NOW, step: MINUTE, window: MINUTE, only: null };
    const all = look(ring, stretch, NOW);
    expect(all.frames.length).toBe(10);
    expect(all.frames.flatMap(({ readings }) => readings).every(({ instance }) => instance === null)).toBe(
      true,
    );
    const id = all.edges.find(({ kind }) => kind === 'call')!.id;
    const { frames } = look(ring, { ...stretch, only: new Set([id]) }, NOW);
    const own = frames.flatMap(({ readings }) => readings);
    expect(new Set(own.map(({ subject }) => subject.id))).toEqual(new Set([id]));
    expect(new Set(own.map(({ instance }) => instance)).size).toBeGreaterThan(10);
  });

  it('come in several answers where one would be too long, and none is left out', () => {
    const visits = Array.from({ length: 600 }, (_, n) => ({
      ...{ n, end: NOW - (n % 20) * MINUTE, service: `service-${Math.floor(n / 20)}` },
    }));
    const ring = ringOf(visits);
    const asked: Asked = { from: NOW - 119 * MINUTE, to: NOW, step: 10_000, window: MINUTE, only: null };
    const seen: number[] = [];
    let answers = 0;
    for (let from: number | null = asked.from; from !== null; answers++) {
      const answer = look(ring, { ...asked, from }, NOW);
      const readings = answer.frames.reduce((sum, frame) => sum + frame.readings.length, 0);
      expect(readings).toBeLessThan(1.1 * MOST.readings);
      seen.push(...answer.frames.map(({ at }) => at));
      from = answer.next;
    }
    expect(answers).toBeGreaterThan(1);
    expect(seen).toEqual(Array.from({ length: 119 * 6 + 1 }, (_, i) => asked.from + i * 10_000));
  });

  it('a moment with too many figures keeps those of the whole', () => {
    const visits = Array.from({ length: 900 }, (_, n) => ({
      ...{ n, end: NOW - 1000, service: `service-${n % 30}`, instance: `pod-${Math.floor(n / 30)}` },
      operation: `GET /${n % 19}/${Math.floor(n / 450)}`,
    }));
    const ring = ringOf(visits);
    const { frames, cut, edges } = look(ring, moment(NOW), NOW);
    expect(frames[0]!.readings.length).toBeLessThanOrEqual(MOST.readings);
    expect(edges.length).toBe(60);
    expect(cut).toBe(0);
  });
});
