/**
 * What spans measured, before it becomes figures: parts and hops under keys of their own, and series of
 * single durations, split by instance and operation. Plain data. What is tallied batch by batch folds into
 * one: parts and hops by key, series by `seriesKey`, distributions by `mergeDistributions`, the rest by adding.
 *
 *   spans ─► draft (drawMessages, drawCalls) ─► tally ─► observed (nodes, edges, readings, remarks)
 */
import type { Distribution, EdgeKind, EpochMs, Milliseconds, NodeKind } from '../../graph/index.ts';
import { drawCalls } from './calls.ts';
import { alignClocks } from './clocks.ts';
import { criticalPaths } from './critical-path.ts';
import { type Draft, emptyDraft, note, serviceFor, UNKNOWN_SERVICE } from './draft.ts';
import { hopSeries, waitSeries } from './measure.ts';
import { drawMessages } from './messages.ts';
import { serviceSeries } from './own-time.ts';
import { milliseconds, type Span } from './span.ts';
import { distinct, type Tree, treeOf } from './tree.ts';

export type TalliedPart = {
  key: string;
  kind: NodeKind;
  name: string;
  technology: string | null;
  /** How telemetry names it besides. */
  names: readonly string[];
  /** Somebody called it: with messages alone it would be a worker. */
  serves: boolean;
};

export type TalliedHop = {
  key: string;
  /** Keys of parts. */
  source: string;
  target: string;
  kind: EdgeKind;
  protocol: string | null;
  operations: readonly string[];
};

/** Durations of one kind, of one part or hop, as one instance saw them in one operation. */
export type Series = {
  /** Key of a part (`node`) or of a hop (`edge`). */
  type: 'node' | 'edge';
  key: string;
  metric: 'latency' | 'own time' | 'queue wait';
  side: 'caller' | 'callee' | null;
  /** Whose stopwatch it was: the caller's instance on the caller's side. */
  instance: string | null;
  /** The API call, on both sides as the callee names it; null where it has no series of its own. */
  operation: string | null;
  durations: Distribution;
  /** How many requests or messages there were, timed or not, and how many of them failed. */
  calls: number;
  failed: number;
};

/** Time on critical paths by subject (`node:KEY`, `edge:KEY`), and all of it, which is the time end to end. */
export type PathTimes = { total: Milliseconds; times: ReadonlyMap<string, Milliseconds> };

export type Tally = {
  parts: ReadonlyMap<string, TalliedPart>;
  hops: ReadonlyMap<string, TalliedHop>;
  series: readonly Series[];
  /** Of requests that were answered, and of messages that were handled with nobody waiting. */
  paths: { answers: PathTimes; messages: PathTimes };
  /** What was left out or mended and why, with how often. */
  notes: ReadonlyMap<string, number>;
  /** The largest amount by which a clock was set right. */
  skew: Milliseconds;
  spans: number;
  /** First start and last end; both 0 when there are no spans. */
  first: EpochMs;
  last: EpochMs;
};

/** One string per series, for folding tallies. */
export const seriesKey = ({ type, key, metric, side, instance, operation }: Series): string =>
  JSON.stringify([type, key, metric, side, instance, operation]);

/** Spans in any order, of any number of traces; each trace should be whole. */
export function tallySpans(all: readonly Span[]): Tally {
  const draft = emptyDraft();
  const once = distinct(all, draft);
  const { spans, furthest } = aligned(once, treeOf(once), draft);
  const tree = treeOf(spans);
  for (const span of spans) serviceFor(draft, span.service).serves ||= span.kind === 'server';
  drawMessages(spans, tree.parentOf, tree.byKey, draft);
  drawCalls(spans, tree.parentOf, draft);
  noteStrays(spans, tree.byKey, draft);
  const series: Series[] = [];
  for (const hop of draft.hops.values()) series.push(...hopSeries(hop, tree.parentOf, draft));
  for (const [part, waits] of draft.waits) series.push(waitSeries(part, waits));
  series.push(...serviceSeries(tree, draft));
  return {
    parts: new Map([...draft.parts].map(([key, part]) => [key, { ...part, names: [...part.names] }])),
    hops: new Map(
      [...draft.hops.values()].map((hop) => [
        hop.key,
        {
          ...{ key: hop.key, source: hop.source.key, target: hop.target.key, kind: hop.kind },
          ...{ protocol: hop.protocol, operations: [...hop.operations] },
        },
      ]),
    ),
    series,
    paths: criticalPaths(tree, draft),
    notes: draft.notes,
    skew: furthest,
    spans: spans.length,
    ...extentOf(spans),
  };
}

function aligned(spans: readonly Span[], { parentOf }: Tree, draft: Draft) {
  const { moved, unexplained, furthest, ...rest } = alignClocks(spans, parentOf);
  if (moved > 0) note(draft, 'spans moved in time because their clock differed from their caller’s', moved);
  if (unexplained > 0)
    note(draft, 'traces left as they are though answers lie outside of their calls', unexplained);
  return { ...rest, furthest: milliseconds(furthest) };
}

function noteStrays(spans: readonly Span[], byKey: ReadonlyMap<string, Span>, draft: Draft): void {
  const nameless = spans.filter(({ service }) => service === null).length;
  if (nameless > 0) note(draft, `spans that name no service, drawn as "${UNKNOWN_SERVICE}"`, nameless);
  const orphans = spans.filter(({ parent }) => parent !== null && !byKey.has(parent)).length;
  if (orphans > 0) note(draft, 'spans whose caller is missing and so not drawn', orphans);
}

function extentOf(spans: readonly Span[]): { first: EpochMs; last: EpochMs } {
  if (spans.length === 0) return { first: 0, last: 0 };
  let { start: first, end: last } = spans[0]!;
  for (const { start, end } of spans) {
    if (start < first) first = start;
    if (end > last) last = end;
  }
  return { first: milliseconds(first), last: milliseconds(last) };
}
