/** The questions that one Prometheus is asked. */
import type { EpochMs, Milliseconds } from '../../graph/index.ts';
import { addressOf } from '../address.ts';
import { type Asked, ask, askInPieces } from '../ask.ts';
import { createGate } from '../gate.ts';
import { type Outcome, success } from '../outcome.ts';
import type { Pace } from '../pace.ts';
import type { Env } from '../source.ts';
import {
  errorOf,
  matrixReader,
  parseNames,
  type Range,
  type Reader,
  type Series,
  vectorReader,
} from './answer.ts';

const ASKED: Asked = { api: 'the Prometheus API', errorOf, cors: 'its --web.cors.origin' };
/** Bytes of names of metrics at most: they are parsed in one go. */
const NAMES = 2 * 1024 * 1024;
/** Questions under way at one time: as many as a forwarder lets through, fewer than a browser to one host. */
const AT_ONCE = 4;

/** Who answers questions about one moment: a server, or what was fetched of the past. */
export type Client = {
  /**
   * Evaluates a query at a time. The question goes as a form: it may be longer than a URL.
   * @param until gives up this one question
   */
  vector(query: string, time: EpochMs, until?: AbortSignal): Promise<Outcome<Series[]>>;
};

export type Server = Client & {
  /** Evaluates a query at many times, from `start` to `end`. */
  range(query: string, start: EpochMs, end: EpochMs, step: Milliseconds): Promise<Outcome<Range[]>>;
  /** Names of metrics with samples since `start` that a matcher fits. */
  names(match: string, start: EpochMs, end: EpochMs): Promise<Outcome<string[]>>;
  /** What its own clock says; null where it does not say. */
  clock(): Promise<Outcome<EpochMs | null>>;
};

/** Prometheus' timestamps are seconds, exact to the millisecond. */
const seconds = (time: number): string => (time / 1000).toFixed(3);

/** @param skew how far the server's clock is ahead of ours: it is asked in its own time, and answers in it */
export function createClient(
  url: string,
  env: Pick<Env, 'fetch' | 'server'>,
  pace: Pace,
  signal: AbortSignal,
  skew: Milliseconds = 0,
): Server {
  const base = addressOf(url, env);
  const inTurn = createGate(AT_ONCE);
  const get = (path: string) =>
    inTurn(() => ask(`${base}${path}`, {}, { ...ASKED, mostBytes: NAMES }, env, signal));
  async function post<T>(
    path: string,
    form: Record<string, string>,
    { take, end }: Reader<T>,
    until?: AbortSignal,
  ): Promise<Outcome<T[]>> {
    const body = new URLSearchParams(form);
    const either = until ? AbortSignal.any([signal, until]) : signal;
    const question = { method: 'POST', body };
    const heard = await inTurn(() => askInPieces(`${base}${path}`, question, ASKED, env, either, take));
    return heard.ok ? end() : heard;
  }
  return {
    vector: (query, time, until) =>
      post('/api/v1/query', { query, time: seconds(time + skew) }, vectorReader(pace), until),
    async range(query, start, end, step) {
      const times = { start: seconds(start + skew), end: seconds(end + skew), step: seconds(step) };
      const ranges = await post('/api/v1/query_range', { query, ...times }, matrixReader(pace));
      if (!ranges.ok) return ranges;
      const ours = (time: number) => Math.round(time * 1000) - skew;
      for (const { points } of ranges.value) for (const point of points) point[0] = ours(point[0]);
      return ranges;
    },
    async names(match, start, end) {
      const times = { start: seconds(start + skew), end: seconds(end + skew) };
      const search = new URLSearchParams({ 'match[]': match, ...times });
      const text = await get(`/api/v1/label/__name__/values?${search}`);
      return text.ok ? parseNames(text.value) : text;
    },
    async clock() {
      const said = await post('/api/v1/query', { query: 'vector(time())' }, vectorReader(pace));
      if (!said.ok) return said;
      const time = said.value[0]?.value;
      return success(time !== undefined && Number.isFinite(time) ? time * 1000 : null);
    },
  };
}
