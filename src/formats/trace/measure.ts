/** Readings from the spans that timed a hop: latency as a distribution, rate, share of failures. */
import type { Distribution, EpochMs, Milliseconds, Provenance, Reading, Subject } from '../../graph/index.ts';
import { type Draft, type Hop, note } from './draft.ts';
import { attribute, durationOf, type Span } from './span.ts';

/** Single durations kept; beyond it a histogram says it in less. */
export const MOST_SAMPLES = 2000;
/** Histogram buckets for each doubling: each is 9 % wide. */
const BUCKETS_PER_DOUBLING = 8;
/** The lowest bucket ends at a microsecond or below. */
const SMALLEST_MS = 2 ** -10;

function distributionOf(durations: readonly Milliseconds[]): Distribution {
  const values = durations.toSorted((a, b) => a - b);
  if (values.length <= MOST_SAMPLES) return { type: 'samples', values };
  const exponent = (ms: number) => Math.ceil(Math.log2(Math.max(ms, SMALLEST_MS)) * BUCKETS_PER_DOUBLING);
  const first = exponent(values[0]!) - 1;
  const bounds: number[] = [];
  const counts: number[] = [];
  let counted = 0;
  while (counted < values.length) {
    const bound = 2 ** ((first + bounds.length) / BUCKETS_PER_DOUBLING);
    const from = counted;
    while (counted < values.length && values[counted]! <= bound) counted++;
    bounds.push(bound);
    counts.push(counted - from);
  }
  return { type: 'histogram', bounds, counts };
}

/** What the whole file covers, and how to name it. */
export type Coverage = { at: EpochMs; window: Milliseconds; spans: number; provenance: Provenance };

export function hopReadings(hop: Hop, subject: Subject, coverage: Coverage, draft: Draft): Reading[] {
  const caller = hop.kind === 'query' ? queriesOf(hop, draft) : [...hop.caller];
  return [
    ...sideReadings(outermost(caller), 'caller', subject, coverage),
    ...sideReadings(outermost([...hop.callee]), 'callee', subject, coverage),
  ];
}

/** A span inside another of the same hop (a retry in its call, a driver's in the mapper's) is not one more. */
function outermost(spans: readonly Span[]): Span[] {
  const keys = new Set(spans.map(({ key }) => key));
  return spans.filter(({ parent }) => parent === null || !keys.has(parent));
}

/**
 * Where some spans name their statement, those are the queries; the others (taking a connection from the
 * pool, opening one) would double the rate and halve the latency.
 */
function queriesOf(hop: Hop, draft: Draft): Span[] {
  const all = [...hop.caller];
  const queries = all.filter((span) =>
    attribute(span, 'db.query.text', 'db.statement', 'db.operation.name', 'db.operation'),
  );
  if (queries.length === 0 || queries.length === all.length) return all;
  const edge = `${hop.source.name} → ${hop.target.name}`;
  note(draft, `spans without a statement, not counted as queries of ${edge}`, all.length - queries.length);
  return queries;
}

function sideReadings(
  spans: readonly Span[],
  side: 'caller' | 'callee',
  subject: Subject,
  coverage: Coverage,
): Reading[] {
  if (spans.length === 0) return [];
  const byInstance = Map.groupBy(spans, ({ instance }) => instance);
  byInstance.delete(null);
  const readings = readingsOf(spans, null, byInstance.size || null);
  if (byInstance.size > 1)
    for (const [instance, own] of byInstance) readings.push(...readingsOf(own, instance, 1));
  return readings;

  function readingsOf(own: readonly Span[], instance: string | null, instances: number | null): Reading[] {
    const { at, window, provenance } = coverage;
    const common = { subject, at, window, instance, instances, side, samples: own.length, provenance };
    const failed = own.filter((span) => span.failed).length;
    const latency = distributionOf(own.map(durationOf));
    const readings: Reading[] = [
      { ...common, metric: 'latency', value: latency },
      { ...common, metric: 'errors', value: failed / own.length },
    ];
    if (coverage.spans > 1 && window > 0)
      readings.push({ ...common, metric: 'rate', value: own.length / (window / 1000) });
    return readings;
  }
}

export function waitReading(waits: readonly Milliseconds[], subject: Subject, coverage: Coverage): Reading {
  const { at, window, provenance } = coverage;
  return {
    ...{ subject, metric: 'queue wait', value: distributionOf(waits), at, window },
    ...{ instance: null, instances: null, side: null, samples: waits.length, provenance },
  };
}
