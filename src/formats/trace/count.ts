/**
 * Spans → tally.
 *
 *   spans ─► clocks set right ─► draft (messages, calls) ─► series of hops and services, critical paths
 */
import type { EpochMs } from '../../graph/index.ts';
import { drawCalls } from './calls.ts';
import { alignClocks } from './clocks.ts';
import { criticalPaths } from './critical-path.ts';
import { type Draft, emptyDraft, note, serviceFor, UNKNOWN_SERVICE } from './draft.ts';
import { hopSeries, waitSeries } from './measure.ts';
import { drawMessages } from './messages.ts';
import { serviceSeries } from './own-time.ts';
import { requestsIn } from './requests.ts';
import { milliseconds, type Span } from './span.ts';
import type { Series, Tally } from './tally.ts';
import { distinct, type Tree, treeOf } from './tree.ts';

/**
 * Spans in any order, of any number of traces; each trace should be whole.
 * @param withRequests keeps single requests, too
 */
export function tallySpans(all: readonly Span[], { withRequests = false } = {}): Tally {
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
    ...(withRequests && { requests: requestsIn(tree, draft) }),
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
  const untimed = spans.filter((span) => span.untimed).length;
  if (untimed > 0)
    note(draft, 'spans that do not say when they were or how long, drawn and not timed', untimed);
  if (nameless > 0) note(draft, `spans that name no service, drawn as "${UNKNOWN_SERVICE}"`, nameless);
  const orphans = spans.filter(({ parent }) => parent !== null && !byKey.has(parent)).length;
  if (orphans > 0) note(draft, 'spans whose caller is missing and so not drawn', orphans);
}

function extentOf(spans: readonly Span[]): { first: EpochMs; last: EpochMs } {
  let [first, last] = [0n, 0n];
  for (const { start, end, untimed } of spans) {
    if (untimed && start === 0n) continue;
    if (start < first || first === 0n) first = start;
    if (end > last) last = end;
  }
  return { first: milliseconds(first), last: milliseconds(last) };
}
