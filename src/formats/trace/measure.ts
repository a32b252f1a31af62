/** The spans that timed a hop → series of durations; calls that both sides saw apart from the others. */
import type { Distribution, Milliseconds } from '../../graph/index.ts';
import { type Draft, type Hop, note, type Part } from './draft.ts';
import { attribute, durationOf, type ParentOf, type Span } from './span.ts';
import type { Series } from './tally.ts';

/** Operations of one hop with series of their own: those called most. */
export const MOST_MEASURED = 20;

export function hopSeries(hop: Hop, parentOf: ParentOf, draft: Draft): Series[] {
  const caller = outermost(hop.kind === 'query' ? queriesOf(hop, draft) : hop.caller);
  const callee = outermost(hop.callee);
  const pairs = pairsOf(caller, callee, parentOf);
  const answers = new Set(pairs.values());
  const often = mostOften([...callee, ...[...caller].filter((span) => !pairs.has(span))]);
  const operationOf = (span: Span) => (often.has(span.name) ? span.name : null);
  const latency = seriesOf({ type: 'edge', key: hop.key, metric: 'latency' });
  const oneSided = seriesOf({ type: 'edge', key: hop.key, metric: 'one-sided latency' });
  for (const span of caller) {
    const answer = pairs.get(span);
    (answer ? latency : oneSided).add('caller', span, operationOf(answer ?? span), durationOf(span));
  }
  for (const span of callee)
    (answers.has(span) ? latency : oneSided).add('callee', span, operationOf(span), durationOf(span));
  return [...latency.all(), ...oneSided.all()];
}

/**
 * The series of one hop as latencies. Where calls were seen from both sides, only those are timed, so that
 * both sides speak of the same ones and the difference of their means is the network and the queue between
 * them; rate and failures count the others as well.
 */
export function bothSided(series: readonly Series[]): Timed[] {
  const hasPairs = series.some(({ type, metric }) => type === 'edge' && metric === 'latency');
  return series.map(({ metric, ...each }) => {
    if (metric !== 'one-sided latency') return { ...each, metric };
    return { ...each, metric: 'latency', durations: hasPairs ? samplesOf([]) : each.durations };
  });
}

/** What became of the series when it was settled which calls are timed. */
export type Timed = Series & { metric: Exclude<Series['metric'], 'one-sided latency'> };

/** A span inside another of the same hop (a retry in its call, a driver's in the mapper's) is not one more. */
function outermost(spans: ReadonlySet<Span>): Set<Span> {
  const keys = new Set([...spans].map(({ key }) => key));
  return new Set([...spans].filter(({ parent }) => parent === null || !keys.has(parent)));
}

/** Each call with the span that answered it first. */
function pairsOf(caller: ReadonlySet<Span>, callee: ReadonlySet<Span>, parentOf: ParentOf): Map<Span, Span> {
  const pairs = new Map<Span, Span>();
  for (const answer of callee) {
    let call = parentOf(answer);
    // A call may be wrapped in others of the same caller; the outermost is the one that counts.
    for (let step = 0; call && !caller.has(call) && step < MOST_WRAPPED; step++)
      call = call.kind === 'client' ? parentOf(call) : undefined;
    if (!call || !caller.has(call) || call.untimed || answer.untimed) continue;
    const known = pairs.get(call);
    if (!known || answer.start < known.start) pairs.set(call, answer);
  }
  return pairs;
}
const MOST_WRAPPED = 8;

/**
 * Where some spans name their statement, those are the queries; the others (taking a connection from the
 * pool, opening one) would double the rate and halve the latency.
 */
function queriesOf(hop: Hop, draft: Draft): ReadonlySet<Span> {
  const queries = [...hop.caller].filter((span) =>
    attribute(span, 'db.query.text', 'db.statement', 'db.operation.name', 'db.operation'),
  );
  if (queries.length === 0 || queries.length === hop.caller.size) return hop.caller;
  const edge = `${hop.source.name} → ${hop.target.name}`;
  note(
    draft,
    `spans without a statement, not counted as queries of ${edge}`,
    hop.caller.size - queries.length,
  );
  return new Set(queries);
}

function mostOften(spans: readonly Span[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { name } of spans) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].sort(([, a], [, b]) => b - a).slice(0, MOST_MEASURED);
  return new Set(names.map(([name]) => name));
}

/** Takes the durations of one metric of one subject and sorts them into series as they come. */
export function seriesOf({ type, key, metric }: Pick<Series, 'type' | 'key' | 'metric'>) {
  const found = new Map<string, Omit<Series, 'durations'> & { values: Milliseconds[] }>();
  return {
    add(side: Series['side'], span: Span, operation: string | null, duration: Milliseconds): void {
      const { instance, failed } = span;
      const split = JSON.stringify([side, instance, operation]);
      let series = found.get(split);
      if (!series) {
        series = { type, key, metric, side, instance, operation, values: [], calls: 0, failed: 0 };
        found.set(split, series);
      }
      if (!span.untimed && (type === 'node' || !isMoment(span))) series.values.push(duration);
      series.calls++;
      if (failed) series.failed++;
    },
    all: (): Series[] =>
      [...found.values()].map(({ values, ...series }) => ({ ...series, durations: samplesOf(values) })),
  };
}

/** Sending and taking up are often written down as one moment, which says nothing of how long. */
const isMoment = ({ kind, start, end }: Span): boolean =>
  start === end && (kind === 'producer' || kind === 'consumer');

const samplesOf = (durations: readonly Milliseconds[]): Distribution => ({
  type: 'samples',
  values: durations.toSorted((a, b) => a - b),
});

export const waitSeries = (part: Part, waits: readonly Milliseconds[]): Series => ({
  ...{ type: 'node', key: part.key, metric: 'queue wait', side: null, instance: null, operation: null },
  ...{ durations: samplesOf(waits), calls: waits.length, failed: 0 },
});
