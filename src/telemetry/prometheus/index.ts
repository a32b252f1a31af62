/**
 * A Prometheus (or what speaks its API) asked straight from the page, one poll at a time.
 *
 *   poll ─► answers ─► series ─► traffic by client and server ─► readings of drawn edges
 *   client    answer     servicegraph, histogram                   bind
 *
 * Invariant: what a poll brings is emitted whole or not at all, and never after stop or a change of settings.
 */
import type { EpochMs, Milliseconds } from '../../graph/index.ts';
import { createPace } from '../pace.ts';
import { type Env, machine, type Source, type SourceHost, type SourceStatus } from '../source.ts';
import { labelOf, type Polled, type PrometheusConfig, pollOnce } from './poll.ts';

export type { PrometheusConfig } from './poll.ts';

/** Readings handed over at a stretch. */
const BATCH = 1000;
/** How often the state is looked at while no answer comes. */
const WATCH: Milliseconds = 1000;
const LOST_AFTER: Milliseconds = 15_000;
const LONGEST_PAUSE: Milliseconds = 30_000;

export function createPrometheus(initial: PrometheusConfig, env: Env = machine): Source {
  let config = initial;
  let host: SourceHost | null = null;
  let current: AbortController | null = null;
  let cancelPoll = () => {};
  let cancelWatch = () => {};
  let failures = 0;
  let problem: string | null = null;
  let nothing: string | null = null;
  let prefix: string | null = null;
  let unbound: SourceStatus['unbound'] = [];
  let since: EpochMs = 0;
  let lastAnswer: EpochMs | null = null;
  let told: SourceStatus | null = null;

  async function poll(): Promise<void> {
    const controller = new AbortController();
    current = controller;
    const started = env.now();
    const asked = config;
    const board = () => host?.board() ?? { nodes: {}, edges: {} };
    const outcome = await pollOnce(asked, prefix, board, env, controller);
    if (current !== controller) return;
    if (outcome.ok) await take(outcome.value, controller);
    else {
      failures++;
      problem = outcome.reason;
    }
    if (current !== controller) return;
    current = null;
    const pause = outcome.ok ? started + asked.interval - env.now() : pauseAfter(failures, asked.interval);
    cancelPoll = env.schedule(poll, Math.max(0, pause));
    report();
  }

  async function take(polled: Polled, controller: AbortController): Promise<void> {
    failures = 0;
    problem = null;
    ({ nothing, prefix } = polled);
    lastAnswer = env.now();
    if (!sameTraffic(unbound, polled.unbound)) unbound = polled.unbound;
    const pace = createPace(env);
    for (let i = 0; i < polled.readings.length; i += BATCH) {
      host?.emit(polled.readings.slice(i, i + BATCH));
      await pace();
      if (current !== controller) return;
    }
  }

  function stateNow(): Pick<SourceStatus, 'state' | 'reason'> {
    const label = labelOf(config.url);
    const silence = env.now() - (lastAnswer ?? since);
    const next = current
      ? 'asking again now'
      : `asking again every ${pauseAfter(failures, config.interval) / 1000} s`;
    const because = problem ?? `has not answered for ${Math.round(silence / 1000)} s`;
    const reason = `${label} ${because}; ${next}.`;
    if (silence > Math.max(LOST_AFTER, 3 * config.interval)) return { state: 'lost', reason };
    if (problem || (lastAnswer !== null && silence > 2 * config.interval)) return { state: 'stale', reason };
    if (lastAnswer === null) return { state: 'connecting' };
    return nothing ? { state: 'live', reason: `${label} ${nothing}; asking on.` } : { state: 'live' };
  }

  /** Tells the host, if there is anything new to tell. */
  function report(): void {
    const status: SourceStatus = {
      ...stateNow(),
      lastAnswer,
      unbound,
      simulated: false,
      label: labelOf(config.url),
    };
    const same =
      told?.state === status.state &&
      told.reason === status.reason &&
      told.lastAnswer === lastAnswer &&
      told.unbound === unbound &&
      told.label === status.label;
    if (same) return;
    told = status;
    host?.status(status);
  }

  function watch(): void {
    cancelWatch = env.schedule(watch, WATCH);
    report();
  }

  function giveUp(): void {
    current?.abort();
    current = null;
    cancelPoll();
  }

  return {
    id: initial.id,
    start(newHost) {
      giveUp();
      cancelWatch();
      host = newHost;
      since = env.now();
      told = null;
      void poll();
      watch();
    },
    configure(next) {
      if (next.type !== 'prometheus') throw new Error(`a Prometheus cannot become a ${next.type}`);
      giveUp();
      if (next.url !== config.url) {
        prefix = null;
        lastAnswer = null;
        unbound = [];
        since = env.now();
      }
      config = next;
      failures = 0;
      problem = null;
      nothing = null;
      if (!host) return;
      void poll();
      report();
    },
    stop() {
      giveUp();
      cancelWatch();
      host = null;
    },
  };
}

/** Twice as long after each failure; never so long that a server that is back would go unnoticed. */
export function pauseAfter(failures: number, interval: Milliseconds): Milliseconds {
  const most = Math.min(LONGEST_PAUSE, Math.max(interval, 5000));
  return Math.min(most, interval * 2 ** Math.max(0, failures - 1));
}

const sameTraffic = (a: SourceStatus['unbound'], b: SourceStatus['unbound']): boolean =>
  a.length === b.length &&
  a.every((each, i) => {
    const other = b[i]!;
    return each.source === other.source && each.target === other.target && each.kind === other.kind;
  });
