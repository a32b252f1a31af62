/**
 * The board's one schema: what may be written in a board file. Types are inferred from it.
 * A board is plain JSON: flat maps of records by id. Documented for other programs in docs/board.md.
 */
import * as z from 'zod/mini';
import { metricSchema, readingSchema, subjectSchema } from './reading.ts';

/** Version written by this code; older boards are migrated, newer ones open read-only. */
export const SCHEMA_VERSION = 2;

export const NODE_KINDS = [
  'client',
  'gateway',
  'service',
  'worker',
  'function',
  'broker',
  'topic',
  'queue',
  'database',
  'cache',
  'storage',
  'load balancer',
  'external',
] as const;
export const EDGE_KINDS = ['call', 'publish', 'consume', 'query', 'replicate'] as const;
export const MARK_STATUSES = ['suspected', 'cleared', 'confirmed'] as const;

/** Every name that `{}` answers to without holding it, so that `board.nodes[id]` never finds what isn't there. */
export const RESERVED_IDS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
]);
/** Ids are map keys: never empty, never long, never a key that JavaScript gives a meaning. */
export const idSchema = z.string().check(
  z.minLength(1),
  z.maxLength(200),
  z.refine((id) => !RESERVED_IDS.has(id), 'is a reserved word'),
);
export type Id = z.infer<typeof idSchema>;

/** No coordinate is further from the origin, board pixels. */
export const COORDINATE_LIMIT = 1e7;
const coordinate = z.number().check(z.minimum(-COORDINATE_LIMIT), z.maximum(COORDINATE_LIMIT));
const extent = z.number().check(z.minimum(16), z.maximum(COORDINATE_LIMIT));
/** [x, y] in board pixels, y down; of a node or note its top left corner. */
export const pointSchema = z.tuple([coordinate, coordinate]);
export type Point = z.infer<typeof pointSchema>;

const name = z.string().check(z.maxLength(400));
export const titleSchema = name;
const text = z.string().check(z.maxLength(20_000));
const link = z.string().check(
  z.maxLength(2000),
  z.refine((value) => /^https?:\/\//i.test(value), 'must start with http:// or https://'),
);

/** How telemetry names a part, besides its own name: service names, hosts, addresses. */
const matchSchema = z.strictObject({ names: z.array(name) });

const configSchema = z.strictObject({
  /** What the values configure: "kafka consumer", "nginx". */
  system: name,
  version: z.optional(name),
  values: z.record(z.string(), z.string()),
});

export const nodeSchema = z.strictObject({
  id: idSchema,
  name,
  kind: z.enum(NODE_KINDS),
  technology: z.optional(name),
  position: pointSchema,
  /** Layout leaves a pinned node where it is. */
  pinned: z.optional(z.literal(true)),
  /** Hands leave it where it is, too, and don't delete it. */
  locked: z.optional(z.literal(true)),
  group: z.optional(idSchema),
  instances: z.optional(z.int().check(z.minimum(0), z.maximum(100_000))),
  config: z.optional(configSchema),
  match: z.optional(matchSchema),
  description: z.optional(text),
  links: z.optional(z.array(link)),
});

/** One API call or topic carried by an edge. */
const operationSchema = z.strictObject({ name, description: z.optional(text) });

/** A route proposed by layout: it holds only while source and target stand where they are said to. */
const routeSchema = z.strictObject({
  source: pointSchema,
  target: pointSchema,
  points: z.array(pointSchema),
});

export const edgeSchema = z.strictObject({
  id: idSchema,
  source: idSchema,
  target: idSchema,
  kind: z.enum(EDGE_KINDS),
  protocol: z.optional(name),
  operations: z.optional(z.array(operationSchema)),
  match: z.optional(matchSchema),
  description: z.optional(text),
  links: z.optional(z.array(link)),
  route: z.optional(routeSchema),
});

const groupSchema = z.strictObject({
  id: idSchema,
  name,
  description: z.optional(text),
  /** Drawn as one card in the middle of its members. */
  collapsed: z.optional(z.literal(true)),
});

export const noteSchema = z.strictObject({
  id: idSchema,
  text,
  position: pointSchema,
  size: z.tuple([extent, extent]),
  /** A higher one lies over a lower, one below 0 behind the cards; absent is 0. */
  z: z.optional(z.int()),
  locked: z.optional(z.literal(true)),
});

export const markSchema = z.strictObject({
  id: idSchema,
  subject: subjectSchema,
  status: z.enum(MARK_STATUSES),
  hypothesis: z.optional(text),
  evidence: z.optional(z.array(text)),
  /** When it was last decided, epoch ms. */
  at: z.number(),
});

export const snapshotSchema = z.strictObject({
  id: idSchema,
  name,
  at: z.number(),
  window: z.number(),
  /** Read from a file: shown as the board's figures, not compared with as a baseline. */
  imported: z.optional(z.literal(true)),
  readings: z.array(readingSchema),
});

const experimentSchema = z.strictObject({
  id: idSchema,
  subject: subjectSchema,
  action: z.enum(['bypassed', 'stopped', 'stubbed', 'restored']),
  at: z.number(),
  before: z.optional(idSchema),
  after: z.optional(idSchema),
  verdict: z.optional(text),
});

export const EVENT_KINDS = ['incident', 'deploy', 'change', 'alert', 'other'] as const;
/** Something that happened, on the timeline: when the incident began, a deploy, an alert. */
export const eventSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(EVENT_KINDS),
  name,
  /** Epoch ms. */
  at: z.number(),
  /** When it ended; absent for a moment, and for what goes on. */
  until: z.optional(z.number()),
  /** Who told of it, in words ("Prometheus localhost:9090"); absent when a person did. */
  source: z.optional(name),
});

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

