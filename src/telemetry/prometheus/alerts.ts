/** Alerts that fired, as events of the timeline: Prometheus keeps them as series named ALERTS. */
import type { BoardEvent, EpochMs, Milliseconds } from '../../graph/index.ts';
import { type Outcome, success } from '../outcome.ts';
import { askWithin } from '../polling.ts';
import type { Env } from '../source.ts';
import type { Range } from './answer.ts';
import { createClient } from './client.ts';
import { labelOf, type PrometheusConfig } from './config.ts';
import type { Known } from './known.ts';

/** Rules are evaluated about so often; finer says no more. */
const FINEST: Milliseconds = 15_000;
const MOST_POINTS = 5000;
const PATIENCE = 15_000;
const FIRING = 'max by(alertname,severity)(ALERTS{alertstate="firing"})';

type Alert = Omit<BoardEvent, 'id'>;

/** Whatever parts an alert speaks of, it is one event for as long as it fires for any of them. */
export async function readAlerts(
  config: PrometheusConfig,
  known: Known | null,
  env: Env,
  from: EpochMs,
  to: EpochMs,
  signal: AbortSignal,
): Promise<Outcome<Alert[]>> {
  const step = Math.max(FINEST, Math.ceil((to - from) / MOST_POINTS));
  return askWithin<Alert[]>(PATIENCE, env, signal, async (pace, met, controller) => {
    const server = createClient(config.url, env, pace, controller.signal, known?.skew ?? 0);
    const ranges = await server.range(FIRING, from, to, step);
    met();
    if (!ranges.ok) return ranges;
    const source = labelOf(config.url);
    return success(ranges.value.flatMap((range) => alertsOf(range, step, to, source)));
  });
}

/** A series is there while the alert fires: what interrupts it for more than a step ends it. */
function alertsOf({ labels, points }: Range, step: Milliseconds, to: EpochMs, source: string): Alert[] {
  const { alertname, severity } = labels;
  if (!alertname) return [];
  const name = severity ? `${alertname} (${severity})` : alertname;
  const runs: [first: EpochMs, last: EpochMs][] = [];
  for (const [time] of points) {
    const run = runs.at(-1);
    if (run && time - run[1] <= 1.5 * step) run[1] = time;
    else runs.push([time, time]);
  }
  return runs.map(([at, last]) => {
    const goesOn = to - last < step;
    return { kind: 'alert', name, at, ...(!goesOn && { until: last }), source };
  });
}
