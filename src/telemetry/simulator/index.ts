/**
 * The built-in source: a queueing model of whatever board is open, one step a second, plainly labelled as
 * simulated. chance, queueing, order, system, model, shape, readings, memory are pure; this file has the clock.
 */
import {
  type Board,
  type EpochMs,
  type Out,
  type Provenance,
  type Reading,
  type SourceConfig,
  sameValue,
} from '../../graph/index.ts';
import { success } from '../outcome.ts';
import { createPace } from '../pace.ts';
import { type Env, machine, type Source, type SourceHost } from '../source.ts';
import { type Fault, strikeOf } from './fault.ts';
import { createMemory } from './memory.ts';
import { initialState, STEP, type State, step } from './model.ts';
import { takenOut } from './out.ts';
import { type Moment, readLink, readPart } from './readings.ts';
import { type System, systemOf } from './system.ts';

export type SimulatorConfig = Extract<SourceConfig, { type: 'simulator' }>;

export interface Simulator extends Source {
  /** Makes one thing go wrong from the next step on; null makes it well again. */
  setFault(fault: Fault | null): void;
  /** Takes parts out of the system from the next step on, these and no others. */
  setOut(out: readonly Out[]): void;
}

/** A board, as a system of queues, and how full they are. */
type Model = { board: Pick<Board, 'nodes' | 'edges'>; out: readonly Out[]; system: System; state: State };

/** Work goes on for so long at a stretch (ms), then the page gets its turn. */
const SLICE = 12;
/** Subjects read between two looks at the clock. */
const LOOK_EVERY = 64;
const LABEL = 'Simulator';

export function createSimulator(config: SimulatorConfig, env: Env = machine): Simulator {
  const provenance: Provenance = { source: config.id, label: LABEL, simulated: true };
  const memory = createMemory();
  let { seed } = config;
  let host: SourceHost | null = null;
  let fault: Fault | null = null;
  let out: readonly Out[] = [];
  let model: Model | null = null;
  let lastAnswer: EpochMs | null = null;
  let cancel = () => {};

  /** A model of the board as it is; what waited in its queues stays where the parts stay. */
  function remodel(board: Pick<Board, 'nodes' | 'edges'>): Model {
    const system = takenOut(systemOf(board, seed), board, out);
    return { board, out, system, state: carryOver(system, model) };
  }

  function tick(): void {
    if (!host) return;
    const started = env.now();
    const board = host.board();
    if (model?.board.nodes !== board.nodes || model.board.edges !== board.edges || model.out !== out) {
      model = remodel(board);
      if (env.now() - started > SLICE) {
        // A very large board: the page gets its turn before the step.
        cancel = env.schedule(tick, 0);
        return;
      }
    }
    const { system } = model;
    const { flow, state } = step(system, model.state, strikeOf(system, fault));
    model = { ...model, state };
    memory.remember(started, system, flow);
    const moment: Moment = { at: started, provenance };
    const { parts, links } = system;
    const total = links.length + parts.length;
    let next = 0;

    const slice = (until: EpochMs) => {
      const readings: Reading[] = [];
      do {
        for (const end = Math.min(next + LOOK_EVERY, total); next < end; next++) {
          if (next < links.length) readLink(system, flow, next, moment, readings);
          else readPart(system, flow, next - links.length, moment, readings);
        }
      } while (next < total && env.now() <= until);
      // Before the host hears of it: what it does then may be to stop.
      cancel =
        next < total
          ? env.schedule(() => slice(env.now() + SLICE), 0)
          : env.schedule(tick, Math.max(0, started + STEP - env.now()));
      if (readings.length > 0) host?.emit(readings);
    };
    slice(started + SLICE);
    lastAnswer = started;
    report();
  }

  function report(): void {
    const state = lastAnswer === null ? 'connecting' : 'live';
    host?.status({ state, lastAnswer, unbound: [], simulated: true, label: LABEL, fault });
  }

  return {
    id: config.id,
    start(newHost) {
      host = newHost;
      tick();
    },
    configure(next) {
      if (next.type !== 'simulator') throw new Error(`a simulator cannot become a ${next.type}`);
      if (next.seed === seed) return;
      seed = next.seed;
      model = null;
    },
    async history(stretch, signal, only) {
      const isAsked = (key: string) => only?.has(key) ?? true;
      return success(await memory.frames(stretch, provenance, isAsked, createPace(env), signal));
    },
    stop() {
      host = null;
      cancel();
    },
    setFault(next) {
      fault = next;
      report();
    },
    setOut(next) {
      if (!sameValue(out, next)) out = next;
    },
  };
}

/** The new system's state, with the times and backlogs of what was there before. */
function carryOver(next: System, before: Model | null): State {
  const fresh = initialState(next);
  if (!before) return fresh;
  const { system: old, state } = before;
  fresh.tick = state.tick;
  next.parts.forEach((part, i) => {
    const was = old.index.get(part.id);
    if (was === undefined) return;
    fresh.hold[i] = state.hold[was]!;
    if (Number.isFinite(part.workers)) fresh.backlog[i] = state.backlog[was]!;
  });
  const links = new Map(old.links.map((link) => [link.id, link.index]));
  for (const link of next.links) {
    const was = links.get(link.id);
    if (was !== undefined) fresh.messages[link.index] = state.messages[was]!;
  }
  return fresh;
}
