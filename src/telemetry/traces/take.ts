/** Fetches traces of a stretch of time, service by service, within bounds: so many traces, so many bytes. */
import { type Board, bindingOf, type EpochMs } from '../../graph/index.ts';
import { addressOf } from '../address.ts';
import { ask, askBytes } from '../ask.ts';
import { createGate } from '../gate.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { Env } from '../source.ts';
import { APIS } from './api.ts';
import type { TracesConfig } from './config.ts';

const MOST_BYTES = 50 * 1024 * 1024;
/** Of one poll; more than 1,500 a question Jaeger's own page does not ask for either. */
const MOST_TRACES = 1500;
/** Services that are asked about one by one. */
const MOST_SERVICES = 20;
/** Questions under way at one time: as many as the forwarder lets through. */
const AT_ONCE = 4;

/** What is asked about; null stands for all services at once. */
export type Services = { asked: readonly (string | null)[]; known: number };

/** How many traces of a service fitted into its share of bytes, learnt when there was more. */
export type Limits = Map<string | null, number>;

export type Taken = { service: string | null; limit: number; body: Uint8Array<ArrayBuffer> };

/** Which services to ask about: those on the board before others. */
export async function servicesOf(
  config: TracesConfig,
  board: Pick<Board, 'nodes' | 'edges'>,
  env: Env,
  signal: AbortSignal,
): Promise<Outcome<Services>> {
  const api = APIS[config.type];
  if (config.service !== undefined && config.service !== '')
    return success({ asked: [config.service], known: 1 });
  if (api.asksAll) return success({ asked: [null], known: 1 });
  const text = await ask(`${addressOf(config.url, env)}${api.services}`, {}, api.asked, env, signal);
  if (!text.ok) return text;
  let names: string[] | null = null;
  try {
    names = api.namesIn(JSON.parse(text.value));
  } catch {}
  if (names === null)
    return failure(`answered with something that is no list of services: is it ${api.asked.api}?`);
  const { nodeLike } = bindingOf(board);
  const isDrawn = (name: string) => nodeLike(name, 'service') !== null;
  const [drawn, others] = [names.filter(isDrawn), names.filter((name) => !isDrawn(name))];
  return success({ asked: [...drawn, ...others].slice(0, MOST_SERVICES), known: names.length });
}

/** The newest traces of each. One that can't be had fails all: half of the traffic would look like all of it. */
export async function takeTraces(
  config: TracesConfig,
  { asked }: Services,
  { from, to }: { from: EpochMs; to: EpochMs },
  limits: Limits,
  env: Env,
  signal: AbortSignal,
): Promise<Outcome<Taken[]>> {
  const api = APIS[config.type];
  const base = addressOf(config.url, env);
  const inTurn = createGate(AT_ONCE);
  const about = { ...api.asked, mostBytes: Math.floor(MOST_BYTES / asked.length) };
  const most = Math.floor(MOST_TRACES / asked.length);
  const takeOne = async (service: string | null): Promise<Outcome<Taken>> => {
    for (;;) {
      const limit = Math.min(most, limits.get(service) ?? most);
      const body = await askBytes(`${base}${api.traces(service, from, to, limit)}`, about, env, signal);
      if (body.ok) return success({ service, limit, body: body.value });
      if (!body.tooMuch || limit === 1) return body;
      limits.set(service, Math.max(1, Math.floor(limit / 4)));
    }
  };
  const taken = await Promise.all(asked.map((service) => inTurn(() => takeOne(service))));
  const broken = taken.find((each) => !each.ok);
  return broken && !broken.ok ? broken : success(taken.flatMap((each) => (each.ok ? [each.value] : [])));
}
