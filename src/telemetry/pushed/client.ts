/** Asks Chalkline's own server for what was pushed to it, in the time of the page: the server's clock may differ. */
import type { EpochMs, Milliseconds, SourceConfig } from '../../graph/index.ts';
import { type Asked, ask } from '../ask.ts';
import type { Outcome } from '../outcome.ts';
import type { Pace } from '../pace.ts';
import type { Env } from '../source.ts';
import { PUSHED_PATH, type PushedAnswer, readAnswer } from './answer.ts';

export type PushedConfig = Extract<SourceConfig, { type: 'pushed' }>;

/** A smaller difference is the way of the answer, not the clock's. */
const SAME_CLOCK: Milliseconds = 2000;

const ASKED: Asked = {
  api: 'Chalkline’s server',
  errorOf: (text) => (text.length < 300 && !text.startsWith('<') ? text.trim() || null : null),
};

/** Moments `from` to `to`, now when left out, each over the `window` before it. */
export type Question = {
  from?: EpochMs;
  to?: EpochMs;
  step?: Milliseconds;
  window: Milliseconds;
  /** Ids of nodes and edges between commas. */
  only?: string;
};

export type PushedClient = {
  ask(question: Question, pace: Pace, signal: AbortSignal): Promise<Outcome<PushedAnswer>>;
  /** By how much the server's clock is ahead of the page's, as of the last answer; 0 when about the same. */
  skew(): Milliseconds;
};

export function createClient(env: Env): PushedClient {
  let skew: Milliseconds = 0;
  return {
    skew: () => skew,
    async ask({ from, to, ...rest }, pace, signal) {
      const search = new URLSearchParams();
      const asked = { from: from && from + skew, to: to && to + skew, ...rest };
      for (const [name, value] of Object.entries(asked))
        if (value !== undefined) search.set(name, String(value));
      const text = await ask(`${env.server}${PUSHED_PATH}?${search}`, {}, ASKED, env, signal);
      if (!text.ok) return text;
      const arrived = env.now();
      const answer = await readAnswer(text.value, pace);
      if (!answer.ok) return answer;
      const ahead = answer.value.now - arrived;
      // Kept as long as it about holds: the moments of one question must not move against each other.
      if (Math.abs(ahead) < SAME_CLOCK) skew = 0;
      else if (Math.abs(ahead - skew) >= SAME_CLOCK) skew = ahead;
      return skew === 0 ? answer : { ok: true, value: earlier(answer.value, skew) };
    },
  };
}

/** The answer with all its times so much earlier. */
function earlier(answer: PushedAnswer, by: Milliseconds): PushedAnswer {
  const { now, since, next, frames } = answer;
  return {
    ...answer,
    now: now - by,
    since: since === null ? null : since - by,
    next: next === null ? null : next - by,
    frames: frames.map((frame) => ({
      ...frame,
      at: frame.at - by,
      readings: frame.readings.map((figure) => ({ ...figure, at: figure.at - by })),
    })),
  };
}

/** What a person calls this source. */
export const labelOf = (env: Pick<Env, 'server'>): string =>
  `OTLP ${env.server.replace(/^https?:\/\//i, '') || 'of this page'}`;

export const nothingYet = (env: Pick<Env, 'server'>): string =>
  `has been sent no spans yet: point an SDK or a collector at ${env.server}/v1/traces`;
