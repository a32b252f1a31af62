import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EDGE_KINDS,
  type EdgeKind,
  NODE_KINDS,
  type NodeKind,
  type Reading,
  sizeOfKind,
} from '../../src/graph/index.ts';
import {
  edgeLabel,
  edgeStyle,
  iconPath,
  latencyReading,
  markFace,
  nodeFace,
  nodeFigures,
  type PlacedText,
  pillFace,
  SEVERITIES,
  severityOf,
  silhouette,
  TOKENS,
  textWidth,
} from '../../src/picture/index.ts';
import { coordinatesOf } from './coordinates.ts';

const NOW = 1_000_000;
const reading = (more: Partial<Reading>): Reading => ({
  subject: { type: 'edge', id: 'e' },
  metric: 'latency',
  value: { type: 'samples', values: [100] },
  at: NOW,
  window: 60_000,
  instance: null,
  instances: null,
  side: null,
  samples: null,
  provenance: { source: 's', label: 's', simulated: false },
  ...more,
});

describe('the pill of an edge', () => {
  const label = (latency: Reading | null, baseline: number | null = null, stale = false) =>
    edgeLabel({ latency, q: 0.95, baseline, now: NOW + 240_000, stale });

  test('says the figure and its change', () => {
    const value: Reading['value'] = { type: 'quantiles', points: [{ q: 0.95, value: 182 }] };
    expect(label(reading({ value }), 57)).toMatchObject({
      text: '182 ms',
      change: '↑3.2×',
      severity: 'much slower',
    });
  });

  test('without a baseline is neutral', () => {
    expect(label(reading({}))).toMatchObject({ text: '100 ms', change: null, severity: 'neutral' });
  });

  test('says a dash, never 0, where nothing was measured or this quantile was not', () => {
    expect(label(null).text).toBe('–');
    expect(label(reading({ value: { type: 'samples', values: [] } })).text).toBe('–');
    expect(label(reading({ value: { type: 'quantiles', points: [{ q: 0.5, value: 3 }] } })).text).toBe('–');
  });

  test('says how old a stale figure is and compares it with nothing', () => {
    expect(label(reading({}), 10, true)).toMatchObject({
      stale: true,
      age: '4 min ago',
      change: null,
      severity: 'neutral',
    });
  });

  test('says that it knows a lower bound only, in an open bucket', () => {
    const value: Reading['value'] = { type: 'histogram', bounds: [1000, 10_000, null], counts: [0, 0, 5] };
    expect(label(reading({ value })).text).toBe('≥ 10 s');
  });

  test('is wide enough for what it says', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-4, max: 1e7, noNaN: true }),
        fc.constantFrom<EdgeKind>(...EDGE_KINDS),
        (ms, kind) => {
          const said = label(reading({ value: { type: 'samples', values: [ms] } }), 10);
          const face = pillFace(said, kind)!;
          const last = face.note ?? face.text!;
          const font = { family: 'numbers', size: 11, weight: 500 } as const;
          expect(last.x + textWidth(last.text, font)).toBeLessThanOrEqual(face.width / 2);
          expect((face.glyph ?? face.text!).x).toBeGreaterThanOrEqual(-face.width / 2);
        },
      ),
    );
  });

  test('shows all instances before one, the caller before the callee, the newest before the older', () => {
    const one = reading({ instance: 'a', value: { type: 'samples', values: [900] } });
    const other = reading({ instance: 'b', value: { type: 'samples', values: [20] } });
    const callee = reading({ side: 'callee', at: NOW + 5 });
    const caller = reading({ side: 'caller' });
    const newer = reading({ side: 'caller', at: NOW + 1 });
    expect(latencyReading([other, one], 0.95)).toBe(one);
    expect(latencyReading([one, callee, caller, other], 0.95)).toBe(caller);
    expect(latencyReading([newer, caller], 0.95)).toBe(newer);
    expect(latencyReading([reading({ metric: 'rate', value: 3 })], 0.95)).toBeNull();
  });
});

