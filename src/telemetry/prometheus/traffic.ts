/** What was measured, before anybody asks where it is drawn: traffic between named ends, and figures of one part. */
import type { Distribution, EdgeKind, Metric, NodeKind, PerSecond, Reading } from '../../graph/index.ts';

/** Whoever calls, is called, or carries messages. */
export type End = {
  /** What telemetry calls it, the surest first; each of them names it alone. */
  names: readonly string[];
  /** Names that stand for it as long as nothing else (told apart by `of`) goes by them. */
  loose?: readonly Loose[];
  /** What a person is told it is called, where that is not clear from its names. */
  shown?: string;
  /** The loose name that it is told to be called, where that stands for it alone. */
  plain?: string;
  /** What it is, as far as telemetry can tell; a weak word, what others see of it goes before. */
  kind: NodeKind;
  /** Names of the broker that it is part of, which stands for it where it is not drawn itself. */
  within?: readonly string[];
  /** One of many that no board draws: where it is not drawn it is counted by this word, not named. */
  crowd?: string;
  technology?: string;
};
/** @property among which ends it is to stand for one only; all of them when left out */
export type Loose = { name: string; of: string; among?: string };

/** Who held the stopwatch, or messages lying in between. */
export type Stretch = 'caller' | 'callee' | 'wait';

/** What was measured between two ends, of one pair of instances where they are told apart. */
export type Traffic = {
  source: End;
  target: End;
  kind: EdgeKind;
  rate: PerSecond | null;
  failed: PerSecond | null;
  latency: Partial<Record<Stretch, Distribution>>;
  /** Whom figures of either side speak of; null where nobody says. */
  instance: Record<'caller' | 'callee', string | null>;
  /** The questions that were asked, by what they answer. One object for all traffic of one dialect. */
  asked: Asked;
};
export type Asked = Partial<Record<'rate' | 'failed' | Stretch, string>>;

/**
 * A part of a whole (connections in use, requests that failed): shares of the same are added by adding both.
 * One that stands alone is an instance's own: the highest of several speaks for all.
 */
export type Share = { part: number; whole: number; of: string; alone?: true };

/** One figure of one part, or of one instance of it. */
export type Figure = {
  of: End;
  metric: Metric;
  /** Numbers are added over instances; of shares with different `of` the largest speaks. */
  value: number | Distribution | Share;
  side: Reading['side'];
  instance: string | null;
  query: string;
  /** Figures of one node and metric from different families are never put together: the first speaks. */
  family?: string;
  /** Tells apart several of one instance (containers, pools), and the jobs that scraped the very same. */
  what?: string;
  scrape?: string;
  /** The kinds of nodes it can be a figure of; any when left out. */
  kinds?: ReadonlySet<NodeKind>;
  /** Speaks of an edge at the part: the one to or from `other`, or else the only one that leads that way. */
  edge?: { way: 'in' | 'out'; other: End | null };
  /** How it is to be taken, where its metric does not say. */
  note?: string;
  /** True for a level that was read once, at the moment itself, and not over the window. */
  momentary?: boolean;
};

/** All requests that a part served, whoever sent them. */
export type Served = {
  by: End;
  rate: PerSecond | null;
  failed: PerSecond | null;
  latency: Distribution | null;
  instance: string | null;
  asked: Asked;
};

/** What one dialect tells at one moment. */
export type Seen = {
  traffic: Traffic[];
  served?: Served[];
  figures?: Figure[];
  remarks?: readonly string[];
};
