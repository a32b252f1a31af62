/** One poll: the traces of the last window, and what they say of the board. */
import { type Board, bindObserved } from '../../graph/index.ts';
import { type Outcome, success } from '../outcome.ts';
import { deadlineFor, type Polled, withDeadline } from '../polling.ts';
import type { Env } from '../source.ts';
import type { TracesConfig } from './config.ts';
import { honest, type Look, lookAt, remarksOf } from './look.ts';
import { type Limits, servicesOf } from './take.ts';

/**
 * What began later is left for the next poll: SDKs send their spans every 5 s, and half a trace would look like
 * calls that nobody answered. Milliseconds.
 */
const SETTLING = 5000;

export async function pollOnce(
  config: TracesConfig,
  limits: Limits,
  board: () => Pick<Board, 'nodes' | 'edges'>,
  env: Env,
  controller: AbortController,
): Promise<Outcome<Polled>> {
  return withDeadline<Polled>(deadlineFor(config), env, controller, async (_, met) => {
    const { signal } = controller;
    const at = env.now();
    const stretch = { from: at - SETTLING - config.window, to: at - SETTLING };
    const services = await servicesOf(config, board(), env, signal);
    if (!services.ok) return services;
    const moments = [{ at, window: config.window }];
    const look = await lookAt(config, services.value, stretch, moments, limits, env, signal, met);
    if (!look.ok) return look;
    const frame = honest(look.value, look.value.frames[0]!, config);
    return success({
      ...bindObserved(board(), frame),
      remarks: remarksOf(look.value, board(), config),
      nothing: nothingIn(look.value, config),
    });
  });
}

function nothingIn({ traces, services }: Look, { service, window }: TracesConfig): string | null {
  if (traces > 0) return null;
  if (services.asked.length === 0) return 'knows of no services yet';
  return `has no traces${service ? ` with ${service} in them` : ''} of the last ${window / 1000} s`;
}
