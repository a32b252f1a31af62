/** The system that pushed spans tell of, as nodes and edges to be drawn. */
import type { Id } from '../../graph/index.ts';
import { type Discovered, renamed } from '../drawn.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { askWithin } from '../polling.ts';
import type { Env } from '../source.ts';
import { createClient, labelOf, nothingYet, type PushedConfig } from './client.ts';

const DEADLINE = 10_000;

/** Asks once. Positions go from left to right as the calls do: layout places them properly. */
export async function discoverPushed(
  { window }: PushedConfig,
  newId: () => Id,
  env: Env,
  signal?: AbortSignal,
): Promise<Outcome<Discovered>> {
  const outcome = await askWithin<Discovered>(DEADLINE, env, signal, async (pace, met, controller) => {
    const answer = await createClient(env).ask({ window }, pace, controller.signal);
    met();
    if (!answer.ok) return answer;
    const { since, nodes, edges } = answer.value;
    if (since === null) return failure(nothingYet(env));
    if (edges.length === 0) return failure(`has seen no calls between parts in the last ${window / 1000} s`);
    return success({ graph: renamed({ nodes, edges }, newId), dialect: 'OTLP' });
  });
  return outcome.ok ? outcome : failure(`${labelOf(env)} ${outcome.reason}.`);
}
