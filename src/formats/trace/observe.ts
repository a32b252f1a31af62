/** Tally → what was observed: nodes and edges under fresh ids, readings on them, and remarks in words. */
import {
  formatDuration,
  type Id,
  type Observed,
  type Provenance,
  type Reading,
  type Requests,
  type Subject,
} from '../../graph/index.ts';
import { tallySpans } from './count.ts';
import { type Coverage, figuresOf, MOST_INSTANCES, MOST_SAMPLES, pathFigure } from './figures.ts';
import { shapeOf } from './shape.ts';
import type { Span } from './span.ts';
import { settled } from './strangers.ts';
import type { Tally } from './tally.ts';

/** What spans show of a system, and what a person should know of it, a sentence each. */
export type Sight = Observed & { remarks: readonly string[]; requests?: Requests };
/** Where the spans are from; when and over how long, unless it is as they themselves say. */
export type Seen = Partial<Coverage> & { provenance: Provenance };
/** Where ids come from. The subject (`node:KEY` or `edge:KEY`) is for those who want the same ones every time. */
export type Ids = { newId(subject: string): Id };

/** What these spans show: the graph they draw and the readings on it. No spans show nothing. */
export const observe = (spans: readonly Span[], seen: Seen, ids: Ids): Sight =>
  observeTally(tallySpans(spans), seen, ids);

/** What a tally shows, be it of one batch of spans or of many that were folded into one. */
export function observeTally(
  folded: Tally,
  { provenance, at = folded.last, window = folded.spans > 1 ? folded.last - folded.first : 0 }: Seen,
  ids: Ids,
): Sight {
  const tally = settled(folded);
  const coverage: Coverage = { at, window, provenance };
  const { nodes, edges, idOf } = shapeOf(tally, ids);
  const series = Map.groupBy(tally.series, ({ type, key }) => `${type}:${key}`);
  const readings: Reading[] = [];
  for (const type of ['node', 'edge'] as const)
    for (const [key, id] of idOf[type]) {
      const name = `${type}:${key}`;
      const subject = { type, id };
      readings.push(...figuresOf(series.get(name) ?? [], subject, coverage));
      const onPath = pathFigure(tally.paths, name, subject, coverage);
      if (onPath) readings.push(onPath);
    }
  const sight = { nodes, edges, readings, remarks: remarksOf(tally, readings) };
  if (!tally.requests) return sight;
  const { subjects, each } = tally.requests;
  return { ...sight, requests: { subjects: subjects.map((name) => subjectNamed(name, idOf)), each } };
}

function subjectNamed(name: string, idOf: ReturnType<typeof shapeOf>['idOf']): Subject {
  const type = name.startsWith('edge:') ? 'edge' : 'node';
  return { type, id: idOf[type].get(name.slice('edge:'.length))! };
}

function remarksOf(tally: Tally, readings: readonly Reading[]): string[] {
  const { notes, skew } = tally;
  const remarks = [...notes].map(([reason, count]) => `${reason}: ${count}`);
  for (const [key, of] of Map.groupBy(tally.series, (series) => series.key)) {
    const hop = tally.hops.get(key);
    const oneSided = of.reduce(
      (sum, each) => sum + (each.metric === 'one-sided latency' ? each.calls : 0),
      0,
    );
    if (!hop || oneSided === 0 || !of.some(({ metric }) => metric === 'latency')) continue;
    const [source, target] = [tally.parts.get(hop.source)!.name, tally.parts.get(hop.target)!.name];
    remarks.push(
      `spans of calls that only one side saw, not in the latency of ${source} → ${target}: ${oneSided}`,
    );
  }
  if (skew > 0) remarks.push(`the largest correction of a clock: ${formatDuration(skew)}`);
  const wholes = readings.filter(({ instance, operation }) => instance === null && operation === undefined);
  const thinned = wholes.filter(
    ({ value }) => typeof value === 'object' && value.type === 'histogram',
  ).length;
  if (thinned > 0)
    remarks.push(
      `measures of over ${MOST_SAMPLES} spans, kept as histograms with buckets 9 % wide: ${thinned}`,
    );
  const most = wholes.reduce((sum, { instances }) => Math.max(sum, instances ?? 0), 0);
  if (most > MOST_INSTANCES)
    remarks.push(`only the ${MOST_INSTANCES} busiest instances have figures of their own, of up to ${most}`);
  return remarks;
}
