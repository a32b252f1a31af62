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
import { DIALECTS } from './dialects/index.ts';
import { type Claims, claimsOf } from './ends.ts';
import type { Drawn } from './ways.ts';

export type Heeded = Listening & { dialect: string };

/** The dialects that are spoken where these metrics exist. */
export const listenTo = (names: readonly string[], scope: Scope): Heeded[] =>
  DIALECTS.flatMap((dialect) => {
    const listening = dialect.listen(names, scope);
    return listening ? [{ ...listening, dialect: dialect.name }] : [];
  });

/** What each dialect is answered; the first failure gives up all of them. */
export async function hear(
  client: Client,
  listening: readonly Heeded[],
  at: EpochMs,
  giveUp: () => void,
): Promise<Outcome<Record<string, Series[]>[]>> {
  const faults: Outcome<never>[] = [];
  const answers = await Promise.all(
    listening.map(async ({ questions }) => {
      const answered: Record<string, Series[]> = {};
      const askFor = async ([key, query]: [string, string]) => {
        const answer = await client.vector(query, at);
        if (answer.ok) answered[key] = answer.value;
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
  return faults[0] ?? success(answers);
}

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
  { met, giveUp }: { met: () => void; giveUp: () => void },
): Promise<Outcome<ReadMoment>> {
  const moment = { at, window, provenance: provenanceOf(config) };
  const [answers, own] = await Promise.all([
    hear(client, listening, at, giveUp),
    readQuestions(client, config.queries ?? [], board(), moment),
  ]);
  met();
  if (!answers.ok) return answers;
  const heard: Heard[] = [];
  for (const [i, { read, dialect }] of listening.entries())
    heard.push({ dialect, seen: await read(answers.value[i]!, pace) });
  const claims = claimsOf(
    heard.map(({ seen }) => seen),
    known,
  );
  const bound = await bindSeen(board(), heard, claims, moment, pace);
  const told = heard.filter(({ seen }) => seen.traffic.length > 0 || seen.served?.length);
  const remarks = [
    ...(told.length > 0 ? [`Traffic is read from: ${told.map(({ dialect }) => dialect).join('; ')}.`] : []),
    ...new Set(told.flatMap(({ seen }) => seen.remarks ?? [])),
    ...bound.remarks,
    ...own.remarks,
  ];
  return success({
    // What a person asked for goes before what was found.
    readings: firstOfEach([own.readings, bound.readings]),
    unbound: bound.unbound,
    remarks,
    claims,
    largest: largestOf(answers.value),
    isEmpty: told.length === 0 && own.readings.length === 0,
  });
}

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

/** One provenance for all readings that one question answers. */
function provenanceOf({ id, url }: PrometheusConfig): (query: string) => Provenance {
  const known = new Map<string, Provenance>();
  return (query) => {
    const made = known.get(query) ?? { source: id, label: labelOf(url), simulated: false, query };
    known.set(query, made);
    return made;
  };
}
