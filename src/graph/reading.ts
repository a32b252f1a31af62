/**
 * What a measurement is: one fact about a node or an edge, at a time, over a window, for one instance
 * or for all of them, with unit and provenance. Schemas first, types inferred.
 */
import * as z from 'zod/mini';
import type { EpochMs, Milliseconds } from './units.ts';

const finite = z.number();
const count = z.number().check(z.nonnegative());
const epochMs = finite as z.ZodMiniType<EpochMs, EpochMs>;
const milliseconds = finite as z.ZodMiniType<Milliseconds, Milliseconds>;

export const subjectSchema = z.strictObject({ type: z.enum(['node', 'edge']), id: z.string() });
/** What a reading, a mark or an experiment speaks of. */
export type Subject = z.infer<typeof subjectSchema>;

/** One string per subject, for maps. */
export const subjectKey = (subject: Subject): string => `${subject.type}:${subject.id}`;

/**
 * A latency as its source gave it, in milliseconds.
 * - histogram: `bounds` are the upper bounds of the buckets, ascending; null as the last one is +Infinity; `counts` are per bucket, not cumulative, and may be rates (fractions).
 * - quantiles: only the points that the source computed.
 * - samples: single measured durations, ascending (a trace file).
 */
export const distributionSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('histogram'),
    bounds: z.array(z.nullable(finite)),
    counts: z.array(count),
  }),
  z.strictObject({
    type: z.literal('quantiles'),
    points: z.array(z.strictObject({ q: finite.check(z.minimum(0), z.maximum(1)), value: milliseconds })),
  }),
  z.strictObject({ type: z.literal('samples'), values: z.array(milliseconds) }),
]);
export type Distribution = z.infer<typeof distributionSchema>;

export const METRICS = {
  latency: 'ms',
  rate: '1/s',
  errors: 'ratio',
  cpu: 'ratio',
  'pool use': 'ratio',
  'queue depth': 'messages',
  'queue wait': 'ms',
} as const;
/** What is measured; its unit is `METRICS[metric]`. Latency and queue wait are distributions, the rest numbers. */
export type Metric = keyof typeof METRICS;

export const provenanceSchema = z.strictObject({
  /** Id of the source in the board, or of the file it was read from. */
  source: z.string(),
  /** The words shown to a person: "Prometheus localhost:9090", "trace file checkout.json", "Simulator". */
  label: z.string(),
  /** True for everything that no real system said; shown wherever the number shows. */
  simulated: z.boolean(),
  /** The question that was asked, if there was one (a PromQL query). */
  query: z.optional(z.string()),
});
export type Provenance = z.infer<typeof provenanceSchema>;

export const readingSchema = z.strictObject({
  subject: subjectSchema,
  metric: z.enum(Object.keys(METRICS) as [Metric, ...Metric[]]),
  value: z.union([finite, distributionSchema]),
  at: epochMs,
  /** Length of the window that ends at `at`. */
  window: milliseconds,
  /** The instance spoken of; null is all of them together. */
  instance: z.nullable(z.string()),
  /** How many instances an aggregate covers; null where the source does not say. */
  instances: z.nullable(z.number()),
  /** Who held the stopwatch; null where there is only one view. */
  side: z.nullable(z.enum(['caller', 'callee'])),
  /** How many requests, messages or spans stand behind it; null where the source does not say. */
  samples: z.nullable(count),
  provenance: provenanceSchema,
});
export type Reading = z.infer<typeof readingSchema>;

/** True for a reading too old to stand for now: older than three polls of its source, and than 15 s. */
export const isStale = (reading: Pick<Reading, 'at'>, now: EpochMs, interval: Milliseconds): boolean =>
  now - reading.at > Math.max(3 * interval, 15_000);
