/** Pieces of PromQL that dialects are asked with. */
import type { Milliseconds } from '../../../graph/index.ts';
import type { Labels } from '../answer.ts';
import type { Only } from './dialect.ts';

const PLAIN_METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** A text in PromQL's double quotes. */
export const quoted = (text: string): string => JSON.stringify(text);

/** A metric with its matchers; names with dots and such (Prometheus 3) are quoted inside the braces. */
export function selector(metric: string, matchers: readonly string[] = []): string {
  if (!PLAIN_METRIC.test(metric)) return `{${[quoted(metric), ...matchers].join(',')}}`;
  return matchers.length > 0 ? `${metric}{${matchers.join(',')}}` : metric;
}

export const durationOf = (window: Milliseconds): string => `${Math.round(window)}ms`;

export const by = (labels: readonly string[]): string =>
  labels.map((label) => (PLAIN_LABEL.test(label) ? label : quoted(label))).join(',');

/** Two servers that scrape the same targets tell them apart by these; the same figure twice is one. */
export const REPLICAS = 'replica,prometheus_replica';

/** Matchers that must all fit, or any of several such lists. */
export type Matchers = readonly (readonly string[])[];

/** Rates a second over the window of every series that fits. */
export function rates(metric: string, window: Milliseconds, matchers: Matchers = [[]]): string {
  return matchers.map((each) => `rate(${selector(metric, each)}[${durationOf(window)}])`).join(' or ');
}

/** Such rates added up by labels; what two servers both scraped is counted once. */
export const rateBy = (
  labels: readonly string[],
  metric: string,
  window: Milliseconds,
  matchers?: Matchers,
): string => `sum by(${by(labels)})(max without(${REPLICAS})(${rates(metric, window, matchers)}))`;

/** What a gauge was on average over the window, added up by labels. */
export function meanBy(
  labels: readonly string[],
  metric: string,
  window: Milliseconds,
  matchers: Matchers = [[]],
): string {
  const means = matchers.map((each) => `avg_over_time(${selector(metric, each)}[${durationOf(window)}])`);
  return `sum by(${by(labels)})(max without(${REPLICAS})(${means.join(' or ')}))`;
}

export const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/**
 * A label is one of these names, in any spelling that binding takes for the same, with a namespace before it or a
 * domain or port behind it: more than was asked for is sorted out later, less would be missing.
 */
export function isOneOf(label: string, only: Only): string {
  const names = only.flatMap((name) => [name, name.replace(/:\d+$/, ''), name.replace(/\..*$/, '')]);
  const alike = [...new Set(names)].map((name) =>
    name
      .trim()
      .split(/[\s._-]+/)
      .map(escapeRegex)
      .join('[\\s._-]+'),
  );
  return `${by([label])}=~${quoted(`(?i:\\s*(?:.*/)?(?:${alike.join('|')})(?:[.:].*)?\\s*)`)}`;
}

/** Any of these labels is. */
export const anyIsOneOf = (labels: readonly string[], only: Only): Matchers =>
  labels.map((label) => [isOneOf(label, only)]);

export const firstOf = (labels: Labels, ...names: readonly string[]): string | null => {
  for (const name of names) if (labels[name]) return labels[name]!;
  return null;
};

export const countable = (value: number): boolean => Number.isFinite(value) && value >= 0;
