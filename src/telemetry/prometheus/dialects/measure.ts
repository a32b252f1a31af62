/** Families of metrics that time and count requests: found by name, asked for, and put together by labels. */
import type { Distribution, PerSecond } from '../../../graph/index.ts';
import type { Pace } from '../../pace.ts';
import type { Labels } from '../answer.ts';
import { type Bucket, histogramFrom, nativeHistogram, pool } from '../histogram.ts';
import type { Answers, Scope } from './dialect.ts';
import { by, countable, type Matchers, rateBy, rates } from './promql.ts';

/** A histogram of durations under one name. */
export type Timer = {
  metric: string;
  /** Kept by Prometheus as one native histogram, not as buckets. */
  native: boolean;
  /** From its unit to milliseconds. */
  scale: number;
};

/** What a histogram's series are called after its name. */
const SUFFIX = '(?:_bucket)?';
export const timerNames = (stem: string): string => `${stem}${SUFFIX}`;

/**
 * The timers among these names.
 * @param stem regular expression of a timer's name, without the endings of its series
 * @param scaleOf its unit, by its name
 */
export function timersIn(
  names: readonly string[],
  stem: string,
  scaleOf: (metric: string) => number,
): Timer[] {
  const pattern = new RegExp(`^(${stem})(_bucket)?$`);
  const found = new Map<string, Timer>();
  for (const name of names) {
    const match = pattern.exec(name);
    if (!match) continue;
    const metric = match[1]!;
    const native = match.at(-1) === undefined && found.get(metric)?.native !== false;
    found.set(metric, { metric, native, scale: scaleOf(metric) });
  }
  return [...found.values()].sort(
    (a, b) => a.metric.length - b.metric.length || (a.metric < b.metric ? -1 : 1),
  );
}

/**
 * The questions about one timer, under keys that begin with `key`.
 * @param group labels that tell edges and instances apart
 * @param outcome labels that tell failures apart; null where something else counts
 */
export function timerQuestions(
  key: string,
  { metric, native }: Timer,
  group: readonly string[],
  outcome: readonly string[] | null,
  { window }: Scope,
  matchers?: Matchers,
): Record<string, string> {
  if (!native)
    return {
      [`${key} bucket`]: rateBy(['le', ...group], `${metric}_bucket`, window, matchers),
      [`${key} sum`]: rateBy(group, `${metric}_sum`, window, matchers),
      ...(outcome && {
        [`${key} count`]: rateBy([...group, ...outcome], `${metric}_count`, window, matchers),
      }),
    };
  const rate = rates(metric, window, matchers);
  return {
    [`${key} bucket`]: `sum by(${by(group)})(${rate})`,
    ...(outcome && {
      [`${key} count`]: `histogram_count(sum by(${by([...group, ...outcome])})(${rate}))`,
    }),
  };
}

export type Measured = {
  /** Of the first series; those of the group are the same in all. */
  labels: Labels;
  rate: PerSecond | null;
  failed: PerSecond | null;
  latency: Distribution | null;
};
type Gathering = Measured & { buckets: Bucket[]; natives: Distribution[]; sum: number | null };

/** What the answers about one timer say, by group. Dots in names of labels are read as underscores. */
export async function measured(
  answers: Answers,
  key: string,
  { scale }: Pick<Timer, 'scale'>,
  group: readonly string[],
  hasFailed: (labels: Labels) => boolean,
  pace: Pace,
): Promise<Measured[]> {
  const groups = new Map<string, Gathering>();
  const keys = [...new Set(group.map(plain))];
  let n = 0;
  const each = async (family: string, take: (into: Gathering, value: number, labels: Labels) => void) => {
    for (const { labels: sent, value, histogram } of answers[`${key} ${family}`] ?? []) {
      if (++n % 500 === 0) await pace();
      const labels = plainLabels(sent);
      const into = gatheringOf(groups, keys, labels);
      const native = histogram && nativeHistogram(histogram, scale);
      if (native) into.natives.push(native);
      if (!histogram) take(into, value, labels);
    }
  };
  await each('count', (into, value, labels) => {
    if (!countable(value)) return;
    into.rate = (into.rate ?? 0) + value;
    into.failed = (into.failed ?? 0) + (hasFailed(labels) ? value : 0);
  });
  await each('sum', (into, value) => {
    if (countable(value)) into.sum = (into.sum ?? 0) + value;
  });
  await each('bucket', (into, value, { le }) => {
    into.buckets.push({ le, value });
  });
  const all: Measured[] = [];
  for (const { buckets, natives, sum, ...rest } of groups.values()) {
    if (all.length % 50 === 49) await pace();
    all.push({ ...rest, latency: pool(natives) ?? histogramFrom(buckets, scale, sum) });
  }
  return all;
}

function gatheringOf(groups: Map<string, Gathering>, keys: readonly string[], labels: Labels): Gathering {
  let key = '';
  for (const name of keys) key += `${labels[name] ?? ''}\n`;
  let known = groups.get(key);
  if (!known) {
    known = { labels, rate: null, failed: null, latency: null, buckets: [], natives: [], sum: null };
    groups.set(key, known);
  }
  return known;
}

export const plain = (label: string): string => label.replaceAll('.', '_');

export function plainLabels(labels: Labels): Labels {
  for (const name in labels) {
    if (!name.includes('.')) continue;
    return Object.fromEntries(Object.entries(labels).map(([label, value]) => [plain(label), value]));
  }
  return labels;
}
