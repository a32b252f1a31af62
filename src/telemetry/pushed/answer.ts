/** What Chalkline's own server answers of the spans that were sent to it. The server builds it, the page reads it. */
import * as z from 'zod/mini';
import { type EpochMs, type Id, RECORD_SCHEMAS, readingSchema } from '../../graph/index.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { Pace } from '../pace.ts';

/** Where it is asked: `?from&to&step&window`, milliseconds, and `only`, ids of nodes and edges between commas. */
export const PUSHED_PATH = '/telemetry/traces';

const amount = z.number().check(z.nonnegative());
const moment = z.number() as z.ZodMiniType<EpochMs, EpochMs>;

/** Where it is from is for the page to say: the server does not know what the source is called there. */
const figureSchema = z.omit(readingSchema, { provenance: true });

/** What came, and what became of it, since the server started. */
const trafficSchema = z.object({
  requests: amount,
  refused: amount,
  bytes: amount,
  spans: amount,
  /** Spans without usable ids or times. */
  rejected: amount,
  /** Spans that were there already. */
  repeated: amount,
  /** Spans that were counted when they ended; that nobody remembers the time of; that end in the future. */
  late: amount,
  tooOld: amount,
  ahead: amount,
  /** Traces read before they were whole, for want of room; and read again, for a late span. */
  hurried: amount,
  amended: amount,
  /** Calls of parts and edges that there was no room for, and calls when the memory was full. */
  dropped: z.object({ parts: amount, full: amount }),
  /** Calls of instances and operations beyond the room: counted in the whole only. */
  lumped: z.object({ instances: amount, operations: amount }),
});

const answerSchema = z.object({
  now: moment,
  /** The start of what is remembered; null before the first span. */
  since: z.nullable(moment),
  nodes: z.array(RECORD_SCHEMAS.nodes),
  edges: z.array(RECORD_SCHEMAS.edges),
  frames: z.array(z.object({ at: moment, readings: z.array(z.unknown()), remarks: z.array(z.string()) })),
  /** The moment from which to ask on, where all would be too much for one answer. */
  next: z.nullable(moment),
  /** Readings of single instances and operations left out of a moment that has too many. */
  cut: amount,
  traffic: trafficSchema,
});

export type Figure = z.infer<typeof figureSchema>;
export type Traffic = z.infer<typeof trafficSchema>;
export type PushedAnswer = Omit<z.infer<typeof answerSchema>, 'frames'> & {
  frames: { at: EpochMs; readings: Figure[]; remarks: string[] }[];
};

const UNREADABLE = 'answered with something that is no account of pushed spans: is it an older Chalkline?';

/** Reads an answer, in slices: it may hold thousands of readings. */
export async function readAnswer(text: string, pace: Pace): Promise<Outcome<PushedAnswer>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failure(UNREADABLE);
  }
  const envelope = answerSchema.safeParse(json);
  if (!envelope.success) return failure(UNREADABLE);
  const frames: PushedAnswer['frames'] = [];
  for (const { at, readings, remarks } of envelope.data.frames) {
    const figures: Figure[] = [];
    for (const each of readings) {
      const figure = figureSchema.safeParse(each);
      if (!figure.success) return failure(UNREADABLE);
      figures.push(figure.data);
      await pace();
    }
    frames.push({ at, readings: figures, remarks });
  }
  return success({ ...envelope.data, frames });
}

/** Its nodes and edges by id. */
export const graphOf = ({ nodes, edges }: Pick<PushedAnswer, 'nodes' | 'edges'>) => ({
  nodes: byId(nodes),
  edges: byId(edges),
});

const byId = <T extends { id: Id }>(list: readonly T[]): Record<Id, T> =>
  Object.fromEntries(list.map((each) => [each.id, each]));
