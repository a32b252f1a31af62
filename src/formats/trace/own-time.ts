/**
 * What services spend on requests: the whole of it (inclusive), and the part of it during which none of the
 * parts they call is at work (own time). A request is the span by which it enters a service; spans of the
 * same service below that one are the service itself.
 */
import type { Milliseconds } from '../../graph/index.ts';
import { type Draft, leaves, serviceFor } from './draft.ts';
import { seriesOf } from './measure.ts';
import { isAsync } from './messages.ts';
import { durationOf, type Span } from './span.ts';
import type { Series } from './tally.ts';
import type { Tree } from './tree.ts';

/** Nanoseconds since the request began. */
type Interval = [from: number, to: number];

export function serviceSeries(tree: Tree, draft: Draft): Series[] {
  const byPart = new Map<
    string,
    { latency: ReturnType<typeof seriesOf>; own: ReturnType<typeof seriesOf> }
  >();
  for (const span of tree.spans) {
    if (!enters(span, tree, draft)) continue;
    const { key } = serviceFor(draft, span.service);
    let found = byPart.get(key);
    if (!found) {
      const latency = seriesOf({ type: 'node', key, metric: 'latency' });
      found = { latency, own: seriesOf({ type: 'node', key, metric: 'own time' }) };
      byPart.set(key, found);
    }
    found.latency.add('callee', span, null, durationOf(span));
    found.own.add(null, span, null, ownTime(span, tree, draft));
  }
  return [...byPart.values()].flatMap(({ latency, own }) => [...latency.all(), ...own.all()]);
}

/** Of what began in a service whose spans are missing, only what says that it was a request counts as one. */
function enters(span: Span, { parentOf }: Tree, draft: Draft): boolean {
  if (leaves(span, draft)) return false;
  const isRequest = span.kind === 'server' || span.kind === 'consumer';
  const parent = parentOf(span);
  if (!parent) return span.parent === null || isRequest;
  if (parent.service !== span.service || span.kind === 'consumer') return true;
  return isRequest && leaves(parent, draft);
}

/** The duration less the time in which the service waited for others. */
function ownTime(entry: Span, { childrenOf }: Tree, draft: Draft): Milliseconds {
  const waits: Interval[] = [];
  const inside = [entry];
  for (let span = inside.pop(); span; span = inside.pop())
    for (const child of childrenOf(span)) {
      if (isAsync(child, span)) continue;
      if (child.service === entry.service && !leaves(child, draft)) inside.push(child);
      else waits.push([Number(child.start - entry.start), Number(child.end - entry.start)]);
    }
  const duration = Number(entry.end - entry.start);
  return (duration - covered(waits, duration)) / 1e6;
}

/** How much of the time from 0 to `end` the intervals cover; where they overlap, once. */
function covered(intervals: Interval[], end: number): number {
  let [sum, until] = [0, 0];
  for (const [from, to] of intervals.sort(([a], [b]) => a - b)) {
    const begin = Math.max(from, until);
    const stop = Math.min(to, end);
    if (stop <= begin) continue;
    sum += stop - begin;
    until = stop;
  }
  return sum;
}
