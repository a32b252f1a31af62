/** The report: every number it is given stands in it with its source and window, and nothing that a person wrote breaks it. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReportInput, reportOf, symptomOf, toHtml, toMarkdown } from '../../src/analysis/index.ts';
import { type Board, emptyBoard, type Reading, type Snapshot, type Subject } from '../../src/graph/index.ts';

const node = (id: string): Subject => ({ type: 'node', id });
const edge = (id: string): Subject => ({ type: 'edge', id });

function board(): Board {
  const drawn = emptyBoard('b', 'Slow checkout');
  for (const [id, name] of [
    ['web', 'web'],
    ['pay', 'payments'],
  ] as const)
    drawn.nodes[id] = { id, name, kind: 'service', position: [0, 0] };
  drawn.nodes.pay = { ...drawn.nodes.pay!, instances: 3 };
  drawn.edges.e = { id: 'e', source: 'web', target: 'pay', kind: 'call' };
  drawn.events.i = { id: 'i', kind: 'incident', name: 'customers wait', at: 5000 };
  drawn.marks.m = {
    id: 'm',
    subject: node('pay'),
    status: 'confirmed',
    hypothesis: 'pool | exhausted?',
    at: 9000,
  };
  return drawn;
}

/** A thousand calls around so many milliseconds. */
const latency = (subject: Subject, ms: number): Reading => ({
  ...{
    subject,
    metric: 'latency',
    at: 1000,
    window: 60_000,
    instance: null,
    instances: null,
    side: 'caller',
  },
  value: { type: 'samples', values: Array.from({ length: 1000 }, (_, i) => ms * (0.9 + i / 5000)) },
  samples: 1000,
  provenance: { source: 'p', label: 'Prometheus localhost:9090', simulated: false },
});
const snapshot = (id: string, name: string, at: number, ms: number): Snapshot => ({
  ...{ id, name, at, window: 60_000 },
  readings: [latency(edge('e'), ms)],
});

function inputOf(change: Partial<ReportInput> = {}): ReportInput {
  const drawn = change.board ?? board();
  const usual = snapshot('usual', 'Baseline', 1000, 20);
  const now = snapshot('now', 'now', 8000, 200);
  const q = 0.95;
  return {
    ...{ board: drawn, usual, now, q, symptom: symptomOf({ board: drawn, usual, now, q }), madeAt: 10_000 },
    timeText: (at) => `${at / 1000} s UTC`,
    ...change,
  };
}

describe('the report', () => {
  const text = toMarkdown(reportOf(inputOf()), 'picture.png');

  it('says what is known, when and from where', () => {
    expect(text).toMatch(/^# Slow checkout\n/);
    expect(text).toContain('p95 of web → payments: 21.8 ms when all was well, 218 ms now');
    expect(text).toContain('Confirmed: payments.');
    expect(text).toContain('![Slow checkout: the system with its figures and marks](picture.png)');
    expect(text).toMatch(/\| 5 s UTC \| Incident: customers wait \|/);
    expect(text).toMatch(
      /\| web → payments \| p95 \(caller side\) \| 21.8 ms \| 218 ms \| 10× \| [^|]+ \| slower \| Prometheus localhost:9090, over 60 s \|/,
    );
    expect(text).toContain('1 figures moved, 0 are the same');
  });

  it('says what is not', () => {
    const unknown = text.slice(text.indexOf('## Still unknown'));
    expect(unknown).toContain('Parts without a figure of their own (2): web, payments.');
    expect(unknown).toContain('Parts of several instances, measured only together (1): payments.');
    expect(unknown).toContain('nothing was tried');
    const bare = toMarkdown(reportOf(inputOf({ usual: null, now: null, symptom: null })), null);
    expect(bare).toContain('Nothing is measured.');
    expect(bare).toContain('no baseline was kept');
    expect(bare).not.toContain('![');
  });

  it('tells of experiments what was measured, and what to believe since', () => {
    const drawn = board();
    drawn.snapshots.before = snapshot('before', 'Before', 6000, 200);
    drawn.snapshots.after = snapshot('after', 'After', 7000, 21);
    drawn.experiments.x = {
      ...{
        id: 'x',
        part: { type: 'node', id: 'pay' },
        action: 'stubbed',
        at: 6000,
        since: 6500,
        until: 7500,
      },
      ...{ symptom: { subject: edge('e'), metric: 'latency', q: 0.95 }, before: 'before', after: 'after' },
      note: 'a stub that answers at once',
    };
    const told = toMarkdown(reportOf(inputOf({ board: drawn })), null);
    expect(told).toMatch(
      /\| payments \| stubbed \| 218 ms \| 22.9 ms \| 0.1\d× \| [^|]+ \| (gone|better) \|/,
    );
    expect(told).toContain('a stub that answers at once');
    expect(told).toContain('### What to believe since');
    expect(told).toMatch(/6.5 s UTC \| Experiment: payments stubbed/);
  });

  it('is one page of HTML that asks for nothing', () => {
    const page = toHtml(reportOf(inputOf()), '<svg xmlns="http://www.w3.org/2000/svg"></svg>');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain(
      '<figure role="img" aria-label="Slow checkout: the system with its figures and marks"><svg',
    );
    expect(page).not.toMatch(/(src|href)=|@import|url\(/);
  });

  it('keeps what people write as text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (words) => {
        const drawn = board();
        drawn.title = words;
        drawn.nodes.pay!.name = words;
        drawn.marks.m!.hypothesis = words;
        const report = reportOf(inputOf({ board: drawn }));
        // tags are only our own
        const page = toHtml(report, null);
        const tags = page.slice(page.indexOf('<main>')).match(/<[^>]*>/g) ?? [];
        for (const tag of tags)
          expect(tag).toMatch(/^<\/?(main|body|html|h[123]|p|ul|li|div|table|thead|tbody|tr|th|td)( |>)/);
        // every line of a table has as many cells as its head
        let columns = 0;
        for (const line of toMarkdown(report, null).split('\n')) {
          const cells = line.startsWith('|') ? line.match(/(?<!\\)\|/g)!.length : 0;
          if (cells > 0 && columns > 0) expect(cells).toBe(columns);
          columns = cells;
        }
      }),
    );
  });
});
