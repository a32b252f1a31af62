/** Answers to the questions of instruments → figures of named parts. */
import { type Distribution, METRICS, type Metric } from '../../../graph/index.ts';
import type { Pace } from '../../pace.ts';
import type { Labels, Series } from '../answer.ts';
import type { Answers } from '../dialects/dialect.ts';
import { plainLabels } from '../dialects/measure.ts';
import { countable } from '../dialects/promql.ts';
import { type Bucket, histogramFrom } from '../histogram.ts';
import type { End, Figure } from '../traffic.ts';
import type { Instrument, Named, Naming } from './instrument.ts';
import { QUEUE } from './naming.ts';

export type Asked = { instrument: Instrument; key: string; query: string };

/** Of several instances the highest speaks; what is not listed is added up. */
const NOT_ADDED: ReadonlySet<Metric> = new Set(['lag time', 'prefetch']);
const isShare = (metric: Metric): boolean => METRICS[metric] === 'ratio' || NOT_ADDED.has(metric);

/** A question about a stretch of time. */
const OVER = /\[\d+ms\]/;

const ALL_TOGETHER =
  'RabbitMQ tells of all queues together: its plugin tells of each one at /metrics/per-object, or with prometheus.return_per_object_metrics = true.';

export async function readFigures(
  asked: readonly Asked[],
  answers: Answers,
  pace: Pace,
): Promise<{ figures: Figure[]; remarks: string[] }> {
  const figures: Figure[] = [];
  const ends = createEnds();
  let n = 0;
  let queues = 0;
  let unnamed = 0;
  for (const { instrument, key, query } of asked) {
    const parts = new Map<string, { named: Named; series: Series[] }>();
    for (const { labels: sent, value, histogram } of answers[key] ?? []) {
      if (++n % 500 === 0) await pace();
      const labels = plainLabels(sent);
      const named = instrument.naming.read(labels);
      if (instrument.naming === QUEUE) named ? queues++ : unnamed++;
      if (!named || histogram) continue;
      const part = JSON.stringify([named.names, named.instance, named.what, named.scrape, named.other]);
      const known = parts.get(part);
      if (known) known.series.push({ labels, value });
      else parts.set(part, { named, series: [{ labels, value }] });
    }
    for (const { named, series } of parts.values()) {
      if (++n % 500 === 0) await pace();
      const value = amountOf(instrument, named, series);
      if (value === null) continue;
      const { metric, kinds, note, edge, naming } = instrument;
      figures.push({
        of: ends(naming, named),
        metric,
        value,
        side: null,
        instance: named.instance,
        query,
        family: key,
        momentary: !OVER.test(query),
        ...(named.what !== undefined && { what: named.what }),
        ...(named.scrape !== undefined && { scrape: named.scrape }),
        ...(kinds && { kinds }),
        ...(note !== undefined && { note }),
        ...(edge && { edge: { way: edge, other: named.other === undefined ? null : consumer(named.other) } }),
      });
    }
  }
  return { figures, remarks: unnamed > 0 && queues === 0 ? [ALL_TOGETHER] : [] };
}

const consumer = (name: string): End => ({ names: [name], kind: 'worker' });

/** One object for each part of a naming. */
function createEnds(): (naming: Naming, named: Named) => End {
  const namings = new Map<Naming, string>();
  const known = new Map<string, End>();
  return (naming, named) => {
    const among = namings.get(naming) ?? `by ${naming.labels.join()}`;
    namings.set(naming, among);
    const { names, kind, crowd } = named;
    const key = JSON.stringify([among, names]);
    const end = known.get(key) ?? {
      names: names.flatMap(({ name, of }) => (of === null ? [name] : [])),
      loose: names.flatMap(({ name, of, by }) =>
        of === null ? [] : [{ name, of, among: by ? `${among} by ${by}` : among }],
      ),
      kind,
      ...shownOf(named),
      ...(crowd !== undefined && { crowd }),
    };
    known.set(key, end);
    return end;
  };
}

/** The name it is known by, and in its namespace; where all names are sure, the first that is no address. */
function shownOf({ names, shown }: Named): Pick<End, 'shown' | 'plain'> {
  if (shown !== undefined) {
    const full = names.find(({ name, of }) => of === null && name.startsWith(`${shown}.`))?.name ?? shown;
    return { plain: shown, shown: full };
  }
  if (names.some(({ of }) => of !== null)) return {};
  return { shown: (names.find(({ name }) => !/[:/]|^[\d.]+$/.test(name)) ?? names[0]!).name };
}

function amountOf(
  { metric, scale = 1, as }: Instrument,
  named: Named,
  series: readonly Series[],
): Figure['value'] | null {
  if (as === 'quantiles') return quantilesOf(series, scale);
  if (as === 'buckets') return histogramFrom(series.map(bucketOf), scale);
  const [one] = series;
  if (!one || !countable(one.value)) return null;
  const value = one.value * scale;
  if (!isShare(metric)) return value;
  return { part: value, whole: 1, of: JSON.stringify([named.instance, named.what]), alone: true };
}

const bucketOf = ({ labels, value }: { labels: Labels; value: number }): Bucket => ({ le: labels.le, value });

function quantilesOf(series: readonly Series[], scale: number): Distribution | null {
  const points = series
    .filter(({ value }) => countable(value))
    .map(({ labels, value }) => ({ q: Number(labels.quantile), value: value * scale }))
    .sort((a, b) => a.q - b.q);
  return points.length > 0 ? { type: 'quantiles', points } : null;
}
