/** All that is asked about one moment, live or past, and what it says of the board. */
import {
  type EpochMs,
  type Milliseconds,
  type Provenance,
  type Reading,
  subjectKey,
} from '../../graph/index.ts';
import { type Outcome, success } from '../outcome.ts';
import type { Pace } from '../pace.ts';
import type { Series } from './answer.ts';
import { type Bound, bindSeen, type Heard } from './bind.ts';
import type { Client } from './client.ts';
import { labelOf, type PrometheusConfig } from './config.ts';
import { readQuestions } from './custom.ts';
import type { Listening, Scope } from './dialects/dialect.ts';
import { type Claims, claimsOf } from './ends.ts';
import { HEARD } from './heard.ts';
import type { Moment } from './tally.ts';
import type { Drawn } from './ways.ts';

export type Heeded = Listening & { dialect: string };

/** The dialects that are spoken where these metrics exist. */
export const listenTo = (names: readonly string[], scope: Scope, to = HEARD): Heeded[] =>
  to.flatMap((dialect) => {
    const listening = dialect.listen(names, scope);
    return listening ? [{ ...listening, dialect: dialect.name }] : [];
  });

/**
 * What each dialect is answered; the first failure of what is not optional gives up all of them.
 * @param hurry ends the waiting for what is optional
 */
export async function hear(
  client: Client,
  listening: readonly Heeded[],
  at: EpochMs,
  giveUp: () => void,
  hurry?: AbortSignal,
): Promise<Outcome<{ answers: Record<string, Series[]>[]; missing: string[] }>> {
  const faults: Outcome<never>[] = [];
  const missing: string[] = [];
  let late = 0;
  const answers = await Promise.all(
    listening.map(async ({ questions, optional = false }) => {
      const answered: Record<string, Series[]> = {};
      const askFor = async ([key, query]: [string, string]) => {
        const answer = await client.vector(query, at, optional ? hurry : undefined);
        if (answer.ok) answered[key] = answer.value;
        else if (optional && hurry?.aborted) late++;
        else if (optional && isRefusal(answer)) missing.push(`No answer about ${key}: it ${answer.reason}.`);
        else {
          // The first to fail says why; the others are called off.
          faults.push(answer);
          giveUp();
        }
      };
      await Promise.all(Object.entries(questions).map(askFor));
      return answered;
    }),
  );
  if (late > 0) missing.push(`${late} of its answers about parts took too long and are left out.`);
  return faults[0] ?? success({ answers, missing });
}

/** The server is well and does not like the question, as opposed to all that may pass. */
const isRefusal = (answer: Outcome<unknown>): boolean => !answer.ok && answer.reason.startsWith('refused');

export type ReadMoment = Bound & {
  claims: Claims;
  /** Series in the largest answer. */
  largest: number;
  /** True when nobody told of anything. */
  isEmpty: boolean;
};

/**
 * @param known who else is known to go by loose names: a question narrowed to some parts does not hear of all
 */
export async function readMoment(
  client: Client,
  config: PrometheusConfig,
  listening: readonly Heeded[],
  board: () => Drawn,
  { at, window, claims: known = new Map() }: { at: EpochMs; window: Milliseconds; claims?: Claims },
  pace: Pace,
  { met, giveUp, hurry }: { met: () => void; giveUp: () => void; hurry?: AbortSignal },
): Promise<Outcome<ReadMoment>> {
  const moment = { at, window, provenance: provenanceOf(config) };
  const [answers, own] = await Promise.all([
    hear(client, listening, at, giveUp, hurry),
    readQuestions(client, config.queries ?? [], board(), moment),
  ]);
  met();
  if (!answers.ok) return answers;
  const heard: Heard[] = [];
  for (const [i, { read, dialect }] of listening.entries())
    heard.push({ dialect, seen: await read(answers.value.answers[i]!, pace) });
  const claims = claimsOf(
    heard.map(({ seen }) => seen),
    known,
  );
  const bound = await bindSeen(board(), heard, claims, moment, pace);
  const traffic = heard.filter(({ seen }) => seen.traffic.length > 0 || seen.served?.length);
  const told = heard.filter((each) => traffic.includes(each) || each.seen.figures?.length);
  const remarks = [
    ...(traffic.length > 0
      ? [`Traffic is read from: ${traffic.map(({ dialect }) => dialect).join('; ')}.`]
      : told.length > 0
        ? [NO_TRAFFIC]
        : []),
    ...new Set(told.flatMap(({ seen }) => seen.remarks ?? [])),
    ...answers.value.missing,
    ...bound.remarks,
    ...own.remarks,
  ];
  return success({
    // What a person asked for goes before what was found.
    readings: firstOfEach([own.readings, bound.readings]),
    unbound: bound.unbound,
    unboundNodes: bound.unboundNodes,
    remarks,
    claims,
    largest: largestOf(answers.value.answers),
    isEmpty: told.length === 0 && own.readings.length === 0,
  });
}

const NO_TRAFFIC = 'None of its metrics tell of traffic between parts: it has figures of the parts alone.';

const largestOf = (answers: readonly Record<string, Series[]>[]): number =>
  answers.reduce((most, answer) => Math.max(most, ...Object.values(answer).map(({ length }) => length)), 0);

/** Where several tell the same thing, the first. */
function firstOfEach([first = [], ...others]: readonly (readonly Reading[])[]): Reading[] {
  const keyOf = ({ subject, metric, side, instance, operation }: Reading) =>
    [subjectKey(subject), metric, side, instance, operation].join('\n');
  const all = [...first];
  for (const readings of others) {
    const known = all.length > 0 ? new Set(all.map(keyOf)) : null;
    for (const reading of readings) if (!known?.has(keyOf(reading))) all.push(reading);
  }
  return all;
}

/** One provenance for all readings that one question answers in one manner. */
function provenanceOf({ id, url }: PrometheusConfig): Moment['provenance'] {
  const known = new Map<string, Provenance>();
  return (query, note) => {
    const key = note === undefined ? query : `${query}\n${note}`;
    const made = known.get(key) ?? {
      source: id,
      label: labelOf(url),
      simulated: false,
      query,
      ...(note !== undefined && { note }),
    };
    known.set(key, made);
    return made;
  };
}
