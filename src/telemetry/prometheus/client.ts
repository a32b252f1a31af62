/** The questions that one Prometheus is asked. */
import type { EpochMs } from '../../graph/index.ts';
import { type Asked, ask } from '../ask.ts';
import type { Outcome } from '../outcome.ts';
import type { Pace } from '../pace.ts';
import type { Env } from '../source.ts';
import { errorOf, parseNames, parseVector, type Series } from './answer.ts';

const ASKED: Asked = { api: 'the Prometheus API', errorOf, cors: 'its --web.cors.origin' };

export type Client = {
  /** Evaluates a query at a time. The question goes as a form: it may be longer than a URL. */
  vector(query: string, time: EpochMs): Promise<Outcome<Series[]>>;
  /** Names of metrics with samples since `start` that a matcher fits. */
  names(match: string, start: EpochMs, end: EpochMs): Promise<Outcome<string[]>>;
};

/** Prometheus' timestamps are seconds, exact to the millisecond. */
const seconds = (time: EpochMs): string => (time / 1000).toFixed(3);

export function createClient(url: string, env: Pick<Env, 'fetch'>, pace: Pace, signal: AbortSignal): Client {
  const base = url.replace(/\/+$/, '');
  return {
    async vector(query, time) {
      const body = new URLSearchParams({ query, time: seconds(time) });
      const text = await ask(`${base}/api/v1/query`, { method: 'POST', body }, ASKED, env, signal);
      return text.ok ? parseVector(text.value, pace) : text;
    },
    async names(match, start, end) {
      const search = new URLSearchParams({ 'match[]': match, start: seconds(start), end: seconds(end) });
      const text = await ask(`${base}/api/v1/label/__name__/values?${search}`, {}, ASKED, env, signal);
      return text.ok ? parseNames(text.value) : text;
    },
  };
}
