/** Traces fetched and read, and what of them may be said: a sample is not taken for the whole. */
import { type Board, type EpochMs, formatDuration, type Id, type Reading } from '../../graph/index.ts';
import { type Outcome, success } from '../outcome.ts';
import type { Env, TracesSeen } from '../source.ts';
import { provenanceOf, type TracesConfig } from './config.ts';
import { type Limits, type Services, type Taken, takeTraces } from './take.ts';

export type Moment = { at: EpochMs; window: number };

export type Look = TracesSeen & {
  /** The stretch that was asked about. */
  to: EpochMs;
  services: Services;
  /** The answers that have as many traces as were asked for: there may be more. */
  cut: readonly Taken[];
};

/** @param met called when all answers are there */
export async function lookAt(
  config: TracesConfig,
  services: Services,
  stretch: { from: EpochMs; to: EpochMs },
  moments: readonly Moment[],
  limits: Limits,
  env: Env,
  signal: AbortSignal,
  met: () => void,
): Promise<Outcome<Look>> {
  const taken = await takeTraces(config, services, stretch, limits, env, signal);
  met();
  if (!taken.ok) return taken;
  const provenance = provenanceOf(config);
  const bodies = taken.value.map(({ body }) => body);
  const seen = await env.readTraces!({ format: config.type, bodies, moments, provenance }, signal);
  if (!seen.ok) return seen;
  const cut = taken.value.filter(({ limit }, i) => (seen.value.counts[i] ?? 0) >= limit);
  return success({ ...seen.value, to: stretch.to, services, cut });
}

/** Not all traces of the stretch are there: how many there were is not known. */
const isSample = ({ cut, services }: Look): boolean =>
  cut.length > 0 || services.known > services.asked.length;

/** One frame of a look, with the rates that hold: of a sample none, of one service's traces only its own. */
export function honest(look: Look, frame: Look['frames'][number], { service }: TracesConfig): typeof frame {
  const own = (id: Id | undefined) => id !== undefined && (!service || frame.nodes[id]?.name === service);
  const holds = ({ metric, subject: { type, id } }: Reading) => {
    if (metric !== 'rate') return true;
    if (isSample(look)) return false;
    const edge = frame.edges[id];
    return type === 'node' ? own(id) : own(edge?.source) || own(edge?.target);
  };
  return { ...frame, readings: frame.readings.filter(holds) };
}

const count = (n: number, one: string): string => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;

/** What a person should know of the figures, a sentence each. */
export function remarksOf(look: Look, board: Pick<Board, 'nodes'>, { service }: TracesConfig): string[] {
  const { cut, services, traces, since, to, frames } = look;
  const remarks: string[] = [];
  const left = services.known - services.asked.length;
  const of = services.asked[0] === null ? '' : ` of ${count(services.asked.length, 'service')}`;
  const reach = since === null || since >= to ? '' : `, which reach back ${formatDuration(to - since)}`;
  if (cut.length > 0)
    remarks.push(`A sample: the newest ${count(traces, 'trace')}${of}${reach}; there are more.`);
  if (left > 0)
    remarks.push(
      `Only ${services.asked.length} of ${count(services.known, 'service')} were asked about${Object.keys(board.nodes).length > 0 ? ', those on the board first' : ''}: the source can be set to one.`,
    );
  if (isSample(look)) remarks.push('Rates are not told: a sample does not say how much there was.');
  else if (traces > 0)
    remarks.push(
      service
        ? `Only traces with ${service} in them count; rates are told of its own traffic alone.`
        : 'Rates are of traced requests: where only a share is traced, there are more.',
    );
  return [...remarks, ...(frames.at(-1)?.remarks ?? []).map((remark) => `In the last window, ${remark}.`)];
}
