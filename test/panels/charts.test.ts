/** What charts write: scales, names at the ends of lines, values in words and as CSV. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/graph/index.ts';
import { linearRange, logRange, logTicks } from '../../src/panels/dashboard/axis.ts';
import { chartsOf } from '../../src/panels/dashboard/charts.ts';
import { CSV_COLUMNS, cell, csvOf } from '../../src/panels/dashboard/csv.ts';
import { emptyFilm, put } from '../../src/panels/dashboard/film.ts';
import { placeEnds } from '../../src/panels/dashboard/line-ends.ts';
import { chartWords, pictureTitle, summaryOf } from '../../src/panels/dashboard/words.ts';

const latencies = fc.double({ min: 0.001, max: 1e6, noNaN: true });

describe('scales', () => {
  it('of durations hold all values, and have a few round ones beside them', () => {
    fc.assert(
      fc.property(latencies, latencies, fc.integer({ min: 2, max: 12 }), (a, b, most) => {
        const [min, max] = logRange(Math.min(a, b), Math.max(a, b));
        expect(min).toBeLessThan(Math.min(a, b));
        expect(max).toBeGreaterThan(Math.max(a, b));
        expect(max / min).toBeGreaterThanOrEqual(3.99);
        const ticks = logTicks([min, max], most);
        expect(ticks.length).toBeLessThanOrEqual(most);
        for (const tick of ticks) expect(tick >= min && tick <= max).toBe(true);
      }),
    );
    expect(logTicks(logRange(100, 300), 6)).toEqual([100, 150, 200, 300]);
    expect(logTicks([1, 1000], 4)).toEqual([1, 10, 100, 1000]);
  });

  it('of everything else begin at nothing; shares of what can be used up end at all of it', () => {
    expect(linearRange('cpu', 0.2)).toEqual([0, 1]);
    expect(linearRange('errors', 0.1)[1]).toBeCloseTo(0.11);
    expect(linearRange('rate', null)).toEqual([0, 1]);
    expect(logRange(null, null)).toEqual([1, 100]);
  });
});

it('names at the ends of lines never stand on each other, and stay within', () => {
  const ends = fc.array(
    fc.record({
      name: fc.string(),
      y: fc.double({ min: -50, max: 250, noNaN: true }),
      colour: fc.constant('#000'),
      strong: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(ends, (list) => {
      const placed = placeEnds(list, 0, 100, 11);
      expect(placed.length).toBe(Math.min(list.length, 10));
      for (const [i, { y }] of placed.entries()) {
        expect(y >= -1e-9 && y <= 100 + 1e-9).toBe(true);
        if (i > 0) expect(y - placed[i - 1]!.y).toBeGreaterThanOrEqual(11 - 1e-9);
      }
      if (list.filter(({ strong }) => strong).length <= 10)
        for (const end of list.filter(({ strong }) => strong))
          expect(placed.some(({ name, colour }) => name === end.name && colour === end.colour)).toBe(true);
    }),
  );
});

const film = () => {
  const made = emptyFilm({ type: 'edge', id: 'e' });
  const reading = (at: number, counts: number[]): Reading => ({
    subject: made.subject,
    metric: 'latency',
    value: { type: 'histogram', bounds: [10, 100, null], counts },
    at,
    window: 60_000,
    instance: null,
    instances: 2,
    side: 'caller',
    samples: null,
    provenance: { source: 's', label: '=cmd|x', simulated: false },
  });
  put(made, 1000, [reading(1000, [100, 0, 0])], 'all', 15_000);
  put(made, 2000, [], 'all', 15_000);
  put(made, 3000, [reading(3000, [50, 0, 50])], 'all', 15_000);
  return made;
};

describe('what is written of lines', () => {
  const all = film();
  const [chart] = chartsOf(all, { perInstance: false, instance: null, q: 0.95 });

  it('is one row a point, in order; what was not measured has none', () => {
    const lines = csvOf([{ subject: 'a, b → "c"', film: all, lines: chart!.lines }], 0, 9999).split('\r\n');
    expect(lines[0]).toBe(CSV_COLUMNS.join(','));
    expect(lines.slice(1, 3)).toEqual([
      `1970-01-01T00:00:01.000Z,"a, b → ""c""",latency,0.5,,caller,'=cmd|x,5,ms,0,10,60000`,
      `1970-01-01T00:00:03.000Z,"a, b → ""c""",latency,0.5,,caller,'=cmd|x,10,ms,0,10,60000`,
    ]);
    expect(lines[4]).toMatch(/,0\.95,.*,100,ms,100,,60000$/);
    expect(lines).toHaveLength(1 + 6 + 1);
    expect(csvOf([{ subject: 'a', film: all, lines: chart!.lines }], 1500, 2500).split('\r\n')).toHaveLength(
      2,
    );
  });

  it('is never a formula to a spreadsheet, and comes back as it was', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const written = cell(text);
        const read = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
        expect(read === text || read === `'${text}`).toBe(true);
        expect(/^[=+\-@\t\r\n]/.test(read)).toBe(false);
        if (!written.startsWith('"')) expect(/[",\r\n]/.test(written)).toBe(false);
      }),
    );
    for (const bad of ['=1', '+1', '-1', '@x', '\t=1', ' =1']) expect(cell(bad)).toMatch(/^"?'/);
  });

  it('says bounds, gaps and the highest in words', () => {
    expect(chartWords(all, chart!, 3000, 500, 'auto')).toBe('p50 10 ms, p95 ≥ 100 ms, p99 ≥ 100 ms');
    expect(chartWords(all, chart!, 2000, 500, 'auto')).toBe('not measured');
    expect(summaryOf(all, chart!.lines[1]!, 0, 9999, 'auto')).toEqual({
      lowest: '9.5 ms',
      highest: '≥ 100 ms',
      highestAt: 3000,
      measured: 2,
      missing: 1,
    });
    expect(summaryOf(all, chart!.lines[1]!, 5000, 9999, 'auto')).toBeNull();
  });
});

it('a picture of charts says of which day it is, and in which zone', () => {
  const from = Date.UTC(2026, 10, 23, 7, 20, 56);
  const title = pictureTitle('Shop', { from, to: from + 900_000 });
  expect(title).toMatch(/^Shop, /);
  expect(title).toContain('2026');
  const zone = new Intl.DateTimeFormat(undefined, { timeStyle: 'long' }).formatToParts(from);
  expect(title).toContain(zone.find(({ type }) => type === 'timeZoneName')?.value);
});
