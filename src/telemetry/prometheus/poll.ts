/** One poll: all questions at one time, and what they say of the board. */
import type { Milliseconds } from '../../graph/index.ts';
import { type Outcome, success } from '../outcome.ts';
import { deadlineFor, type Polled, withDeadline } from '../polling.ts';
import type { Env } from '../source.ts';
import { createClient } from './client.ts';
import type { PrometheusConfig } from './config.ts';
import { isOutdated, type Known, lookUp } from './known.ts';
import { listenTo, readMoment } from './moment.ts';
import type { Drawn } from './ways.ts';

export const NO_METRICS =
  'answers, but has none of the metrics that tell of traffic (service graph, Istio, Linkerd, OpenTelemetry)';

/** Share of the time for a poll after which what is not about traffic is no longer waited for. */
const PATIENCE = 0.6;

/** With what is known from now on. */
type Found = Polled & { known: Known | null };

/**
 * Gives up after a deadline while waiting for answers; working on them is not counted.
 * @param known of the server from earlier polls; null when nothing is
 */
export async function pollOnce(
  config: PrometheusConfig,
  known: Known | null,
  board: () => Drawn,
  env: Env,
  controller: AbortController,
): Promise<Outcome<Found>> {
  return withDeadline<Found>(deadlineFor(config), env, controller, async (pace, met) => {
    const ask = (skew: Milliseconds) => createClient(config.url, env, pace, controller.signal, skew);
    const at = env.now();
    if (known === null || isOutdated(known, at)) {
      const found = await lookUp(ask, config.window, env);
      if (!found.ok) return found;
      known = found.value;
    }
    const listening = listenTo(known.names, { window: config.window, only: null });
    if (listening.length === 0 && !config.queries?.length)
      return success({ readings: [], unbound: [], known: null, nothing: NO_METRICS });
    const moment = { at, window: config.window };
    const hurry = new AbortController();
    const patient = env.schedule(() => hurry.abort(), PATIENCE * deadlineFor(config));
    const read = await readMoment(ask(known.skew), config, listening, board, moment, pace, {
      met() {
        patient();
        met();
      },
      giveUp: () => controller.abort(),
      hurry: hurry.signal,
    });
    patient();
    if (!read.ok) return read;
    const { claims, largest, isEmpty, ...polled } = read.value;
    const remarks = [...known.remarks, ...polled.remarks];
    const nothing = isEmpty ? tooFewSamples(config.window) : null;
    return success({
      ...polled,
      remarks,
      nothing,
      known: isEmpty ? null : { ...known, claims, largest },
    });
  });
}

const tooFewSamples = (window: Milliseconds): string =>
  `has metrics of traffic, but none with two samples in the last ${window / 1000} s (a window of at least four scrape intervals is needed)`;
