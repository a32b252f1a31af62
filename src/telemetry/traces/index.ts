/**
 * A Jaeger or a Zipkin, asked for the traces of the last window straight from the page or through Chalkline's server.
 *
 *   poll ─► services ─► answers ─► TraceReader ─► observed ─► rates that hold ─► bindObserved ─► readings of the board
 *              take                (elsewhere)                    look
 *
 * Bounded in services, traces and bytes: where that cuts something off, it is told, and no rates are. The
 * reading itself is fetched with the first poll.
 */
import { createPolled } from '../polling.ts';
import type { Env, Source } from '../source.ts';
import { labelOf, type TracesConfig } from './config.ts';
import type { Limits } from './take.ts';

export function createTraces(initial: TracesConfig, env: Env): Source {
  if (!env.readTraces) throw new Error('Nobody here reads traces.');
  const limits: Limits = new Map();
  return createPolled(initial, env, {
    label: labelOf,
    target: ({ url, service = '' }) => `${url} ${service}`,
    forget: () => limits.clear(),
    async poll(config, board, controller) {
      const { pollOnce } = await import('./poll.ts');
      return pollOnce(config, limits, board, env, controller);
    },
    async history(config, board, stretch, signal, only) {
      const { readHistory } = await import('./history.ts');
      return readHistory(config, limits, board, env, stretch, signal, only ?? null);
    },
  });
}