describe('severity', () => {
  test('half and double are equally far from the baseline', () => {
    expect([0.4, 0.9, 1.1, 1.5, 3, 4.5].map(severityOf)).toEqual([
      'faster',
      'same',
      'same',
      'slower',
      'much slower',
      'severe',
    ]);
    expect([null, 0, Number.NaN].map(severityOf)).toEqual(['neutral', 'neutral', 'neutral']);
  });

  test('is told by width too: the slower, the wider', () => {
    const widths = SEVERITIES.map(
      (severity) => edgeStyle(TOKENS.dark, { kind: 'call', severity, selected: false }).width,
    );
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(widths.at(-1)).toBeGreaterThan(2 * widths[0]!);
  });
});

describe('the figures of a card', () => {
  const node = (metric: Reading['metric'], value: Reading['value'], more: Partial<Reading> = {}) =>
    reading({ subject: { type: 'node', id: 'n' }, metric, value, ...more });

  test('are those that matter for its kind, and a dash where there is none', () => {
    expect(nodeFigures({ kind: 'queue' }, [node('queue depth', 12_345)], 0.95, () => false)).toEqual([
      { label: 'depth', text: '12.3k', stale: false },
      { label: 'wait', text: '–', stale: false },
    ]);
    expect(nodeFigures({ kind: 'database' }, [], 0.95, () => false).map((figure) => figure.text)).toEqual([
      '–',
      '–',
    ]);
  });

  test('show the highest of several instances, never an average', () => {
    const readings = [node('cpu', 0.2, { instance: 'a' }), node('cpu', 0.9, { instance: 'b' })];
    expect(nodeFigures({ kind: 'service' }, readings, 0.95, () => false)[0]!.text).toBe('90 %');
    const whole = [...readings, node('cpu', 0.5)];
    expect(nodeFigures({ kind: 'service' }, whole, 0.95, () => false)[0]!.text).toBe('50 %');
  });

  test('say the nearest quantile that the source gave, and that it is that one', () => {
    const value: Reading['value'] = {
      type: 'quantiles',
      points: [0.5, 0.99].map((q) => ({ q, value: 40 * q })),
    };
    const worker = (q: number) =>
      nodeFigures({ kind: 'worker' }, [node('rate', 3), node('event loop lag', value)], q, () => false);
    expect(worker(0.95).map(({ label, text }) => `${label} ${text}`)).toEqual([
      'rate 3 /s',
      'loop p99 39.6 ms',
    ]);
    expect(worker(0.5)[1]).toMatchObject({ label: 'loop', text: '20 ms' });
  });

  test('are others where those that matter most were not measured, and memory is one of them once', () => {
    const queue = [node('queue depth', 60), node('lag time', 12_000)];
    const labels = (kind: NodeKind, readings: Reading[]) =>
      nodeFigures({ kind }, readings, 0.95, () => false).map(({ label }) => label);
    expect(labels('queue', queue)).toEqual(['depth', 'lag']);
    expect(labels('cache', [node('memory', 700), node('memory use', 0.5)])).toEqual(['mem', 'rate']);
    expect(labels('service', [node('memory', 700), node('thread use', 0.5)])).toEqual(['threads', 'mem']);
  });

  test('are stale when older than asked', () => {
    expect(nodeFigures({ kind: 'service' }, [node('cpu', 0.2)], 0.95, () => true)[0]!.stale).toBe(true);
  });
});

