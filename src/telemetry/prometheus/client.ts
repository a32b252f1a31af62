/** Asks one Prometheus over HTTP, as a page may: no credentials, no header that would need a preflight. */
import type { EpochMs } from '../../graph/index.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { Pace } from '../pace.ts';
import type { Env } from '../source.ts';
import { errorOf, parseNames, parseVector, type Series } from './answer.ts';

/** Bytes of an answer read at most. */
const MOST_BYTES = 50 * 1024 * 1024;

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
      const text = await ask(`${base}/api/v1/query`, { method: 'POST', body }, env, signal);
      return text.ok ? parseVector(text.value, pace) : text;
    },
    async names(match, start, end) {
      const search = new URLSearchParams({ 'match[]': match, start: seconds(start), end: seconds(end) });
      const text = await ask(`${base}/api/v1/label/__name__/values?${search}`, {}, env, signal);
      return text.ok ? parseNames(text.value) : text;
    },
  };
}

async function ask(
  url: string,
  question: RequestInit,
  env: Pick<Env, 'fetch'>,
  signal: AbortSignal,
): Promise<Outcome<string>> {
  const always: RequestInit = {
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal,
  };
  let response: Response;
  try {
    response = await env.fetch(url, { ...question, ...always });
  } catch {
    return failure(await whyUnreachable(url, always, env));
  }
  let text: string | null;
  try {
    text = await textOf(response);
  } catch {
    return failure('broke off in the middle of its answer');
  }
  if (text === null) return failure(`sent more than ${MOST_BYTES / 1024 / 1024} MB for one question`);
  if (response.ok) return success(text);
  const said = errorOf(text);
  if (response.status >= 500)
    return failure(`answered ${response.status}${said ? `: ${said}` : ' (it is there, but not well)'}`);
  return failure(
    said
      ? `refused the question: ${said}`
      : `answered ${response.status}: that address does not speak the Prometheus API to this page`,
  );
}

/**
 * A browser does not say why it could not ask. An answer that may not be read, asked for without CORS, shows
 * that the server is there: then its permission is what is missing.
 */
async function whyUnreachable(url: string, always: RequestInit, env: Pick<Env, 'fetch'>): Promise<string> {
  try {
    await env.fetch(url, { ...always, mode: 'no-cors' });
    return 'is there, but lets no page of this address ask it (CORS: see its --web.cors.origin)';
  } catch {
    return 'could not be reached';
  }
}

/** The body, or null when it is too large. */
async function textOf(response: Response): Promise<string | null> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MOST_BYTES) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}
