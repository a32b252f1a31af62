/**
 * A source that is asked again and again over the network: when, how long a pause after failures, and what is told of
 * its state meanwhile. What is asked, and of whom, is the questioner's.
 *
 * Invariant: what a poll brings is emitted whole or not at all, and never after stop or a change of settings.
 */
import type {
  Board,
  EpochMs,
  Milliseconds,
  Reading,
  SourceConfig,
  UnboundNode,
  UnboundTraffic,
} from '../graph/index.ts';
import { failure, type Outcome } from './outcome.ts';
import { createPace, type Pace } from './pace.ts';
import type { Env, Source, SourceHost, SourceStatus } from './source.ts';

/** Readings handed over at a stretch. */
const BATCH = 1000;
/** How often the state is looked at while no answer comes. */
const WATCH: Milliseconds = 1000;
const LOST_AFTER: Milliseconds = 15_000;
const LONGEST_PAUSE: Milliseconds = 30_000;
const LONGEST_WAIT: Milliseconds = 10_000;

/** Settings of sources that are asked. */
export type PolledConfig = Extract<SourceConfig, { interval: Milliseconds }>;
type Drawn = Pick<Board, 'nodes' | 'edges'>;

export type Polled = {
  readings: Reading[];
  unbound: UnboundTraffic[];
  unboundNodes?: readonly UnboundNode[];
  /** What a person should know of the figures, a sentence each. */
  remarks?: readonly string[];
  /** Why there is nothing to tell, though the answer was good; words that follow the label. */
  nothing: string | null;
};

export type Questioner<C extends PolledConfig> = {
  /** What a person calls the one who is asked. */
  label(config: C): string;
  /** Who is asked: what was known of another no longer counts. */
  target(config: C): string;
  /** Called when the target changes. */
  forget?(): void;
  /** One poll. Aborted when it is given up. @param board the board at any moment of the poll */
  poll(config: C, board: () => Drawn, controller: AbortController): Promise<Outcome<Polled>>;
  history?(config: C, board: Drawn, ...asked: HistoryArguments): ReturnType<NonNullable<Source['history']>>;
  events?(config: C, ...asked: EventArguments): ReturnType<NonNullable<Source['events']>>;
};
type HistoryArguments = Parameters<NonNullable<Source['history']>>;
type EventArguments = Parameters<NonNullable<Source['events']>>;

