/**
 * Random boards that the schema accepts, with every kind of record and no dangling reference. Values are
 * such that JSON keeps them (no -0, no NaN), so serialise → load is identity.
 */
import fc from 'fast-check';
import {
  ACTIONS,
  type Board,
  EDGE_KINDS,
  EVENT_KINDS,
  emptyBoard,
  type Id,
  MARK_STATUSES,
  METRICS,
  type Metric,
  NODE_KINDS,
  OUTCOMES,
  RESERVED_IDS,
  type SinglePart,
  type Subject,
} from '../../src/graph/index.ts';

const unit = fc.constantFrom<'grapheme' | 'binary' | 'binary-ascii'>('grapheme', 'binary', 'binary-ascii');
const anyText = (maxLength: number) => unit.chain((kind) => fc.string({ unit: kind, maxLength }));

/** Ids as Chalkline makes them, as people write them, and as hardly anybody would. */
const id: fc.Arbitrary<Id> = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  },
);
const usableId = id.filter((text) => text.length > 0 && text.length <= 200 && !RESERVED_IDS.has(text));
const name = anyText(30);
const prose = anyText(80);
const number = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));
const coordinate = fc.oneof(fc.integer({ min: -5000, max: 5000 }), number(-1e7, 1e7));
const point = fc.tuple(coordinate, coordinate);
const epochMs = fc.integer({ min: 0, max: 4e12 });
const links = fc.array(fc.webUrl({ validSchemes: ['http', 'https'] }), { maxLength: 2 });
const cost = number(0.01, 1000);
const takeOut = fc.oneof(cost, fc.constant('never' as const));
const origins = fc.array(
  fc
    .tuple(
      fc.constantFrom('stated' as const, 'inferred' as const, 'observed' as const),
      name,
      fc.option(prose),
    )
    .map(([how, from, at]) => (at === null ? { how, from } : { how, from, at })),
  { maxLength: 2 },
);
const match = fc.record({ names: fc.array(name, { maxLength: 3 }) });
const key = anyText(12).filter((text) => !RESERVED_IDS.has(text));

/** The record with some of its optional fields; absent ones are absent, never undefined. */
const withOptional = <R extends object, O extends object>(
  required: { [K in keyof R]: fc.Arbitrary<R[K]> },
  optional: { [K in keyof O]: fc.Arbitrary<O[K]> },
): fc.Arbitrary<R & Partial<O>> =>
  fc
    .tuple(fc.record(required), fc.record(optional, { requiredKeys: [] }))
    .map(([a, b]) => ({ ...a, ...b }) as R & Partial<O>);

const oneOf = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
/** A field that refers to a record can only be there when there is one. */
const where = <T>(values: readonly T[], field: string): Record<string, fc.Arbitrary<T>> =>
  values.length > 0 ? { [field]: oneOf(values) } : {};

const node = (groups: readonly Id[]) =>
  withOptional(
    { name, kind: fc.constantFrom(...NODE_KINDS), position: point },
    {
      technology: name,
      pinned: fc.constant(true as const),
      locked: fc.constant(true as const),
      instances: fc.integer({ min: 0, max: 100_000 }),
      config: withOptional(
        { system: name, values: fc.dictionary(key, prose, { maxKeys: 3 }) },
        {
          version: name,
          reasons: fc.dictionary(key, withOptional({}, { owner: name, reason: prose }), { maxKeys: 2 }),
        },
      ),
      match,
      description: prose,
      links,
      takeOut,
      origins,
      ...where(groups, 'group'),
    },
  );

const operation = withOptional({ name }, { description: prose });
const edge = (nodes: readonly Id[]) =>
  withOptional(
    { source: oneOf(nodes), target: oneOf(nodes), kind: fc.constantFrom(...EDGE_KINDS) },
    {
      protocol: name,
      operations: fc.array(operation, { maxLength: 3 }),
      match,
      description: prose,
      links,
      takeOut,
      origins,
      route: fc.record({ source: point, target: point, points: fc.array(point, { maxLength: 4 }) }),
    },
  );

