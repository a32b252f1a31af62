/** One poll: all questions at one time, and what they say of the board. */
import type { Board, EpochMs, Milliseconds, Provenance, SourceConfig } from '../../graph/index.ts';
import { type Outcome, success } from '../outcome.ts';
import { deadlineFor, type Polled, withDeadline } from '../polling.ts';
import type { Env } from '../source.ts';
import type { Series } from './answer.ts';
import { bindTraffic } from './bind.ts';
import { type Client, createClient } from './client.ts';
import { FAMILIES, type Family, NAMES, prefixOf, queriesFor, trafficOf } from './servicegraph.ts';

export type PrometheusConfig = Extract<SourceConfig, { type: 'prometheus' }>;

/** What a person calls this source. */
export const labelOf = (url: string): string =>
  `Prometheus ${url.replace(/^https?:\/\//i, '').replace(/\/+$/, '')}`;

/** Metrics that got no sample for so long are not looked for. */
const NAMES_SINCE: Milliseconds = 3_600_000;

/** The prefix of the metric names; null where there are no service-graph metrics. */
export async function findPrefix(
  client: Client,
  at: EpochMs,
  window: Milliseconds,
): Promise<Outcome<string | null>> {
  const names = await client.names(NAMES, at - Math.max(NAMES_SINCE, window), at);
  return names.ok ? success(prefixOf(names.value)) : names;
}

export const NO_METRICS = 'answers, but has no service-graph metrics (traces_service_graph_request_total)';

/** With the prefix: known from now on, or null to be looked for again. */
type Found = Polled & { prefix: string | null };

/**
 * Gives up after a deadline while waiting for answers; working on them is not counted.
 * @param prefix of the metric names, null when not known yet
 */
export async function pollOnce(
  config: PrometheusConfig,
  prefix: string | null,
  board: () => Pick<Board, 'nodes' | 'edges'>,
  env: Env,
  controller: AbortController,
): Promise<Outcome<Found>> {
  return withDeadline<Found>(deadlineFor(config), env, controller, async (pace, met) => {
    const client = createClient(config.url, env, pace, controller.signal);
    const at = env.now();
    if (prefix === null) {
      const found = await findPrefix(client, at, config.window);
      if (!found.ok) return found;
      if (found.value === null)
        return success({ readings: [], unbound: [], prefix: null, nothing: NO_METRICS });
      prefix = found.value;
    }
    const queries = queriesFor(prefix, config.window);
    const families = {} as Record<Family, Series[]>;
    const provenance = {} as Record<Family, Provenance>;
    const label = labelOf(config.url);
    const faults: Outcome<never>[] = [];
    const askFor = async (family: Family) => {
      provenance[family] = { source: config.id, label, simulated: false, query: queries[family] };
      const answer = await client.vector(queries[family], at);
      if (answer.ok) families[family] = answer.value;
      else {
        // The first to fail says why; the others are called off.
        faults.push(answer);
        controller.abort();
      }
    };
    await Promise.all(FAMILIES.map(askFor));
    met();
    if (faults[0]) return faults[0];
    const traffic = await trafficOf(families, pace);
    const bound = await bindTraffic(board(), traffic, { at, window: config.window, provenance }, pace);
    if (traffic.length > 0) return success({ ...bound, prefix, nothing: null });
    return success({ ...bound, prefix: null, nothing: tooFewSamples(config.window) });
  });
}

const tooFewSamples = (window: Milliseconds): string =>
  `has service-graph metrics, but none with two samples in the last ${window / 1000} s (a window of at least four scrape intervals is needed)`;