export function createPolled<C extends PolledConfig>(
  initial: C,
  env: Env,
  questioner: Questioner<C>,
): Source {
  let config = initial;
  let host: SourceHost | null = null;
  let current: AbortController | null = null;
  let cancelPoll = () => {};
  let cancelWatch = () => {};
  let failures = 0;
  let problem: string | null = null;
  let nothing: string | null = null;
  let unbound: SourceStatus['unbound'] = [];
  let unboundNodes: readonly UnboundNode[] = [];
  let remarks: readonly string[] = [];
  let since: EpochMs = 0;
  let begun: EpochMs = 0;
  let askAgain = false;
  let lastAnswer: EpochMs | null = null;
  let told: SourceStatus | null = null;
  const board = () => host?.board() ?? { nodes: {}, edges: {} };

  async function poll(): Promise<void> {
    const controller = new AbortController();
    current = controller;
    const started = env.now();
    begun = started;
    askAgain = false;
    const asked = config;
    const outcome = await questioner.poll(asked, board, controller);
    if (current !== controller) return;
    if (outcome.ok) await take(outcome.value, controller);
    else {
      failures++;
      problem = outcome.reason;
    }
    if (current !== controller) return;
    current = null;
    const wait = askAgain ? soon(asked) : asked.interval;
    const pause = outcome.ok ? started + wait - env.now() : pauseAfter(failures, asked.interval);
    cancelPoll = env.schedule(poll, Math.max(0, pause));
    report();
  }

  async function take(polled: Polled, controller: AbortController): Promise<void> {
    failures = 0;
    problem = null;
    nothing = polled.nothing;
    lastAnswer = env.now();
    if (!sameTraffic(unbound, polled.unbound)) unbound = polled.unbound;
    const { remarks: said = [], unboundNodes: dark = [] } = polled;
    if (!sameNodes(unboundNodes, dark)) unboundNodes = dark;
    if (said.join('\n') !== remarks.join('\n')) remarks = said;
    const pace = createPace(env);
    for (let i = 0; i < polled.readings.length; i += BATCH) {
      host?.emit(polled.readings.slice(i, i + BATCH));
      await pace();
      if (current !== controller) return;
    }
  }

  function stateNow(): Pick<SourceStatus, 'state' | 'reason'> {
    const label = questioner.label(config);
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
      unboundNodes,
      remarks,
      simulated: false,
      label: questioner.label(config),
    };
    const same =
      told?.state === status.state &&
      told.reason === status.reason &&
      told.lastAnswer === lastAnswer &&
      told.unbound === unbound &&
      told.unboundNodes === unboundNodes &&
      told.remarks === remarks &&
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

  const { history, events } = questioner;
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
      if (next.type !== initial.type)
        throw new Error(`a source of ${initial.type} cannot become a ${next.type}`);
      giveUp();
      const same = questioner.target(next as C) === questioner.target(config);
      if (!same) {
        questioner.forget?.();
        lastAnswer = null;
        unbound = [];
        unboundNodes = [];
        remarks = [];
        since = env.now();
      }
      config = next as C;
      failures = 0;
      problem = null;
      nothing = null;
      if (!host) return;
      void poll();
      report();
    },
    again() {
      // where all has its place nothing new can find one; and who fails is left alone until the pause is over
      const isWaiting = unbound.length + unboundNodes.length > 0;
      if (!host || failures > 0 || (!current && !isWaiting)) return;
      askAgain = true;
      if (current) return;
      cancelPoll();
      cancelPoll = env.schedule(poll, Math.max(0, begun + soon(config) - env.now()));
    },
    stop() {
      giveUp();
      cancelWatch();
      host = null;
    },
    ...(history && { history: (...asked) => history(config, board(), ...asked) }),
    ...(events && { events: (...asked) => events(config, ...asked) }),
  };
}

/** How soon a poll may follow another, however much is drawn meanwhile. */
const soon = ({ interval }: PolledConfig): Milliseconds => interval / 5;

/** Twice as long after each failure; never so long that a server that is back would go unnoticed. */
export function pauseAfter(failures: number, interval: Milliseconds): Milliseconds {
  const most = Math.min(LONGEST_PAUSE, Math.max(interval, 5000));
  return Math.min(most, interval * 2 ** Math.max(0, failures - 1));
}

/** How long a poll waits for its answers. */
export const deadlineFor = ({ interval }: PolledConfig): Milliseconds => Math.min(LONGEST_WAIT, 2 * interval);

/** Runs `work` with a time limit on its waiting, lifted when it calls `met`. */
export async function withDeadline<T>(
  deadline: Milliseconds,
  env: Env,
  controller: AbortController,
  work: (pace: Pace, met: () => void) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  let late = false;
  const cancel = env.schedule(() => {
    late = true;
    controller.abort();
  }, deadline);
  try {
    const outcome = await work(createPace(env), cancel);
    return late && !outcome.ok ? failure(`gave no answer within ${deadline / 1000} s`) : outcome;
  } finally {
    cancel();
  }
}

/** A question asked apart from the polls: with a time limit of its own, and given up with whoever wants the answer. */
export async function askWithin<T>(
  deadline: Milliseconds,
  env: Env,
  signal: AbortSignal | undefined,
  work: (pace: Pace, met: () => void, controller: AbortController) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const controller = new AbortController();
  const giveUp = () => controller.abort();
  if (signal?.aborted) giveUp();
  signal?.addEventListener('abort', giveUp);
  try {
    return await withDeadline<T>(deadline, env, controller, (pace, met) => work(pace, met, controller));
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

const sameTraffic = (a: SourceStatus['unbound'], b: SourceStatus['unbound']): boolean =>
  a.length === b.length &&
  a.every((each, i) => {
    const other = b[i]!;
    return each.source === other.source && each.target === other.target && each.kind === other.kind;
  });

const sameNodes = (a: readonly UnboundNode[], b: readonly UnboundNode[]): boolean =>
  a.length === b.length && a.every(({ name, kind }, i) => name === b[i]!.name && kind === b[i]!.kind);
