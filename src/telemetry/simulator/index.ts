/**
 * The built-in source: a queueing model of whatever board is open, one step a second, plainly labelled as
 * simulated. chance, queueing, order, system, model, shape, readings are pure; this file has the clock.
 */
import type { Board, Provenance, Reading, SourceConfig } from '../../graph/index.ts';
import { type Env, machine, type Source, type SourceHost } from '../source.ts';
import { type Fault, strikeOf } from './fault.ts';
import { initialState, STEP, type State, step } from './model.ts';
import { type Moment, readLink, readPart } from './readings.ts';
import { type System, systemOf } from './system.ts';

export type SimulatorConfig = Extract<SourceConfig, { type: 'simulator' }>;

export interface Simulator extends Source {
  /** Makes one thing go wrong from the next step on; null makes it well again. */
  setFault(fault: Fault | null): void;
}

/** Readings are built for so long at a stretch, then the page gets its turn. */
const SLICE = 12;
const LABEL = 'Simulator';

export function createSimulator(config: SimulatorConfig, env: Env = machine): Simulator {
  const provenance: Provenance = { source: config.id, label: LABEL, simulated: true };
  let { seed } = config;
  let host: SourceHost | null = null;
  let fault: Fault | null = null;
  let drawn: Pick<Board, 'nodes' | 'edges'> | null = null;
  let system: System | null = null;
  let state: State | null = null;
  let cancel = () => {};

  /** The model of the board as it is; what waited in its queues stays where the parts stay. */
  function modelOf(board: Pick<Board, 'nodes' | 'edges'>): { system: System; state: State } {
    if (system && state && drawn?.nodes === board.nodes && drawn.edges === board.edges)
      return { system, state };
    const next = systemOf(board, seed);
    const carried = carryOver(next, system, state);
    drawn = board;
    system = next;
    return { system: next, state: carried };
  }

  function tick(): void {
    if (!host) return;
    const started = env.now();
    const model = modelOf(host.board());
    if (env.now() - started > SLICE) {
      // A very large board was modelled anew: the page gets its turn before the step.
      cancel = env.schedule(tick, 0);
      return;
    }
    const { flow, state: after } = step(model.system, model.state, strikeOf(model.system, fault));
    state = after;
    const moment: Moment = { at: started, provenance };
    const { parts, links } = model.system;
    const total = links.length + parts.length;
    let next = 0;

    const slice = () => {
      const until = env.now() + SLICE;
      const readings: Reading[] = [];
      while (next < total && (next % 64 !== 0 || env.now() <= until)) {
        if (next < links.length) readLink(model.system, flow, next, moment, readings);
        else readPart(model.system, flow, next - links.length, moment, readings);
        next++;
      }
      // Before the host hears of it: what it does then may be to stop.
      cancel =
        next < total ? env.schedule(slice, 0) : env.schedule(tick, Math.max(0, started + STEP - env.now()));
      if (readings.length > 0) host?.emit(readings);
    };
    slice();
    host?.status({ state: 'live', lastAnswer: started, unbound: [], simulated: true, label: LABEL });
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
      drawn = null;
    },
    stop() {
      host = null;
      cancel();
    },
    setFault(next) {
      fault = next;
    },
  };
}

/** The new system's state, with the times and backlogs of what was there before. */
function carryOver(next: System, old: System | null, state: State | null): State {
  const fresh = initialState(next);
  if (!old || !state) return fresh;
  fresh.tick = state.tick;
  next.parts.forEach((part, i) => {
    const was = old.index.get(part.id);
    if (was === undefined) return;
    fresh.hold[i] = state.hold[was]!;
    fresh.backlog[i] = state.backlog[was]!;
  });
  const before = new Map(old.links.map((link) => [link.id, link.index]));
  for (const link of next.links) {
    const was = before.get(link.id);
    if (was !== undefined) fresh.messages[link.index] = state.messages[was]!;
  }
  return fresh;
}
