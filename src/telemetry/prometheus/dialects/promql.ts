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
const REPLICAS = 'replica,prometheus_replica';

/** Rates a second over the window, added up by labels; what two servers both scraped is counted once. */
export const rateBy = (
  labels: readonly string[],
  metric: string,
  window: Milliseconds,
  matchers: readonly string[] = [],
): string =>
  `sum by(${by(labels)})(max without(${REPLICAS})(rate(${selector(metric, matchers)}[${durationOf(window)}])))`;

export const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/**
 * A label is one of these names, in any spelling that binding takes for the same, with a domain or a port
 * after it, or is not there: more than was asked for is sorted out later, less would be missing.
 */
export function isOneOf(label: string, only: Only): string {
  const names = only.map((name) =>
    name
      .trim()
      .split(/[\s._-]+/)
      .map(escapeRegex)
      .join('[\\s._-]+'),
  );
  return `${label}=~${quoted(`(?i:|\\s*(?:${names.join('|')})(?:[.:].*)?\\s*)`)}`;
}

export const firstOf = (labels: Labels, ...names: readonly string[]): string | null => {
  for (const name of names) if (labels[name]) return labels[name]!;
  return null;
};

export const countable = (value: number): boolean => Number.isFinite(value) && value >= 0;