const ascending = (values: number[]) => values.sort((a, b) => a - b);
const duration = number(0, 1e6);
/** Latencies of all three forms. */
export const distributionArbitrary = fc.oneof(
  fc.record({
    type: fc.constant('samples' as const),
    values: fc.array(duration, { maxLength: 8 }).map(ascending),
  }),
  fc
    .tuple(fc.uniqueArray(duration, { minLength: 1, maxLength: 5 }), fc.boolean())
    .map(([bounds, open]) => (open ? [...ascending(bounds), null] : ascending(bounds)))
    .chain((bounds) =>
      withOptional(
        {
          type: fc.constant('histogram' as const),
          bounds: fc.constant(bounds),
          counts: fc.array(number(0, 1e6), { minLength: bounds.length, maxLength: bounds.length }),
        },
        { sum: duration },
      ),
    ),
  fc.record({
    type: fc.constant('quantiles' as const),
    points: fc.array(fc.record({ q: number(0, 1), value: duration }), { maxLength: 3 }),
  }),
);

const EVERY_METRIC = Object.keys(METRICS) as Metric[];
const provenance = withOptional({ source: name, label: name, simulated: fc.boolean() }, { query: prose });

/** A reading of one of these subjects. */
export const readingArbitrary = (subjects: readonly Subject[]) =>
  fc.constantFrom(...EVERY_METRIC).chain((metric) =>
    withOptional(
      {
        subject: oneOf(subjects),
        metric: fc.constant(metric),
        value: METRICS[metric] === 'ms' && metric !== 'lag time' ? distributionArbitrary : number(0, 1e6),
        at: epochMs,
        window: fc.integer({ min: 0, max: 86_400_000 }),
        instance: fc.option(name),
        instances: fc.option(fc.integer({ min: 1, max: 50 })),
        side: fc.option(fc.constantFrom('caller' as const, 'callee' as const)),
        samples: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
        provenance,
      },
      { operation: name },
    ),
  );

const note = withOptional(
  { text: prose, position: point, size: fc.tuple(number(16, 1e7), number(16, 1e7)) },
  { z: fc.integer({ min: -3, max: 3 }), locked: fc.constant(true as const) },
);
const mark = (subjects: readonly Subject[]) =>
  withOptional(
    { subject: oneOf(subjects), status: fc.constantFrom(...MARK_STATUSES), at: epochMs },
    { hypothesis: prose, evidence: fc.array(prose, { maxLength: 2 }) },
  );
const snapshot = (subjects: readonly Subject[]) =>
  fc.record({
    name,
    at: epochMs,
    window: fc.integer({ min: 0, max: 86_400_000 }),
    readings: subjects.length > 0 ? fc.array(readingArbitrary(subjects), { maxLength: 4 }) : fc.constant([]),
  });
const experiment = (subjects: readonly Subject[], groups: readonly Id[], snapshots: readonly Id[]) => {
  const nodes = subjects.filter(({ type }) => type === 'node').map(({ id }) => id);
  const single: fc.Arbitrary<SinglePart> = fc.oneof(
    oneOf(subjects),
    ...(groups.length > 0 ? [fc.record({ type: fc.constant('group' as const), id: oneOf(groups) })] : []),
    fc.record({ type: fc.constant('instance' as const), id: oneOf(nodes), instance: name }),
    fc.record({ type: fc.constant('config' as const), id: oneOf(nodes), key }),
  );
  const parts = fc.array(single, { minLength: 2, maxLength: 4 });
  return withOptional(
    {
      part: fc.oneof(single, fc.record({ type: fc.constant('several' as const), parts })),
      action: fc.constantFrom(...ACTIONS),
      at: epochMs,
    },
    {
      since: epochMs,
      until: epochMs,
      symptom: withOptional({ subject: oneOf(subjects), metric: oneOf(EVERY_METRIC) }, { q: number(0, 1) }),
      cost,
      reason: prose,
      note: prose,
      outcome: fc.constantFrom(...OUTCOMES),
      prediction: fc.record({
        ratio: number(0, 100),
        by: fc.constantFrom('traces' as const, 'queueing' as const),
      }),
      withdrawn: fc.constant(true as const),
      ...where(snapshots, 'before'),
      ...where(snapshots, 'after'),
    },
  );
};
const polled = {
  name,
  interval: fc.integer({ min: 1000, max: 600_000 }),
  window: fc.integer({ min: 5000, max: 86_400_000 }),
};
const url = fc.constantFrom(
  'http://localhost:9090',
  'https://metrics.example.org/prometheus/',
  'forward:prod-1',
);
const query = (subjects: readonly Subject[]) =>
  withOptional(
    {
      name,
      metric: oneOf(EVERY_METRIC),
      query: prose,
      of: fc.oneof(
        fc.record({ node: name }),
        fc.record({ source: name, target: name }),
        ...(subjects.length > 0 ? [oneOf(subjects)] : []),
      ),
    },
    { scale: number(-1e6, 1e6), instance: name },
  );
