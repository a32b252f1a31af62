/** What is found out about a server once a minute: which metrics it has, and how its clock differs from ours. */
import type { EpochMs, Milliseconds } from '../../graph/index.ts';
import { type Outcome, success } from '../outcome.ts';
import type { Env } from '../source.ts';
import type { Server } from './client.ts';
import type { Claims } from './ends.ts';
import { MATCHES } from './heard.ts';

export type Known = {
  at: EpochMs;
  names: readonly string[];
  /** How far its clock is ahead of ours; 0 where they agree as far as can be told. */
  skew: Milliseconds;
  remarks: readonly string[];
  /** Who went by loose names at the last poll. */
  claims: Claims;
  /** How many series the largest answer of the last poll had. */
  largest: number;
};

/** A dialect that begins to be spoken is heard after so long. */
const LASTS: Milliseconds = 60_000;
/** Metrics that got no sample for so long are not looked for. */
const NAMES_SINCE: Milliseconds = 3_600_000;
/** Clocks that differ by less do no harm. */
const SKEW: Milliseconds = 1000;

export const isOutdated = ({ at }: Known, now: EpochMs): boolean => now - at >= LASTS || now < at;

/** The metrics that had samples between two times. */
export async function namesBetween(server: Server, from: EpochMs, to: EpochMs): Promise<Outcome<string[]>> {
  const all = await Promise.all(MATCHES.map((match) => server.names(match, from, to)));
  const fault = all.find(({ ok }) => !ok);
  return fault ?? success([...new Set(all.flatMap((names) => (names.ok ? names.value : [])))]);
}

export async function lookUp(
  ask: (skew: Milliseconds) => Server,
  window: Milliseconds,
  env: Pick<Env, 'now'>,
): Promise<Outcome<Known>> {
  const clock = await clockOf(ask(0), env);
  if (!clock.ok) return clock;
  const skew = clock.value;
  const at = env.now();
  const names = await namesBetween(ask(skew), at - Math.max(NAMES_SINCE, window), at);
  if (!names.ok) return names;
  const remarks = skew === 0 ? [] : [skewRemark(skew)];
  return success({ at, names: names.value, skew, remarks, claims: new Map(), largest: 0 });
}

/** What its clock is ahead of ours: the answer was given somewhere between asking and hearing it. */
async function clockOf(server: Server, env: Pick<Env, 'now'>): Promise<Outcome<Milliseconds>> {
  const asked = env.now();
  const clock = await server.clock();
  if (!clock.ok) return clock;
  const heard = env.now();
  if (clock.value === null) return success(0);
  const skew = clock.value - (asked + heard) / 2;
  return success(Math.abs(skew) > SKEW + (heard - asked) / 2 ? Math.round(skew) : 0);
}

const skewRemark = (skew: Milliseconds): string =>
  `Its clock is ${(Math.abs(skew) / 1000).toFixed(1)} s ${skew > 0 ? 'ahead of' : 'behind'} this machine's: it is asked in its own time.`;
