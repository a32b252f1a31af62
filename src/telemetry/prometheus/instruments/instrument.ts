/** What an instrument is: one metric of a part, the series it needs, and the question it takes. */
import type { Metric, NodeKind } from '../../../graph/index.ts';
import type { Labels } from '../answer.ts';

export type Instrument = {
  metric: Metric;
  /** Whose metrics these are; in the table the first that has a figure of a node and metric speaks of it. */
  family: string;
  naming: Naming;
  /** Series that must exist: regular expressions in which a dot stands for the _ or the . that exporters write. */
  needs: readonly string[];
  /** The question, given the names that were found for `needs`, in that order. */
  ask(promql: Promql, ...found: string[]): string;
  /** From the answer to the unit of the metric; 1 when left out. */
  scale?: number;
  /** Its answer tells quantiles, by a label of that name, or buckets by `le`; else one number a part. */
  as?: 'quantiles' | 'buckets';
  /** The kinds of nodes it can be a figure of; any when left out. */
  kinds?: ReadonlySet<NodeKind>;
  /** Speaks of an edge that leads out of the part, or into it. */
  edge?: 'in' | 'out';
  note?: string;
};

/** How the labels of a family name a part. */
export type Naming = {
  /** Those that tell parts and instances apart, in the conventions' writing. */
  labels: readonly string[];
  /** Those of them that hold a part's name, or contain it. */
  names: readonly string[];
  /** What another process tells of itself where it speaks for others, is not spoken of. */
  exceptExporters?: true;
  read(labels: Labels): Named | null;
};

/** A name; `of` tells apart who else might go by it (among names come by in the same way), null where it is sure. */
export type Candidate = { name: string; of: string | null; by?: 'container' };

export type Named = {
  /** The surest first. */
  names: readonly Candidate[];
  kind: NodeKind;
  instance: string | null;
  /** Tells apart several of one instance. */
  what?: string;
  /** The job that scraped it. */
  scrape?: string;
  /** The one of its names that a person knows it by. */
  shown?: string;
  /** One of many that no board draws: where it is not drawn it is counted by this word, not named. */
  crowd?: string;
  /** What is at the other end of the edge that is spoken of. */
  other?: string;
};

/** Pieces of questions, all by the labels of one naming. */
export type Promql = {
  /** Rates a second over the window, added up. */
  rate(metric: string, ...matchers: string[]): string;
  /** Levels at the moment, added up. */
  sum(metric: string, ...matchers: string[]): string;
  /** The highest of levels at the moment. */
  max(metric: string, ...matchers: string[]): string;
  /** The highest of the rates. */
  maxRate(metric: string, ...matchers: string[]): string;
  /** Any expression, by the labels. */
  by(aggregation: string, what: string): string;
  /** Every series for itself: its level, what its counter grows by a second, which way its level goes a second. */
  level(metric: string, ...matchers: string[]): string;
  growth(metric: string, ...matchers: string[]): string;
  slope(metric: string, ...matchers: string[]): string;
};
