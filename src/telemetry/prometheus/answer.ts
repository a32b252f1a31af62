/**
 * Answers of the Prometheus HTTP API, parsed as unknown and refused with the place of the fault.
 * A vector may be tens of megabytes: it is parsed some hundred series at a time.
 */
import { failure, type Outcome, success } from '../outcome.ts';
import type { Pace } from '../pace.ts';

/** One element of an instant vector; the value may be NaN or infinite. */
export type Series = { labels: Readonly<Record<string, string>>; value: number };

/** Characters of JSON parsed in one go. */
const PIECE = 128 * 1024;
/** Inside a JSON string quotes are escaped, so neither pattern can occur within one. */
const RESULT = /"result"\s*:\s*\[/;
const NEXT_SERIES = /\}\s*,\s*(?=\{\s*"metric"\s*:)/g;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The `data` of a successful answer. */
function dataOf(envelope: unknown): Outcome<unknown> {
  if (!isRecord(envelope)) return failure('sent an answer of an unexpected shape: it is not an object');
  if (envelope.status === 'success') return success(envelope.data);
  return failure(
    typeof envelope.error === 'string'
      ? `refused the question: ${envelope.error}`
      : 'sent an answer of an unexpected shape: its status is neither success nor error',
  );
}

/** Prometheus' own words for an error, if the body has them. */
export function errorOf(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) && typeof body.error === 'string' ? body.error : null;
  } catch {
    return null;
  }
}

/** A list of strings: metric names, label values. */
export function parseNames(text: string): Outcome<string[]> {
  let envelope: unknown;
  try {
    envelope = JSON.parse(text);
  } catch {
    return failure(NOT_JSON);
  }
  const data = dataOf(envelope);
  if (!data.ok) return data;
  if (!Array.isArray(data.value) || !data.value.every((name) => typeof name === 'string'))
    return failure('sent an answer of an unexpected shape: data is not a list of names');
  return success(data.value);
}

const NOT_JSON = 'sent an answer that is not complete JSON';

/** An instant vector. One series of a wrong shape, and the whole answer is refused: half a truth misleads. */
export async function parseVector(text: string, pace: Pace): Promise<Outcome<Series[]>> {
  const series: Series[] = [];
  const take = (list: readonly unknown[]): string | null => {
    for (const each of list) {
      const fault = takeSeries(each, series);
      if (fault) return `sent an answer of an unexpected shape: series ${series.length + 1} ${fault}`;
    }
    return null;
  };
  try {
    const result = RESULT.exec(text);
    let from = result ? result.index + result[0].length : text.length;
    const head = text.slice(0, from);
    for (;;) {
      NEXT_SERIES.lastIndex = from + PIECE;
      const gap = NEXT_SERIES.exec(text);
      if (!gap) break;
      const fault = take(JSON.parse(`[${text.slice(from, gap.index + 1)}]`));
      if (fault) return failure(fault);
      from = gap.index + gap[0].length;
      await pace();
    }
    const data = dataOf(JSON.parse(head + text.slice(from)));
    if (!data.ok) return data;
    if (!isRecord(data.value) || data.value.resultType !== 'vector' || !Array.isArray(data.value.result))
      return failure('sent an answer of an unexpected shape: data is not an instant vector');
    const fault = take(data.value.result);
    return fault ? failure(fault) : success(series);
  } catch (error) {
    if (error instanceof SyntaxError) return failure(NOT_JSON);
    throw error;
  }
}

/** @returns what is wrong with it, or null when it was taken */
function takeSeries(each: unknown, into: Series[]): string | null {
  if (!isRecord(each) || !isRecord(each.metric)) return 'has no labels';
  for (const name in each.metric)
    if (typeof each.metric[name] !== 'string') return `has a label ${name} that is no text`;
  const { value } = each;
  if (!Array.isArray(value) || value.length !== 2) return 'has no value';
  if (typeof value[1] !== 'string') return 'has a value that is no text';
  into.push({ labels: each.metric as Record<string, string>, value: parseSample(value[1]) });
  return null;
}

/** Numbers as Prometheus writes them; what is none becomes NaN. */
export function parseSample(text: string): number {
  if (text === '+Inf' || text === 'Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  return text.trim() === '' ? Number.NaN : Number(text);
}