const map = <T extends z.ZodMiniType>(record: T) => z.record(idSchema, record);

export const boardSchema = z.strictObject({
  schema: z.literal(SCHEMA_VERSION),
  id: idSchema,
  title: titleSchema,
  nodes: map(nodeSchema),
  edges: map(edgeSchema),
  groups: map(groupSchema),
  notes: map(noteSchema),
  marks: map(markSchema),
  snapshots: map(snapshotSchema),
  experiments: map(experimentSchema),
  sources: map(sourceSchema),
  events: map(eventSchema),
});

export const RECORD_SCHEMAS = {
  nodes: nodeSchema,
  edges: edgeSchema,
  groups: groupSchema,
  notes: noteSchema,
  marks: markSchema,
  snapshots: snapshotSchema,
  experiments: experimentSchema,
  sources: sourceSchema,
  events: eventSchema,
} as const;

export type Board = z.infer<typeof boardSchema>;
export type BoardNode = z.infer<typeof nodeSchema>;
export type BoardEdge = z.infer<typeof edgeSchema>;
export type Note = z.infer<typeof noteSchema>;
export type Mark = z.infer<typeof markSchema>;
export type Snapshot = z.infer<typeof snapshotSchema>;
export type BoardEvent = z.infer<typeof eventSchema>;
export type SourceConfig = z.infer<typeof sourceSchema>;
export type NodeKind = BoardNode['kind'];
export type EdgeKind = BoardEdge['kind'];
export type MarkStatus = Mark['status'];

/** The names of the board's record maps. */
export const COLLECTIONS = Object.keys(RECORD_SCHEMAS) as Collection[];
export type Collection = keyof typeof RECORD_SCHEMAS;
export type RecordOf<C extends Collection> = Board[C][string];

/** A board with nothing on it. */
export function emptyBoard(id: Id, title = 'Untitled board'): Board {
  return {
    schema: SCHEMA_VERSION,
    id,
    title,
    nodes: {},
    edges: {},
    groups: {},
    notes: {},
    marks: {},
    snapshots: {},
    experiments: {},
    sources: {},
    events: {},
  };
}