const ignored = fc.array(name, { maxLength: 2 });
const source = (subjects: readonly Subject[]) =>
  fc.oneof(
    fc.record({ type: fc.constant('simulator' as const), name, seed: fc.integer() }),
    withOptional(
      { type: fc.constant('prometheus' as const), url, ...polled },
      { queries: fc.array(query(subjects), { maxLength: 2 }), ignored },
    ),
    withOptional(
      { type: fc.constantFrom('jaeger' as const, 'zipkin' as const), url, ...polled },
      { service: name, ignored },
    ),
    withOptional({ type: fc.constant('pushed' as const), ...polled }, { ignored }),
  );
const event = withOptional(
  { kind: fc.constantFrom(...EVENT_KINDS), name, at: epochMs },
  { until: epochMs, source: name },
);

/** Records of one collection under distinct ids; none where `record` is null: nothing to refer to. */
const records = <R extends object>(record: fc.Arbitrary<R> | null, maxLength: number) =>
  record
    ? fc
        .uniqueArray(fc.tuple(usableId, record), { maxLength, selector: ([key]) => key })
        .map((list) => Object.fromEntries(list.map(([key, value]) => [key, { ...value, id: key }])))
    : fc.constant({} as Record<Id, R & { id: Id }>);

export type BoardSize = { nodes?: number; edges?: number };

/** A valid board of at most this many nodes and edges. */
export const boardArbitrary = ({
  nodes: mostNodes = 6,
  edges: mostEdges = 8,
}: BoardSize = {}): fc.Arbitrary<Board> =>
  fc
    .tuple(usableId, name, records(withOptional({ name }, { collapsed: fc.constant(true as const) }), 3))
    .chain(([boardId, title, groups]) =>
      records(node(Object.keys(groups)), mostNodes).map((nodes) => ({
        ...emptyBoard(boardId, title),
        groups,
        nodes,
      })),
    )
    .chain((board) => {
      const ids = Object.keys(board.nodes);
      return records(ids.length > 0 ? edge(ids) : null, mostEdges).map((edges) => ({ ...board, edges }));
    })
    .chain((board) => {
      const subjects: Subject[] = [
        ...Object.keys(board.nodes).map((id) => ({ type: 'node' as const, id })),
        ...Object.keys(board.edges).map((id) => ({ type: 'edge' as const, id })),
      ];
      const drawn = subjects.length > 0;
      return fc
        .tuple(
          records(note, 2),
          records(drawn ? mark(subjects) : null, 3),
          records(snapshot(subjects), 2),
          records(source(subjects), 2),
          records(event, 2),
        )
        .chain(([notes, marks, snapshots, sources, events]) =>
          records(
            drawn ? experiment(subjects, Object.keys(board.groups), Object.keys(snapshots)) : null,
            2,
          ).map(
            (experiments) => ({ ...board, notes, marks, snapshots, sources, events, experiments }) as Board,
          ),
        );
    });
