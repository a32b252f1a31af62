/**
 * What an experiment is: a part taken out of the running system, with what was measured before and after. Kept is
 * only what happened; verdict, beliefs and what to try next follow from it (analysis). Schemas first, types inferred.
 */
import * as z from 'zod/mini';
import { idSchema, nameSchema as name, textSchema as text } from './fields.ts';
import { metricSchema, subjectSchema } from './reading.ts';

/**
 * How a part is taken out.
 * - bypassed: traffic goes round it, to what lies behind.
 * - stopped: whoever needs it gets an error; of several instances, the others do its work.
 * - stubbed: something that answers at once stands in for it; what lies behind is not reached through it any more.
 * - restored: put back to its default, or to what it was before a change; all else goes on as it did.
 */
export const ACTIONS = ['bypassed', 'stopped', 'stubbed', 'restored'] as const;
export type Action = (typeof ACTIONS)[number];

/** What became of the symptom. */
export const OUTCOMES = ['gone', 'better', 'same', 'worse'] as const;

/** Of an instance and of a value of a configuration, `id` is the node's. */
const single = [
  z.strictObject({ type: z.literal('node'), id: idSchema }),
  z.strictObject({ type: z.literal('edge'), id: idSchema }),
  z.strictObject({ type: z.literal('group'), id: idSchema }),
  z.strictObject({ type: z.literal('instance'), id: idSchema, instance: name }),
  z.strictObject({ type: z.literal('config'), id: idSchema, key: name }),
] as const;
const singlePartSchema = z.discriminatedUnion('type', single);
const partSchema = z.discriminatedUnion('type', [
  ...single,
  z.strictObject({
    type: z.literal('several'),
    parts: z.array(singlePartSchema).check(z.minLength(2), z.maxLength(100)),
  }),
]);
/** One thing that can be taken out. */
export type SinglePart = z.infer<typeof singlePartSchema>;
/** What an experiment takes out: one thing, or several at once. */
export type Part = z.infer<typeof partSchema>;

const symptomSchema = z.strictObject({
  subject: subjectSchema,
  metric: metricSchema,
  /** Which quantile, where the metric is a distribution. */
  q: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
});
/** The figure that is not as it should be, and that every experiment looks at. */
export type Symptom = z.infer<typeof symptomSchema>;

/** What it costs to take something out, in its person's own measure: 1 is usual. */
const cost = z.number().check(z.minimum(0.01), z.maximum(1000));
/** On a node or an edge; `never` says that it cannot be taken out at all. */
export const takeOutSchema = z.union([cost, z.literal('never')]);

const predictionSchema = z.strictObject({
  /** After ÷ before. */
  ratio: z.number(),
  /** Requests of traces that were run through again, or rates and times. */
  by: z.enum(['traces', 'queueing']),
});
/** What a what-if said of the symptom with the part taken out: to be held against what is measured. */
export type Foretold = z.infer<typeof predictionSchema>;

export const experimentSchema = z.strictObject({
  id: idSchema,
  part: partSchema,
  action: z.enum(ACTIONS),
  /** When it was begun, epoch ms. */
  at: z.number(),
  /** When the part was out; absent before. */
  since: z.optional(z.number()),
  /** When it was back; absent before. */
  until: z.optional(z.number()),
  symptom: z.optional(symptomSchema),
  cost: z.optional(cost),
  /** Snapshots. */
  before: z.optional(idSchema),
  after: z.optional(idSchema),
  /** Why it was tried. */
  reason: z.optional(text),
  /** What was learnt of it, in a person's words. */
  note: z.optional(text),
  /** What a person saw become of the symptom, where nothing was measured. */
  outcome: z.optional(z.enum(OUTCOMES)),
  prediction: z.optional(predictionSchema),
  /** It did not go as it was meant to: nothing is concluded from it. */
  withdrawn: z.optional(z.literal(true)),
});
export type Experiment = z.infer<typeof experimentSchema>;

/** The single things that a part is. */
export const partsOf = (part: Part): readonly SinglePart[] => (part.type === 'several' ? part.parts : [part]);

/** One string per part, for maps; the order in which several are named does not matter. */
export function partKey(part: Part): string {
  switch (part.type) {
    case 'instance':
      return `instance:${JSON.stringify([part.id, part.instance])}`;
    case 'config':
      return `config:${JSON.stringify([part.id, part.key])}`;
    case 'several':
      return part.parts.map(partKey).sort().join('\n');
    default:
      return `${part.type}:${part.id}`;
  }
}
