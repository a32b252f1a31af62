/** The one interface behind which all readings are obtained, and what a source needs of its surroundings. */
import type {
  Board,
  BoardEvent,
  EpochMs,
  Frame,
  Id,
  Milliseconds,
  Observed,
  Provenance,
  Reading,
  SourceConfig,
  Stretch,
  UnboundNode,
  UnboundTraffic,
} from '../graph/index.ts';
import type { Outcome } from './outcome.ts';
import type { Fault } from './simulator/fault.ts';

export type { Frame, Stretch } from '../graph/index.ts';

export type SourceStatus = {
  state: 'connecting' | 'live' | 'stale' | 'lost' | 'static';
  /** When the last good answer came; null when none has yet. */
  lastAnswer: EpochMs | null;
  /** One sentence: what happened, to what, what next. Also when a live source has nothing to say. */
  reason?: string;
  unbound: readonly UnboundTraffic[];
  /** Parts that figures speak of and no node is found for. */
  unboundNodes?: readonly UnboundNode[];
  /** What a person should know of its figures, a sentence each: the dialects found, clocks that differ, spans dropped. */
  remarks?: readonly string[];
  /** What the simulator was told to do wrong; null or absent where nothing. */
  fault?: Fault | null;
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
  /** Asks anew soon, not only when it is time: what names mean on the board has changed. Absent where nothing is asked. */
  again?(): void;
  /** Aborts what is under way; nothing is emitted afterwards. */
  stop(): void;
  /**
   * What was, on the board as it is now. Absent where a source remembers nothing; works while it is started.
   * @param only the subjects asked for (subjectKey); all when left out
   */
  history?(stretch: Stretch, signal: AbortSignal, only?: ReadonlySet<string>): Promise<Outcome<Frame[]>>;
  /** Alerts and annotations that the source knows of. */
  events?(from: EpochMs, to: EpochMs, signal: AbortSignal): Promise<Outcome<Omit<BoardEvent, 'id'>[]>>;
}

/** Answers of a trace back end, as they came, and at which moments they are to be looked at. */
export type TraceAnswers = {
  format: 'jaeger' | 'zipkin';
  bodies: readonly Uint8Array<ArrayBuffer>[];
  /** Each shows the traces that began in the window before it; a single one shows all of them. */
  moments: readonly { at: EpochMs; window: Milliseconds }[];
  provenance: Provenance;
};

/** What they show: nodes and edges under ids that are the same at all moments. */
export type TracesSeen = {
  frames: (Observed & { at: EpochMs; remarks: readonly string[] })[];
  /** How many traces each of the bodies told of, and how many they are together. */
  counts: readonly number[];
  traces: number;
  /** When the first of them began; null when there is none. */
  since: EpochMs | null;
};

/** Handed in, since reading formats is another room's work. May take the bodies for itself. */
export type TraceReader = (answers: TraceAnswers, signal: AbortSignal) => Promise<Outcome<TracesSeen>>;

/** Clock, timers and network: handed in by tests, the machine's own otherwise. */
export type Env = {
  now(): EpochMs;
  /** Runs `task` once, `after` ms from now. @returns what calls it off */
  schedule(task: () => void, after: Milliseconds): () => void;
  fetch: typeof fetch;
  /** Where Chalkline's own server is, without a slash at the end: what it forwards and was sent is asked of it. */
  server: string;
  /** Needed for sources of traces alone. */
  readTraces?: TraceReader;
};

export const machine: Env = {
  now: () => Date.now(),
  schedule(task, after) {
    const timer = setTimeout(task, after);
    return () => clearTimeout(timer);
  },
  fetch: (...args) => fetch(...args),
  server: globalThis.location?.origin ?? '',
};
