/** Obtains readings behind one `Source` interface. Imports the graph only; clock and network are handed in. */
import type { Board, Id, SourceConfig } from '../graph/index.ts';
import type { Discovered } from './drawn.ts';
import { failure, type Outcome } from './outcome.ts';
import type { PrometheusConfig } from './prometheus/config.ts';
import { createPrometheus } from './prometheus/index.ts';
import type { Trial } from './prometheus/trial.ts';
import { createPushed } from './pushed/index.ts';
import { createSimulator, type Simulator, type SimulatorConfig } from './simulator/index.ts';
import { type Env, machine, type Source } from './source.ts';
import { createTraces } from './traces/index.ts';

export { UNFORWARDED } from './ask.ts';
export type { Discovered } from './drawn.ts';
export { listForwards } from './forwards.ts';
export { createGate } from './gate.ts';
export { PUSHED_PATH, type PushedAnswer } from './pushed/answer.ts';
export type { Fault } from './simulator/fault.ts';
export type { Simulator } from './simulator/index.ts';
export * from './source.ts';

/** The source that a board's settings describe. It does nothing until started. */
export function createSource(config: SimulatorConfig, env?: Env): Simulator;
export function createSource(config: SourceConfig, env?: Env): Source;
export function createSource(config: SourceConfig, env: Env = machine): Source {
  if (config.type === 'simulator') return createSimulator(config, env);
  if (config.type === 'prometheus') return createPrometheus(config, env);
  if (config.type === 'pushed') return createPushed(config, env);
  return createTraces(config, env);
}

/** Asks a Prometheus a question of a person's own, and shows what it answers. Never rejects. */
export async function tryQuery(
  config: PrometheusConfig,
  question: NonNullable<PrometheusConfig['queries']>[number],
  board: Pick<Board, 'nodes' | 'edges'>,
  signal: AbortSignal,
  env: Env = machine,
): Promise<Trial> {
  const { tryQuestion } = await import('./prometheus/trial.ts');
  return tryQuestion(config, question, board, env, signal);
}

/** The system that a source knows of, to be drawn on an empty board; the reason, in a sentence, where it can't say. */
export function discover(
  config: SourceConfig,
  newId: () => Id,
  env: Env = machine,
  signal?: AbortSignal,
): Promise<Outcome<Discovered>> {
  if (config.type === 'prometheus')
    return import('./prometheus/discover.ts').then(({ discoverPrometheus }) =>
      discoverPrometheus(config, newId, env, signal),
    );
  if (config.type === 'pushed')
    return import('./pushed/discover.ts').then(({ discoverPushed }) =>
      discoverPushed(config, newId, env, signal),
    );
  if (config.type !== 'simulator')
    return import('./traces/discover.ts').then(({ discoverTraces }) =>
      discoverTraces(config, newId, env, signal),
    );
  return Promise.resolve(failure('The simulator has no system of its own: it runs the one that is drawn.'));
}
