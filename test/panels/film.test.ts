/** Films: what was measured of a part, as columns that a chart draws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Distribution, Reading } from '../../src/graph/index.ts';
import { chartsOf } from '../../src/panels/dashboard/charts.ts';
import {
  copyOf,
  cutBefore,
  cutFrom,
  emptyFilm,
  type Film,
  join,
  put,
  rowAt,
} from '../../src/panels/dashboard/film.ts';

const GAP = 15_000;
const subject = { type: 'edge', id: 'e' } as const;
const provenance = { source: 'p', label: 'Prometheus here', simulated: false };

const reading = (
  metric: Reading['metric'],
  value: Reading['value'],
  more: Partial<Reading> = {},
): Reading => ({
  subject,
  metric,
  value,
  at: 0,
  window: 60_000,
  instance: null,
  instances: null,
  side: 'caller',
  samples: null,
  provenance,
  ...more,
});
const histogram = (bounds: (number | null)[], counts: number[]): Distribution => ({
  type: 'histogram',
  bounds,
  counts,
});
const columns = (film: Film) => [...film.columns.values()];
const only = (film: Film) => columns(film)[0]!;

describe('a film', () => {
  it('has gaps where sources were asked and nothing was measured, never zeros', () => {
    const film = emptyFilm(subject);
    put(film, 10_000, [reading('rate', 3)], 'all', GAP);
    put(film, 15_000, [], 'all', GAP);
    put(film, 20_000, [reading('rate', 0)], 'all', GAP);
    put(film, 25_000, [reading('rate', Number.NaN)], 'all', GAP);
    expect(film.times).toEqual([10_000, 15_000, 20_000, 25_000]);
    expect(only(film).values).toEqual([3, null, 0, null]);
  });

  it('says nothing of the time before a line begins', () => {
    const film = emptyFilm(subject);
    put(film, 10_000, [reading('rate', 3)], 'all', GAP);
    put(film, 15_000, [reading('rate', 3), reading('errors', 0.5)], 'all', GAP);
    expect(columns(film).map(({ values }) => values)).toEqual([
      [3, 3],
      [undefined, 0.5],
    ]);
  });

  it('of live figures leaves out nothing that was merely told at another time, but breaks the line after a silence', () => {
    const film = emptyFilm(subject);
    const b = reading('rate', 8, { provenance: { ...provenance, source: 'q' } });
    put(film, 1000, [reading('rate', 1)], 'some', GAP);
    put(film, 1500, [b], 'some', GAP);
    put(film, 2000, [reading('rate', 2)], 'some', GAP);
    put(film, 18_000, [reading('rate', 3)], 'some', GAP);
    expect(film.times).toEqual([1000, 1500, 2000, 17_999, 18_000]);
    expect(only(film).values).toEqual([1, undefined, 2, null, 3]);
    expect(rowAt(film, only(film), 2400, GAP)).toBe(2);
    expect(rowAt(film, only(film), 900, GAP)).toBe(-1);
    expect(rowAt(film, columns(film)[1]!, 17_000, GAP)).toBe(-1);
  });

  it('breaks the line where figures begin to be over another window, and says both', () => {
    const film = emptyFilm(subject);
    put(film, 10_000, [reading('rate', 5)], 'all', GAP);
    put(film, 11_000, [reading('rate', 7, { window: 1000 })], 'some', GAP);
    put(film, 12_000, [reading('rate', 8, { window: 1000 })], 'some', GAP);
    expect(only(film).values).toEqual([5, null, 7, 8]);
    const [chart] = chartsOf(film, { perInstance: false, instance: null, q: 0.95 });
    expect(chart!.origin).toBe('Prometheus here · caller side · over 1 min, then over 1 s');
  });

  it('keeps what a bucket leaves open', () => {
    const film = emptyFilm(subject);
    put(film, 0, [reading('latency', histogram([10, 100, null], [50, 45, 5]))], 'all', GAP);
    const p99 = columns(film).find(({ quantile }) => quantile === 0.99)!;
    expect([p99.values, p99.low, p99.high]).toEqual([[100], [100], [Number.POSITIVE_INFINITY]]);
    const p50 = columns(film).find(({ quantile }) => quantile === 0.5)!;
    expect([p50.values, p50.low, p50.high]).toEqual([[10], [0], [10]]);
  });

  const moments = fc.array(
    fc.record({
      wait: fc.integer({ min: 1, max: 40_000 }),
      told: fc.subarray(['a', 'b', 'c']),
      value: fc.double({ min: 0, max: 1000, noNaN: true }),
      all: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  );

  const filmOf = (list: Parameters<typeof fillFrom>[1]) => fillFrom(emptyFilm(subject), list, 0);
  function fillFrom(
    film: Film,
    list: readonly { wait: number; told: string[]; value: number; all: boolean }[],
    start: number,
  ): Film {
    let at = start;
    for (const { wait, told, value, all } of list) {
      at += wait;
      const readings = told.map((instance) => reading('rate', value, { instance }));
      put(film, at, readings, all ? 'all' : 'some', GAP);
    }
    return film;
  }

  it('has times in order, and all columns as long as they are, each with its own values alone', () => {
    fc.assert(
      fc.property(moments, (list) => {
        const film = filmOf(list);
        expect(film.times).toEqual([...new Set(film.times)].sort((a, b) => a - b));
        for (const { values, low, high, windows, last } of columns(film)) {
          for (const each of [values, low, high, windows]) expect(each).toHaveLength(film.times.length);
          expect(last).toBe(values.findLastIndex((value) => value != null));
        }
        const told = list.reduce((sum, each) => sum + each.told.length, 0);
        const drawn = columns(film).reduce(
          (sum, { values }) => sum + values.filter((value) => value != null).length,
          0,
        );
        expect(drawn).toBe(told);
      }),
    );
  });

  it('cut in two and joined again is the same', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 200_000 }), (list, at) => {
        const film = filmOf(list);
        const [head, tail] = [copyOf(film), copyOf(film)];
        cutFrom(head, at + 1);
        cutBefore(tail, at + 1);
        join(head, film, at, GAP);
        const known = ({ times, columns: all }: Film) =>
          [...all.values()]
            .map(({ key, values }) => [
              key,
              times.flatMap((t, row) => (values[row] == null ? [] : [[t, values[row]]])),
            ])
            .sort();
        expect(known(head)).toEqual(known(film));
        expect(tail.times.every((time) => time > at)).toBe(true);
      }),
    );
  });
});

describe('the charts of a part', () => {
  const filmWith = (...readings: Reading[]) => {
    const film = emptyFilm(subject);
    put(film, 10_000, readings, 'all', GAP);
    return film;
  };
  const latency = (instance: string | null, more: Partial<Reading> = {}) =>
    reading('latency', histogram([10, 100, null], [50, 45, 5]), { instance, ...more });
  const names = (film: Film, choice: Partial<Parameters<typeof chartsOf>[1]> = {}) =>
    chartsOf(film, { perInstance: false, instance: null, q: 0.95, ...choice }).map(({ title, lines }) => [
      title,
      lines.map(({ name }) => name),
    ]);

  it('are quantiles in order, then what else there is; what can be used up in one', () => {
    const film = filmWith(
      reading('cpu', 0.5),
      reading('errors', 0),
      latency(null),
      reading('rate', 4),
      reading('pool use', 0.1),
      reading('memory', 5),
    );
    expect(names(film)).toEqual([
      ['Latency', ['p50', 'p95', 'p99']],
      ['Rate', ['Rate']],
      ['Errors', ['Errors']],
      ['Memory', ['Memory']],
      ['Saturation', ['CPU', 'Pool in use']],
    ]);
  });

  it('speak of all together, of each instance, or of one alone', () => {
    const film = filmWith(latency(null), latency('b-10'), latency('b-2'), reading('rate', 4));
    expect(names(film)[0]).toEqual(['Latency', ['p50', 'p95', 'p99']]);
    expect(names(film, { perInstance: true })).toEqual([
      ['Latency p95', ['b-2', 'b-10']],
      ['Rate', ['Rate']],
    ]);
    const [one] = chartsOf(film, { perInstance: true, instance: 'b-2', q: 0.95 });
    expect(one!.lines.map(({ name, column }) => [name, column.instance])).toEqual([
      ['p50', 'b-2'],
      ['p95', 'b-2'],
      ['p99', 'b-2'],
    ]);
    expect(one!.origin).toContain('b-2');
  });

  it('speak with the voice that the board speaks with: real before simulated, the caller before the callee', () => {
    const simulated = { source: 's', label: 'Simulator', simulated: true };
    const film = filmWith(
      latency(null, { provenance: simulated }),
      latency(null, { side: 'callee' }),
      latency(null, { side: 'caller' }),
    );
    expect(chartsOf(film, { perInstance: false, instance: null, q: 0.95 })[0]).toMatchObject({
      origin: 'Prometheus here · caller side · over 1 min',
      simulated: false,
    });
  });

  it('of a source that gave quantiles only show these', () => {
    const points = [
      { q: 0.9, value: 5 },
      { q: 0.999, value: 50 },
    ];
    const film = filmWith(reading('latency', { type: 'quantiles', points }));
    const [chart] = chartsOf(film, { perInstance: false, instance: null, q: 0.95 });
    expect(chart!.lines.map(({ name, strong }) => [name, strong])).toEqual([
      ['p90', false],
      ['p99.9', true],
    ]);
  });
});
