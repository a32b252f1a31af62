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
    /** What all durations add up to, in the unit of `counts`; absent where the source does not say. */
    sum: z.optional(milliseconds),
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
  'own time': 'ms',
  'critical path': 'ratio',
  cpu: 'ratio',
  throttled: 'ratio',
  memory: 'bytes',
  'memory use': 'ratio',
  'thread use': 'ratio',
  'pool use': 'ratio',
  'pool waiting': 'count',
  'pool wait': 'ms',
  'event loop lag': 'ms',
  'gc pause': 'ratio',
  'disk busy': 'ratio',
  'disk io': 'bytes/s',
  'queue depth': 'messages',
  'queue unacked': 'messages',
  'queue wait': 'ms',
  'lag time': 'ms',
  'consumer capacity': 'ratio',
  consumers: 'count',
  prefetch: 'messages',
} as const;
/**
 * What is measured; its unit is `METRICS[metric]`. Distributions: `DISTRIBUTIONS`. Numbers: the rest.
 * - own time: what a part spends on a request while none of the parts it calls is at work on it.
 * - critical path: share of the end-to-end time during which nothing but this part or edge held up the answer.
 * - throttled: share of scheduler periods in which a container was held back; gc pause: share of time paused.
 * - pool waiting: requests that wait for a connection now; pool wait: how long those that got one had waited.
 * - lag time: how long a consumer needs for what lies before it, at its present speed.
 * - consumer capacity: share of time in which a queue could hand messages to its consumers at once.
 */
export type Metric = keyof typeof METRICS;

/** Metrics that are told as distributions. */
export const DISTRIBUTIONS: ReadonlySet<Metric> = new Set([
  'latency',
  'own time',
  'queue wait',
  'pool wait',
  'event loop lag',
]);

export const metricSchema = z.enum(Object.keys(METRICS) as [Metric, ...Metric[]]);

export const provenanceSchema = z.strictObject({
  /** Id of the source in the board, or of the file it was read from. */
  source: z.string(),
  /** The words shown to a person: "Prometheus localhost:9090", "trace file checkout.json", "Simulator". */
  label: z.string(),
  /** True for everything that no real system said; shown wherever the number shows. */
  simulated: z.boolean(),
  /** The question that was asked, if there was one (a PromQL query). */
  query: z.optional(z.string()),
  /** How this figure is to be taken, where its metric does not say: "share of one core", "highest of 3 instances". */
  note: z.optional(z.string()),
});
export type Provenance = z.infer<typeof provenanceSchema>;

export const readingSchema = z.strictObject({
  subject: subjectSchema,
  metric: metricSchema,
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
  /** The API call or topic spoken of; absent for all of them together. */
  operation: z.optional(z.string()),
  /** How many requests, messages or spans stand behind it; null where the source does not say. */
  samples: z.nullable(count),
  provenance: provenanceSchema,
});
export type Reading = z.infer<typeof readingSchema>;

/** True for a reading too old to stand for now: older than three polls of its source, and than 15 s. */
export const isStale = (reading: Pick<Reading, 'at'>, now: EpochMs, interval: Milliseconds): boolean =>
  now - reading.at > Math.max(3 * interval, 15_000);

/** A stretch of the past: readings at `from`, then every `step` until `to`, each over the `window` before it. */
export type Stretch = { from: EpochMs; to: EpochMs; step: Milliseconds; window: Milliseconds };
/** All readings of one moment. A moment without any has an empty list: no data is not zero. */
export type Frame = { at: EpochMs; readings: Reading[] };
