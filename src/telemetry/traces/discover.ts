/** The system that a back end's traces tell of, as nodes and edges to be drawn. */
import type { Id } from '../../graph/index.ts';
import { type Discovered, renamed } from '../drawn.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { askWithin } from '../polling.ts';
import type { Env } from '../source.ts';
import { labelOf, NAMES, type TracesConfig } from './config.ts';
import { lookAt } from './look.ts';
import { servicesOf } from './take.ts';

/** Milliseconds. */
const DEADLINE = 20_000;
/** What is drawn may have been quiet for a while. Milliseconds. */
const LOOKBACK = 3_600_000;

/** Asks once. Positions go from left to right as the calls do: layout places them properly. */
export async function discoverTraces(
  config: TracesConfig,
  newId: () => Id,
  env: Env,
  signal?: AbortSignal,
): Promise<Outcome<Discovered>> {
  const outcome = await askWithin<Discovered>(DEADLINE, env, signal, async (_, met, asking) => {
    const to = env.now();
    const window = Math.max(LOOKBACK, config.window);
    const services = await servicesOf(config, { nodes: {}, edges: {} }, env, asking.signal);
    if (!services.ok) return services;
    if (services.value.asked.length === 0) return failure('knows of no services yet');
    const stretch = { from: to - window, to };
    const moments = [{ at: to, window }];
    const look = await lookAt(config, services.value, stretch, moments, new Map(), env, asking.signal, met);
    if (!look.ok) return look;
    const { nodes, edges } = look.value.frames[0]!;
    if (Object.keys(nodes).length === 0)
      return failure(`has no traces of the last ${Math.round(window / 60_000)} min`);
    const graph = renamed({ nodes: Object.values(nodes), edges: Object.values(edges) }, newId);
    return success({ graph, dialect: NAMES[config.type] });
  });
  return outcome.ok ? outcome : failure(`${labelOf(config)} ${outcome.reason}.`);
}
