/**
 * A Prometheus (or what speaks its API) asked straight from the page, one poll at a time.
 *
 *   poll ─► answers ─► series ─► traffic by client and server ─► readings of drawn edges
 *   client    answer     servicegraph, histogram                   bind
 */
import { createPolled } from '../polling.ts';
import { type Env, machine, type Source } from '../source.ts';
import { labelOf, type PrometheusConfig, pollOnce } from './poll.ts';

export type { PrometheusConfig } from './poll.ts';

export function createPrometheus(initial: PrometheusConfig, env: Env = machine): Source {
  /** Of the metric names, once it is known. */
  let prefix: string | null = null;
  return createPolled(initial, env, {
    label: ({ url }) => labelOf(url),
    target: ({ url }) => url,
    forget() {
      prefix = null;
    },
    async poll(config, board, controller) {
      const outcome = await pollOnce(config, prefix, board, env, controller);
      if (outcome.ok && !controller.signal.aborted) prefix = outcome.value.prefix;
      return outcome;
    },
  });
}
