/** What the ranking takes for granted, number by number and why. The same for every system. */
import type { Metric, NodeKind } from '../../graph/index.ts';

/**
 * How far a figure wanders from one window to the next when nothing has happened (standard deviation of its
 * logarithm), until windows of its own say so.
 */
export const NOISE: Partial<Record<Metric, number>> = {
  latency: 0.2,
  'own time': 0.2,
  rate: 0.15,
  cpu: 0.25,
  memory: 0.05,
  'memory use': 0.05,
  'queue wait': 0.5,
  'queue depth': 0.7,
};

/** How far it may have drifted, besides, since a time that is not the one just before. */
export const DRIFT = 0.3;
/** How many windows of one's own it takes to weigh as much as `NOISE`. */
export const PRIOR_WINDOWS = 4;
/** A median is steadier than a mean or a tail, which single slow requests move. */
export const UNSTEADY = (stat: number | null): number => (stat === null ? 1.5 : stat > 0.5 ? 1.4 : 1);

/** What is too small to matter, in the metric's unit: 1 ms, 2 % of a pool, one message. */
export const SMALLEST: Partial<Record<Metric, number>> = {
  latency: 1,
  'own time': 1,
  'queue wait': 5,
  'pool wait': 1,
  'event loop lag': 1,
  'lag time': 100,
  cpu: 0.02,
  'memory use': 0.02,
  'pool use': 0.05,
  'thread use': 0.05,
  memory: 1e6,
  'disk io': 1e4,
  'queue depth': 5,
  'queue unacked': 5,
  'pool waiting': 1,
};

/**
 * How much a piece of evidence counts beside the others (× nats of its own likelihood). These few numbers are all that
 * is free; each was set by what it means and held to real faults (docs/suspects.md), none for one system alone.
 */
export const WEIGHTS = {
  /** Time in a part or between the ends of an edge, and of one instance: neighbours of the cause show some of it, too. */
  own: 0.8,
  between: 0.8,
  instance: 0.8,
  /** It became faster: it may leave out its work, or be spared. */
  faster: 0.4,
  /** It calls others more or less often for a request than before. */
  calls: 0.5,
  /** All of the time, or of the failures, that were added are this part's: so many nats. */
  share: 4,
  errors: 1,
  saturation: 1,
  queue: 1,
  silent: 1,
  /** A setting that hurts; two that contradict each other count twice. */
  config: 0.7,
} as const;

/** What is left of a part's own signs where slower calls explain that it is full. */
export const CROWDED = 0.15;
/** An edge at a suspected part that is as it was speaks against the part's network: nats. */
export const QUIET_EDGE = 1;
/** Edges that one cause makes slow are slower by no less than this, beside the one that is slower by most. */
export const ALIKE = 0.2;
/** Nothing more is heard of a part: at most so many nats. */
export const SILENCE = 3;
/** Before anything is known: a client is where it hurts, and into what others run nobody here has reached. */
export const KINDS: Partial<Record<NodeKind, number>> = { client: -3, external: -0.5 };
/** A mark of a person, in nats: three times likelier; as good as sure; as good as excluded. */
export const MARKS = { suspected: 1.1, confirmed: 5, cleared: -5 } as const;
/** Something that nobody drew, before anything is known of it, beside a part that is drawn. */
export const UNDRAWN = -1.5;
/** An edge, before anything is known, beside a part: wires break less often than programs. */
export const EDGE = -0.7;
