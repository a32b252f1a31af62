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
  /** What it is, as far as telemetry can tell; a weak word, what others see of it goes before. */
  kind: NodeKind;
  /** Names of the broker that it is part of, which stands for it where it is not drawn itself. */
  within?: readonly string[];
  technology?: string;
};
export type Loose = { name: string; of: string };

/** Who held the stopwatch, or messages lying in between. */
export type Stretch = 'caller' | 'callee' | 'wait';
export const STRETCHES: readonly Stretch[] = ['caller', 'callee', 'wait'];

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

/** A part of a whole (connections in use, requests that failed): shares are added by adding both. */
export type Share = { part: number; whole: number; of: string };

/** One figure of one part, or of one instance of it. */
export type Figure = {
  of: End;
  metric: Metric;
  /** Numbers are added over instances; of shares with different `of` the largest speaks. */
  value: number | Distribution | Share;
  side: Reading['side'];
  instance: string | null;
  query: string;
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
