/**
 * Answers of the Prometheus HTTP API, parsed as unknown and refused with the place of the fault.
 * They may be tens of megabytes: they are parsed as they come, some hundred series at a time.
 */
import { failure, type Outcome, success } from '../outcome.ts';
import type { Pace } from '../pace.ts';

/** A native histogram: what was counted between two bounds, in the unit of the metric. */
export type Native = { sum: number; buckets: readonly [from: number, to: number, count: number][] };
/** One element of an instant vector; the value may be NaN or infinite, and is NaN beside a histogram. */
export type Series = { labels: Labels; value: number; histogram?: Native };
export type Labels = Readonly<Record<string, string>>;
/** One element of a range: its samples by time, epoch seconds as they were sent; not always in order. */
export type Range = { labels: Labels; points: [time: number, number | Native][] };

/** Characters of JSON parsed in one go; and at most, where a series does not end. */
const PIECE = 128 * 1024;
const LONGEST = 2 * 1024 * 1024;
/** Inside a JSON string quotes are escaped, so neither pattern can occur within one. */
const RESULT = /"result"\s*:\s*\[/;
const NEXT_SERIES = /\}\s*,\s*(?=\{\s*"metric"\s*:)/;

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
const NO_SERIES = 'sent an answer of an unexpected shape: megabytes of it are no list of series';

/** Reads an answer as it comes. */
export type Reader<T> = {
  /** Takes the next of its text; false once it is known to be of no use. */
  take(text: string): Promise<boolean>;
  /** What all of it says. */
  end(): Outcome<T[]>;
};

/** An instant vector. One series of a wrong shape, and the whole answer is refused: half a truth misleads. */
export const vectorReader = (pace: Pace): Reader<Series> => createReader('vector', takeSeries, pace);

/** A range of time; likewise whole or not at all. */
export const matrixReader = (pace: Pace): Reader<Range> => createReader('matrix', takeRange, pace);

const SHAPES = { vector: 'an instant vector', matrix: 'a range of samples' };

/** @param read one element → what it says, or what is wrong with it */
function createReader<T extends { labels: Labels }>(
  type: keyof typeof SHAPES,
  read: (element: Record<string, unknown>, labels: Labels) => T | string,
  pace: Pace,
): Reader<T> {
  const taken: T[] = [];
  const heard = new Set<string>();
  /** What comes before the series; null till they begin. */
  let head: string | null = null;
  /** What was not parsed yet. */
  let rest = '';
  let fault: string | null = null;

  /** The same series twice is one. A histogram sees that of its buckets itself, and of them there are many. */
  function isRepeated({ labels }: T): boolean {
    if (labels.le !== undefined) return false;
    const before = heard.size;
    return heard.add(JSON.stringify(labels)).size === before;
  }

  function keep(list: readonly unknown[]): void {
    for (const each of list) {
      const found = readElement(each, read);
      if (typeof found === 'string') {
        fault = `sent an answer of an unexpected shape: series ${taken.length + 1} ${found}`;
        return;
      }
      if (!isRepeated(found)) taken.push(found);
    }
  }

  /** Parses the next series, if there are enough of them. */
  function parseSome(): boolean {
    const gap = NEXT_SERIES.exec(rest.slice(PIECE));
    if (!gap) return false;
    const end = PIECE + gap.index;
    keep(JSON.parse(`[${rest.slice(0, end + 1)}]`));
    rest = rest.slice(end + gap[0].length);
    return fault === null;
  }

  function parseLast(): boolean {
    const data = dataOf(JSON.parse((head ?? '') + rest));
    if (!data.ok) fault = data.reason;
    else if (!isRecord(data.value) || data.value.resultType !== type || !Array.isArray(data.value.result))
      fault = `sent an answer of an unexpected shape: data is not ${SHAPES[type]}`;
    else keep(data.value.result);
    return fault === null;
  }

  function told(parse: () => boolean): boolean {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      fault = NOT_JSON;
      return false;
    }
  }

  return {
    async take(text) {
      rest += text;
      if (head === null) {
        const begin = RESULT.exec(rest);
        if (begin) {
          head = rest.slice(0, begin.index + begin[0].length);
          rest = rest.slice(head.length);
        }
      }
      while (fault === null && head !== null && rest.length > PIECE && told(parseSome)) await pace();
      if (fault === null && rest.length > LONGEST) fault = NO_SERIES;
      return fault === null;
    },
    end() {
      return fault === null && told(parseLast) ? success(taken) : failure(fault ?? NOT_JSON);
    },
  };
}

function readElement<T>(
  each: unknown,
  read: (element: Record<string, unknown>, labels: Labels) => T | string,
): T | string {
  if (!isRecord(each) || !isRecord(each.metric)) return 'has no labels';
  for (const name in each.metric)
    if (typeof each.metric[name] !== 'string') return `has a label ${name} that is no text`;
  return read(each, each.metric as Labels);
}

function takeSeries({ value, histogram }: Record<string, unknown>, labels: Labels): Series | string {
  if (value === undefined && Array.isArray(histogram)) {
    const native = nativeOf(histogram[1]);
    return native ? { labels, value: Number.NaN, histogram: native } : 'has a histogram of an unknown shape';
  }
  if (!Array.isArray(value) || value.length !== 2) return 'has no value';
  if (typeof value[1] !== 'string') return 'has a value that is no text';
  return { labels, value: parseSample(value[1]) };
}

function takeRange(element: Record<string, unknown>, labels: Labels): Range | string {
  const { values = [], histograms = [] } = element;
  if (!Array.isArray(values) || !Array.isArray(histograms)) return 'has no values';
  const points: [number, number | Native][] = [];
  for (const point of values) {
    if (!isPoint(point)) return 'has a value without a time';
    if (typeof point[1] !== 'string') return 'has a value that is no text';
    points.push([point[0], parseSample(point[1])]);
  }
  for (const point of histograms) {
    const native = isPoint(point) ? nativeOf(point[1]) : null;
    if (!native) return 'has a histogram of an unknown shape';
    points.push([point[0], native]);
  }
  return { labels, points };
}

const isPoint = (point: unknown): point is [number, unknown] =>
  Array.isArray(point) && point.length === 2 && typeof point[0] === 'number';

/** `{count, sum, buckets: [[boundary rule, left, right, count]]}`; which ends are inclusive makes no difference here. */
function nativeOf(value: unknown): Native | null {
  if (!isRecord(value) || typeof value.sum !== 'string') return null;
  const { buckets = [] } = value;
  if (!Array.isArray(buckets)) return null;
  const read: [number, number, number][] = [];
  for (const bucket of buckets) {
    if (!Array.isArray(bucket) || bucket.length !== 4) return null;
    const [, left, right, count] = bucket;
    if (typeof left !== 'string' || typeof right !== 'string' || typeof count !== 'string') return null;
    read.push([parseSample(left), parseSample(right), parseSample(count)]);
  }
  return { sum: parseSample(value.sum), buckets: read };
}

/** Numbers as Prometheus writes them; what is none becomes NaN. */
export function parseSample(text: string): number {
  if (text === '+Inf' || text === 'Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  return text.trim() === '' ? Number.NaN : Number(text);
}
