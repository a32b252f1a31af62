/**
 * A Prometheus (or what speaks its API) asked straight from the page or through Chalkline's server.
 *
 *   poll ─► answers ─► series ─► what was seen ─► readings of what is drawn
 *   client    answer     dialects, measure    ends, ways, bind
 *
 * The reading itself is fetched with the first poll: a page that asks no Prometheus does without it.
 */
import { failure, type Outcome } from '../outcome.ts';
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
    poll: (config, board, controller) =>
      having(import('./poll.ts'), async ({ pollOnce }) => {
        const outcome = await pollOnce(config, known, board, env, controller);
        if (outcome.ok && !controller.signal.aborted) known = outcome.value.known;
        return outcome;
      }),
    history: (config, board, stretch, signal, only) =>
      having(import('./history.ts'), ({ readHistory }) =>
        readHistory(config, known, board, env, stretch, signal, only ?? null),
      ),
    events: (config, from, to, signal) =>
      having(import('./alerts.ts'), ({ readAlerts }) => readAlerts(config, known, env, from, to, signal)),
  });
}

/** A page may be cut off from where it came from, and still be open. */
const having = <Part, T>(
  part: Promise<Part>,
  use: (part: Part) => Promise<Outcome<T>>,
): Promise<Outcome<T>> =>
  part.then(use, () => failure('cannot be read: the part of Chalkline that does so could not be fetched'));
