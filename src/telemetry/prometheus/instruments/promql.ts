/** Questions of instruments: by the labels of their naming, narrowed to what is asked for. */
import type { Only, Scope } from '../dialects/dialect.ts';
import { labelsFor } from '../dialects/otel.ts';
import { by, durationOf, escapeRegex, quoted, REPLICAS, selector } from '../dialects/promql.ts';
import type { Naming, Promql } from './instrument.ts';

/**
 * @param metric one of those asked about: it shows how labels are written
 * @param exporters metrics that only a process which speaks for others has
 */
export function promqlFor(
  { labels, names, exceptExporters }: Naming,
  metric: string,
  exporters: readonly string[],
  { window, only }: Scope,
): Promql {
  const group = by(labelsFor(metric, labels));
  const over = `[${durationOf(window)}]`;
  const narrowed = only ? labelsFor(metric, names).map((label) => [contains(label, only)]) : [[]];
  const own = (what: string) =>
    exceptExporters && exporters.length > 0
      ? `(${what}) unless on(job,instance) (${exporters.map((name) => selector(name)).join(' or ')})`
      : what;
  const select = (name: string, matchers: readonly string[], wrap: (text: string) => string) =>
    `max without(${REPLICAS})(${own(narrowed.map((each) => wrap(selector(name, [...matchers, ...each]))).join(' or '))})`;
  const level = (name: string, ...matchers: string[]) => select(name, matchers, (text) => text);
  const growth = (name: string, ...matchers: string[]) =>
    select(name, matchers, (text) => `rate(${text}${over})`);
  const slope = (name: string, ...matchers: string[]) =>
    select(name, matchers, (text) => `deriv(${text}${over})`);
  const aggregated = (aggregation: string, what: string) => `${aggregation} by(${group})(${what})`;
  return {
    level,
    growth,
    slope,
    by: aggregated,
    rate: (...asked) => aggregated('sum', growth(...asked)),
    sum: (...asked) => aggregated('sum', level(...asked)),
    max: (...asked) => aggregated('max', level(...asked)),
    maxRate: (...asked) => aggregated('max', growth(...asked)),
  };
}

/** A label that contains one of these names, in any spelling: what is too much is sorted out by name later. */
function contains(label: string, only: Only): string {
  const names = only.flatMap((name) => [name, name.replace(/:\d+$/, ''), name.replace(/\..*$/, '')]);
  const alike = [...new Set(names.map((name) => name.trim()).filter(Boolean))].map((name) =>
    name
      .split(/[\s._-]+/)
      .map(escapeRegex)
      .join('[\\s._-]+'),
  );
  return `${by([label])}=~${quoted(`(?i:.*(?:${alike.join('|')}).*)`)}`;
}

/** `a + b`, also where only one of them is there. */
export const either = (a: string, b: string): string => `(${a} + ${b} or ${a} or ${b})`;
