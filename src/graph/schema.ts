/**
 * The board's one schema: what may be written in a board file. Types are inferred from it.
 * A board is plain JSON: flat maps of records by id. Documented for other programs in docs/board.md.
 */
import * as z from 'zod/mini';
import { experimentSchema, takeOutSchema } from './experiment.ts';
import { type Id, idSchema, nameSchema as name, textSchema as text } from './fields.ts';
import { readingSchema, subjectSchema } from './reading.ts';
import { requestsSchema } from './requests.ts';
import { sourceSchema } from './source-config.ts';

/** Version written by this code; older boards are migrated, newer ones open read-only. */
export const SCHEMA_VERSION = 3;

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

/** No coordinate is further from the origin, board pixels. */
export const COORDINATE_LIMIT = 1e7;
const coordinate = z.number().check(z.minimum(-COORDINATE_LIMIT), z.maximum(COORDINATE_LIMIT));
const extent = z.number().check(z.minimum(16), z.maximum(COORDINATE_LIMIT));
/** [x, y] in board pixels, y down; of a node or note its top left corner. */
export const pointSchema = z.tuple([coordinate, coordinate]);
export type Point = z.infer<typeof pointSchema>;

const link = z.string().check(
  z.maxLength(2000),
  z.refine((value) => /^https?:\/\//i.test(value), 'must start with http:// or https://'),
);

/** How telemetry names a part, besides its own name: service names, hosts, addresses. */
const matchSchema = z.strictObject({ names: z.array(name) });

/**
 * Where a part or its config comes from, besides a person's hand. Stated: a file says so. Inferred: a value in its
 * configuration names the other. Observed: traffic was seen.
 */
const originSchema = z.strictObject({
  how: z.enum(['stated', 'inferred', 'observed']),
  /** The file, or the source in words: "docker-compose.yml", "Jaeger localhost:16686". */
  from: name,
  /** The line or path in it: "line 12", "services.web.depends_on.0". */
  at: z.optional(text),
});
export type Origin = z.infer<typeof originSchema>;
const origins = z.optional(z.array(originSchema));

const configSchema = z.strictObject({
  /** What the values configure: "kafka consumer", "nginx". */
  system: name,
  version: z.optional(name),
  values: z.record(z.string(), z.string()),
  /** Who set a key to what it is, and why; by key. */
  reasons: z.optional(
    z.record(z.string(), z.strictObject({ owner: z.optional(name), reason: z.optional(text) })),
  ),
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
  takeOut: z.optional(takeOutSchema),
  origins,
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
  takeOut: z.optional(takeOutSchema),
  origins,
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
  requests: z.optional(requestsSchema),
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

const map = <T extends z.ZodMiniType>(record: T) => z.record(idSchema, record);

export const boardSchema = z.strictObject({
  schema: z.literal(SCHEMA_VERSION),
  id: idSchema,
  title: name,
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
