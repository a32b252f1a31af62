/** The system that a Prometheus' metrics tell of, as nodes and edges to be drawn. */
import type { Id } from '../../graph/index.ts';
import type { Discovered } from '../drawn.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { askWithin } from '../polling.ts';
import { type Env, machine } from '../source.ts';
import { createClient } from './client.ts';
import { labelOf, type PrometheusConfig } from './config.ts';
import { DIALECTS } from './dialects/index.ts';
import { draw } from './draw.ts';
import { lookUp } from './known.ts';
import { hear, listenTo } from './moment.ts';
import { NO_METRICS } from './poll.ts';
import type { Seen } from './traffic.ts';

const DEADLINE = 10_000;

/**
 * Asks once. Positions are a plain grid: layout places them properly.
 * @param newId makes ids that are not on the board
 */
export async function discoverPrometheus(
  config: PrometheusConfig,
  newId: () => Id,
  env: Env = machine,
  signal?: AbortSignal,
): Promise<Outcome<Discovered>> {
  const outcome = await askWithin<Discovered>(DEADLINE, env, signal, async (pace, met, controller) => {
    const ask = (skew: number) => createClient(config.url, env, pace, controller.signal, skew);
    const known = await lookUp(ask, config.window, env);
    if (!known.ok) return known;
    const { names, skew } = known.value;
    const listening = listenTo(names, { window: config.window, only: null }, DIALECTS);
    if (listening.length === 0) return failure(NO_METRICS);
    const answers = await hear(ask(skew), listening, env.now(), () => controller.abort());
    met();
    if (!answers.ok) return answers;
    const all: Seen[] = [];
    const dialects: string[] = [];
    for (const [i, { read, dialect }] of listening.entries()) {
      const seen = await read(answers.value.answers[i]!, pace);
      all.push(seen);
      if (seen.traffic.length > 0 || seen.served?.length) dialects.push(dialect);
    }
    const graph = draw(all, newId);
    if (graph.nodes.length > 0) return success({ graph, dialect: dialects.join('; ') });
    return failure(`saw no traffic between services in the last ${config.window / 1000} s`);
  });
  return outcome.ok ? outcome : failure(`${labelOf(config.url)} ${outcome.reason}.`);
}
