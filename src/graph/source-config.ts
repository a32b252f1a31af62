/** What the board says of where readings come from. */
import * as z from 'zod/mini';
import { idSchema, nameSchema as name, textSchema as text } from './fields.ts';
import { metricSchema, subjectSchema } from './reading.ts';

/** The name of a back end that the server asks in the page's stead: `forward:tempo`. */
const FORWARD = /^forward:[a-z0-9][a-z0-9-]{0,62}$/;
const address = z.string().check(
  z.maxLength(2000),
  z.refine(
    (value) => FORWARD.test(value) || /^https?:\/\/[^\s/@]+(\/|$)/i.test(value),
    'must be an http or https URL without user name or password, or forward: and a name',
  ),
);

/** How often a source is asked, milliseconds. */
const interval = z.number().check(z.minimum(1000), z.maximum(600_000));
/** Over how long each reading is, milliseconds. */
const window = z.number().check(z.minimum(5000), z.maximum(86_400_000));

/**
 * A question of a person's own. `query` is PromQL in which `$window` stands for the window.
 * It speaks either of one subject (with `$name`, `$source` and `$target` for telemetry's names of it) or, by
 * the labels that name them, of all the parts it has a series for.
 */
const querySchema = z.strictObject({
  name,
  metric: metricSchema,
  query: text,
  /** What the answer is multiplied by to be in the metric's unit: 1000 for seconds. */
  scale: z.optional(z.number()),
  of: z.union([
    subjectSchema,
    z.strictObject({ node: name }),
    z.strictObject({ source: name, target: name }),
  ]),
  /** The label that tells instances apart. */
  instance: z.optional(name),
});

/** Names that a source tells of and this board is not about: they are not offered to be drawn. */
const ignored = z.optional(z.array(name).check(z.maxLength(1000)));

/** Where readings come from. Never holds a secret: boards are shared. */
export const sourceSchema = z.discriminatedUnion('type', [
  z.strictObject({
    id: idSchema,
    type: z.literal('simulator'),
    name,
    seed: z.int(),
  }),
  z.strictObject({
    id: idSchema,
    type: z.literal('prometheus'),
    name,
    url: address,
    interval,
    window,
    queries: z.optional(z.array(querySchema).check(z.maxLength(100))),
    ignored,
  }),
  z.strictObject({
    id: idSchema,
    type: z.enum(['jaeger', 'zipkin']),
    name,
    url: address,
    interval,
    window,
    /** Only traces that this service is part of. */
    service: z.optional(name),
    ignored,
  }),
  /** Spans that are sent to Chalkline's own server. */
  z.strictObject({ id: idSchema, type: z.literal('pushed'), name, interval, window, ignored }),
]);
export type SourceConfig = z.infer<typeof sourceSchema>;