describe('the face of a card', () => {
  const anyNode = fc.record({
    name: fc.string({ unit: 'grapheme', maxLength: 60 }),
    kind: fc.constantFrom(...NODE_KINDS),
    technology: fc.string({ maxLength: 40 }),
    instances: fc.integer({ min: 0, max: 100_000 }),
  });
  const anyFigure = fc.record({
    label: fc.constantFrom('cpu', 'depth'),
    text: fc.string({ maxLength: 16 }),
    stale: fc.boolean(),
  });

  test('keeps every text within its card', () => {
    fc.assert(
      fc.property(anyNode, fc.array(anyFigure, { maxLength: 2 }), (node, figures) => {
        const face = nodeFace(node, figures);
        const size = sizeOfKind(node.kind);
        const texts: (PlacedText | null)[] = [
          face.name,
          face.technology,
          face.instances,
          ...face.figures.flatMap(({ label, value }) => [label, value]),
        ];
        for (const each of texts) {
          if (!each) continue;
          const width = textWidth(each.text, each.font);
          const left = each.end ? each.x - width : each.x;
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left + width).toBeLessThanOrEqual(size.width);
          expect(each.y - each.font.size).toBeGreaterThanOrEqual(0);
          expect(each.y).toBeLessThanOrEqual(size.height);
        }
      }),
    );
  });

  test('does not move when a figure arrives', () => {
    const absent = nodeFace(
      { name: 'a', kind: 'queue' },
      nodeFigures({ kind: 'queue' }, [], 0.95, () => false),
    );
    const there = nodeFace(
      { name: 'a', kind: 'queue' },
      nodeFigures({ kind: 'queue' }, [reading({ metric: 'queue depth', value: 3 })], 0.95, () => false),
    );
    expect(there.name).toEqual(absent.name);
    expect(there.figures.map(({ value }) => value.x)).toEqual(absent.figures.map(({ value }) => value.x));
  });

  test.each(NODE_KINDS)('%s has an icon on its grid and an outline within its card', (kind) => {
    for (const [x, y] of coordinatesOf(iconPath(kind))) {
      expect(x).toBeGreaterThanOrEqual(0.5);
      expect(x).toBeLessThanOrEqual(15.5);
      expect(y).toBeGreaterThanOrEqual(0.5);
      expect(y).toBeLessThanOrEqual(15.5);
    }
    const rect = { x: 10, y: 20, ...sizeOfKind(kind) };
    for (const [x, y] of coordinatesOf(silhouette(kind, rect))) {
      expect(x).toBeGreaterThanOrEqual(10);
      expect(x).toBeLessThanOrEqual(10 + rect.width);
      expect(y).toBeGreaterThanOrEqual(20);
      expect(y).toBeLessThanOrEqual(20 + rect.height);
    }
  });

  test('outlines and icons tell kinds apart', () => {
    expect(new Set(NODE_KINDS.map(iconPath)).size).toBe(NODE_KINDS.length);
  });
});

describe('chalk', () => {
  const rect = { x: 0, y: 0, width: 184, height: 72 };

  test('follows from the seed alone', () => {
    expect(markFace('suspected', rect, 'm1')).toEqual(markFace('suspected', rect, 'm1'));
    expect(markFace('suspected', rect, 'm1').strokes).not.toEqual(markFace('suspected', rect, 'm2').strokes);
  });

  test('goes round what it marks and stays within its bounds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('suspected' as const, 'confirmed' as const, 'cleared' as const),
        fc.string(),
        fc.record({ width: fc.integer({ min: 24, max: 400 }), height: fc.integer({ min: 16, max: 200 }) }),
        (status, seed, size) => {
          const { strokes, badge, bounds } = markFace(status, { x: 0, y: 0, ...size }, seed);
          const points = [...strokes, ...badge].flatMap(coordinatesOf);
          for (const [x, y] of points) {
            expect(x).toBeGreaterThanOrEqual(bounds.x);
            expect(x).toBeLessThanOrEqual(bounds.x + bounds.width);
            expect(y).toBeGreaterThanOrEqual(bounds.y);
            expect(y).toBeLessThanOrEqual(bounds.y + bounds.height);
          }
          if (status === 'cleared') return;
          const ring = coordinatesOf(strokes[0]!);
          expect(Math.min(...ring.map(([x]) => x))).toBeLessThan(0);
          expect(Math.max(...ring.map(([x]) => x))).toBeGreaterThan(size.width);
          expect(Math.min(...ring.map(([, y]) => y))).toBeLessThan(0);
          expect(Math.max(...ring.map(([, y]) => y))).toBeGreaterThan(size.height);
        },
      ),
    );
  });
});
