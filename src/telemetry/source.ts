/** The one interface behind which all readings are obtained, and what a source needs of its surroundings. */
import type { Board, EdgeKind, EpochMs, Id, Milliseconds, Reading, SourceConfig } from '../graph/index.ts';

/** Traffic that telemetry names and no node or edge of the board carries. */
export type UnboundTraffic = { source: string; target: string; kind: EdgeKind };

export type SourceStatus = {
  state: 'connecting' | 'live' | 'stale' | 'lost' | 'static';
  /** When the last good answer came; null when none has yet. */
  lastAnswer: EpochMs | null;
  /** One sentence: what happened, to what, what next. Also when a live source has nothing to say. */
  reason?: string;
  unbound: readonly UnboundTraffic[];
  simulated: boolean;
  label: string;
};

export type SourceHost = {
  /** The board as it is now; asked anew at every poll. */
  board(): Pick<Board, 'nodes' | 'edges'>;
  emit(readings: Reading[]): void;
  status(status: SourceStatus): void;
};

export interface Source {
  readonly id: Id;
  start(host: SourceHost): void;
  /** Takes new settings; what is under way with the old ones is given up. */
  configure(config: SourceConfig): void;
  /** Aborts what is under way; nothing is emitted afterwards. */
  stop(): void;
}

/** Clock, timers and network: handed in by tests, the machine's own otherwise. */
export type Env = {
  now(): EpochMs;
  /** Runs `task` once, `after` ms from now. @returns what calls it off */
  schedule(task: () => void, after: Milliseconds): () => void;
  fetch: typeof fetch;
};

export const machine: Env = {
  now: () => Date.now(),
  schedule(task, after) {
    const timer = setTimeout(task, after);
    return () => clearTimeout(timer);
  },
  fetch: (...args) => fetch(...args),
};
