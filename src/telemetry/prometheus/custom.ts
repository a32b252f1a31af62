/** Questions that a person wrote, beside those of the dialects. One that fails is told and hinders nothing. */
import {
  type Board,
  bindingOf,
  DISTRIBUTIONS,
  type Distribution,
  type Id,
  METRICS,
  type Milliseconds,
  type Reading,
  type Subject,
  subjectKey,
  totalCount,
} from '../../graph/index.ts';
import type { Series } from './answer.ts';
import type { Client } from './client.ts';
import type { PrometheusConfig } from './config.ts';
import { durationOf } from './dialects/promql.ts';
import { histogramFrom, nativeHistogram, pool } from './histogram.ts';
import { fill, valuesOf } from './placeholders.ts';
import type { Moment } from './tally.ts';

type Question = NonNullable<PrometheusConfig['queries']>[number];
type Drawn = Pick<Board, 'nodes' | 'edges'>;
type Read = { readings: Reading[]; remarks: string[] };

export async function readQuestions(
  client: Client,
  questions: readonly Question[],
  board: Drawn,
  moment: Moment,
): Promise<Read> {
  const read = await Promise.all(questions.map((question) => readOne(client, question, board, moment)));
  return {
    readings: joinQuantiles(read.flatMap(({ readings }) => readings)),
    remarks: read.flatMap(({ remarks }) => remarks),
  };
}

async function readOne(client: Client, question: Question, board: Drawn, moment: Moment): Promise<Read> {
  const one = 'type' in question.of ? question.of : null;
  const values = one ? valuesOf(board, one) : {};
  if (!values) return { readings: [], remarks: [] };
  const query = fill(question.query, durationOf(moment.window), values);
  const trouble = (what: string) => ({ readings: [], remarks: [`The question “${question.name}” ${what}.`] });
  const answer = await client.vector(query, moment.at);
  if (!answer.ok) return trouble(`got no answer: it ${answer.reason}`);
  const bySubject = new Map<string, { subject: Subject; parts: Map<string | null, Series[]> }>();
  for (const series of answer.value)
    for (const subject of one ? [one] : subjectsOf(board, question.of, series)) {
      const key = subjectKey(subject);
      const known = bySubject.get(key) ?? { subject, parts: new Map<string | null, Series[]>() };
      bySubject.set(key, known);
      const instance = (question.instance && series.labels[question.instance]) || null;
      known.parts.set(instance, [...(known.parts.get(instance) ?? []), series]);
    }
  const readings: Reading[] = [];
  for (const { subject, parts } of bySubject.values()) {
    const told = new Map<string | null, Reading['value']>();
    for (const [instance, series] of parts) {
      const value = toldBy(question, query, series);
      if (typeof value === 'string') return trouble(value);
      if (value !== null) told.set(instance, value);
    }
    for (const [instance, value] of told) if (instance !== null) put(subject, value, instance, null);
    const all = told.get(null) ?? together(question, [...told.values()]);
    if (all !== null) put(subject, all, null, told.has(null) ? null : told.size);
  }
  return { readings, remarks: [] };

  function put(subject: Subject, value: Reading['value'], instance: string | null, instances: number | null) {
    const { at, window } = moment;
    const count = typeof value === 'number' || value.type !== 'histogram' ? null : totalCount(value);
    const samples = count === null ? null : Math.round((count * window) / 1000);
    const what = { subject, metric: question.metric, value, at, window, instance, instances };
    readings.push({ ...what, side: null, samples, provenance: moment.provenance(query) });
  }
}

/** Whom a series speaks of, by its labels. */
function subjectsOf(board: Drawn, of: Question['of'], { labels }: Series): Subject[] {
  const binding = bindingOf(board);
  if ('node' in of) {
    const id: Id | null = binding.node(labels[of.node] ?? '');
    return id === null ? [] : [{ type: 'node', id }];
  }
  if (!('source' in of)) return [];
  const edges = binding.edges(labels[of.source] ?? '', labels[of.target] ?? '');
  return edges.length === 1 ? [{ type: 'edge', id: edges[0]!.id }] : [];
}

const QUANTILE = /^\s*histogram_quantile\s*\(\s*([\d.]+)\s*,/;

/** What the series of one part say; null where that is nothing, words where it is not what was asked for. */
function toldBy(
  { metric, scale = 1 }: Question,
  query: string,
  series: readonly Series[],
): Reading['value'] | string | null {
  const histogram = histogramOf(series, scale);
  if (histogram) return histogram;
  if (series.some(({ labels, histogram: native }) => native || labels.le !== undefined)) return null;
  if (series.length > 1)
    return `has ${series.length} series for one part: add them up, or name the label that tells instances apart`;
  const value = series[0]!.value * scale;
  if (!Number.isFinite(value)) return null;
  if (!DISTRIBUTIONS.has(metric)) return value;
  const q = Number(QUANTILE.exec(query)?.[1] ?? Number.NaN);
  if (q >= 0 && q <= 1) return { type: 'quantiles', points: [{ q, value: value as Milliseconds }] };
  return `gives one number, and ${metric} needs buckets (by le) or a histogram_quantile`;
}

function histogramOf(series: readonly Series[], scale: number): Distribution | null {
  const natives = series.flatMap(({ histogram }) => (histogram ? [nativeHistogram(histogram, scale)] : []));
  const made = natives.filter((native) => native !== null);
  if (made.length > 0) return pool(made);
  const buckets = series.flatMap(({ labels, value }) =>
    labels.le === undefined ? [] : [{ le: labels.le, value }],
  );
  return histogramFrom(buckets, scale);
}

/** All instances as one: distributions pooled, amounts added; of shares there is no telling. */
function together({ metric }: Question, values: readonly Reading['value'][]): Reading['value'] | null {
  const [first, ...others] = values;
  if (first === undefined) return null;
  if (typeof first !== 'number') return pool(values.filter((value) => typeof value !== 'number'));
  if (others.length > 0 && METRICS[metric] === 'ratio') return null;
  return values.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);
}

/** Several quantiles of one thing, each a question of its own, are one reading. */
function joinQuantiles(readings: readonly Reading[]): Reading[] {
  const joined = new Map<string, Reading>();
  for (const reading of readings) {
    const key = `${subjectKey(reading.subject)} ${reading.metric} ${reading.instance}`;
    const before = joined.get(key)?.value;
    const { value } = reading;
    const isMore =
      typeof value !== 'number' &&
      value.type === 'quantiles' &&
      typeof before === 'object' &&
      before.type === 'quantiles';
    const points = isMore ? [...before.points, ...value.points].sort((a, b) => a.q - b.q) : [];
    joined.set(key, isMore ? { ...reading, value: { type: 'quantiles', points } } : reading);
  }
  return [...joined.values()];
}
