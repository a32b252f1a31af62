/**
 * A Prometheus (or what speaks its API) asked straight from the page or through Chalkline's server.
 *
 *   poll ─► answers ─► series ─► what was seen ─► readings of what is drawn
 *   client    answer     dialects, measure    ends, ways, bind
 *
 * The reading itself is fetched with the first poll: a page that asks no Prometheus does without it.
 */
import { createPolled } from '../polling.ts';
import { type Env, machine, type Source } from '../source.ts';
import { labelOf, type PrometheusConfig } from './config.ts';
import type { Known } from './known.ts';

export function createPrometheus(initial: PrometheusConfig, env: Env = machine): Source {
  let known: Known | null = null;
  return createPolled(initial, env, {
    label: ({ url }) => labelOf(url),
    target: ({ url }) => url,
    forget() {
      known = null;
    },
    async poll(config, board, controller) {
      const { pollOnce } = await import('./poll.ts');
      const outcome = await pollOnce(config, known, board, env, controller);
      if (outcome.ok && !controller.signal.aborted) known = outcome.value.known;
      return outcome;
    },
    async history(config, board, stretch, signal, only) {
      const { readHistory } = await import('./history.ts');
      return readHistory(config, known, board, env, stretch, signal, only ?? null);
    },
    async events(config, from, to, signal) {
      const { readAlerts } = await import('./alerts.ts');
      return readAlerts(config, known, env, from, to, signal);
    },
  });
}
