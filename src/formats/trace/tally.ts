/**
 * What spans measured, before it becomes figures: parts and hops under keys of their own, and series of
 * single durations, split by instance and operation. Plain data. What is tallied batch by batch folds into
 * one: parts and hops by key, series by `seriesKey`, distributions by `mergeDistributions`, the rest by adding.
 */
import type { Distribution, EdgeKind, EpochMs, Milliseconds, NodeKind, Requests } from '../../graph/index.ts';

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
  /** A one-sided latency is one of a call that only one side saw: see `bothSided`. */
  metric: 'latency' | 'one-sided latency' | 'own time' | 'queue wait';
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

/** As in `Requests`, with subjects named `node:KEY` and `edge:KEY`. */
export type TalliedRequests = { subjects: readonly string[]; each: Requests['each'] };

export type Tally = {
  parts: ReadonlyMap<string, TalliedPart>;
  hops: ReadonlyMap<string, TalliedHop>;
  series: readonly Series[];
  /** Of requests that were answered, and of messages that were handled with nobody waiting. */
  paths: { answers: PathTimes; messages: PathTimes };
  /** Single requests, where they were asked for. */
  requests?: TalliedRequests;
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
