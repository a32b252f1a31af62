/** Random changes: what a person does (commands), and patches that no well-meaning program would send. */
import fc from 'fast-check';
import {
  ALIGNMENTS,
  addItem,
  addNeighbour,
  addNode,
  addNote,
  align,
  applyLayout,
  type Board,
  COLLECTIONS,
  clipOf,
  connect,
  distribute,
  EDGE_KINDS,
  group,
  type Id,
  insert,
  MARK_STATUSES,
  mark,
  move,
  NODE_KINDS,
  type Patch,
  paste,
  putSource,
  remove,
  removeItem,
  removeSource,
  renameItem,
  replaceNames,
  restack,
  type Subject,
  setDescription,
  setFields,
  setLocked,
  setTitle,
  ungroup,
  unmark,
} from '../../src/graph/index.ts';
import { boardArbitrary } from './board.ts';

/** A command with its arguments, which pick among what the board then holds. */
export type Step = { does: string; run(board: Board, newId: Id): Patch };

const pick = (records: object, index: number): Id | undefined => {
  const ids = Object.keys(records);
  return ids[index % ids.length];
};
const several = (records: object, indices: readonly number[]): Id[] =>
  indices.flatMap((index) => pick(records, index) ?? []);
const subjectOf = (board: Board, onNode: boolean, index: number): Subject | null => {
  const id = pick(onNode ? board.nodes : board.edges, index);
  return id === undefined ? null : { type: onNode ? 'node' : 'edge', id };
};

const index = fc.nat(20);
const indices = fc.array(index, { maxLength: 3 });
const point = fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2000, max: 2000 }));
const short = fc.string({ maxLength: 8 });
const kind = fc.constantFrom(...NODE_KINDS);

function step<A extends unknown[]>(
  does: string,
  args: { [K in keyof A]: fc.Arbitrary<A[K]> },
  run: (board: Board, newId: Id, ...args: A) => Patch,
): fc.Arbitrary<Step> {
  return fc.tuple<A>(...args).map((values) => ({
    does: `${does} ${JSON.stringify(values)}`,
    run: (board, newId) => run(board, newId, ...values),
  }));
}

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  step('addNode', [kind, point, fc.boolean(), index], (board, id, of, position, free, i) => {
    const into = pick(board.groups, i);
    return addNode(board, { id, kind: of, position, free, ...(into === undefined ? {} : { group: into }) });
  }),
  step('connect', [index, index, fc.option(fc.constantFrom(...EDGE_KINDS))], (board, id, from, to, of) => {
    const [source, target] = [pick(board.nodes, from), pick(board.nodes, to)];
    if (source === undefined || target === undefined) return {};
    return connect(board, { id, source, target, ...(of === null ? {} : { kind: of }) });
  }),
  step('addNote', [short, point], (board, id, text, position) => addNote(board, { id, text, position })),
  step('move', [indices, point], (board, _, which, position) => {
    const ids = several({ ...board.nodes, ...board.notes }, which);
    return move(board, { positions: Object.fromEntries(ids.map((id) => [id, position])) });
  }),
  step('rename', [indices, short], (board, _, which, name) =>
    setFields(board, { collection: 'nodes', ids: several(board.nodes, which), fields: { name } }),
  ),
  step('clear technology', [indices], (board, _, which) =>
    setFields(board, {
      collection: 'nodes',
      ids: several(board.nodes, which),
      fields: { technology: undefined, pinned: true },
    }),
  ),
  step(
    'add, rename, take off',
    [indices, indices, fc.constantFrom(...(['links', 'names', 'operations'] as const)), index],
    (board, _, nodes, edges, list, which) => {
      const targets = { nodes: several(board.nodes, nodes), edges: several(board.edges, edges), list };
      const name = list === 'links' ? 'https://host/' : 'GET /';
      if (which % 3 === 0) return addItem(board, { ...targets, name });
      if (which % 3 === 1) return renameItem(board, { ...targets, name, to: `${name}2` });
      return removeItem(board, { ...targets, name });
    },
  ),
  step('describe', [indices, indices, indices, short], (board, _, nodes, edges, groups, text) =>
    setDescription(board, {
      nodes: several(board.nodes, nodes),
      edges: several(board.edges, edges),
      groups: several(board.groups, groups),
      text,
    }),
  ),
  step('turn edge', [index, index, index], (board, _, i, from, to) => {
    const [id, source, target] = [pick(board.edges, i), pick(board.nodes, from), pick(board.nodes, to)];
    if (id === undefined || source === undefined || target === undefined) return {};
    return setFields(board, { collection: 'edges', ids: [id], fields: { source, target } });
  }),
  step('remove', [indices, indices, indices, indices], (board, _, nodes, edges, notes, groups) =>
    remove(board, {
      nodes: several(board.nodes, nodes),
      edges: several(board.edges, edges),
      notes: several(board.notes, notes),
      groups: several(board.groups, groups),
    }),
  ),
  step('group', [indices, short], (board, id, which, name) =>
    group(board, { id, name, nodes: several(board.nodes, which) }),
  ),
  step('ungroup', [indices], (board, _, which) => ungroup(board, { groups: several(board.groups, which) })),
  step(
    'mark',
    [fc.boolean(), index, fc.constantFrom(...MARK_STATUSES), short],
    (board, id, onNode, i, status, hypothesis) => {
      const subject = subjectOf(board, onNode, i);
      return subject ? mark(board, { id, subject, status, hypothesis, at: 1 }) : {};
    },
  ),
  step('unmark', [fc.boolean(), index], (board, _, onNode, i) => {
    const subject = subjectOf(board, onNode, i);
    return subject ? unmark(board, { subject }) : {};
  }),
  step('layout', [fc.array(point, { maxLength: 8 })], (board, _, places) => {
    const ids = Object.keys(board.nodes);
    const positions = Object.fromEntries(
      places.flatMap((at, i) => (ids[i] === undefined ? [] : [[ids[i], at]])),
    );
    const routes = Object.fromEntries(
      Object.keys(board.edges).map((id) => [id, { source: [0, 0], target: [9, 9], points: places }]),
    );
    return applyLayout(board, { positions, routes } as Parameters<typeof applyLayout>[1]);
  }),
  step(
    'addNeighbour',
    [index, fc.constantFrom(...(['left', 'right', 'up', 'down'] as const))],
    (board, id, i, heading) => {
      const from = pick(board.nodes, i);
      return from === undefined ? {} : addNeighbour(board, { node: id, edge: `${id} edge`, from, heading });
    },
  ),
  step('align', [indices, fc.constantFrom(...ALIGNMENTS)], (board, _, which, to) =>
    align(board, { units: several({ ...board.nodes, ...board.notes }, which).map((id) => [id]), to }),
  ),
  step(
    'distribute',
    [indices, fc.constantFrom(...(['horizontal', 'vertical'] as const))],
    (board, _, which, axis) =>
      distribute(board, {
        units: several({ ...board.nodes, ...board.notes }, which).map((id) => [id]),
        axis,
      }),
  ),
  step('lock', [indices, indices, fc.boolean()], (board, _, nodes, notes, locked) =>
    setLocked(board, { ids: [...several(board.nodes, nodes), ...several(board.notes, notes)], locked }),
  ),
  step('restack', [indices, fc.constantFrom('front' as const, 'back' as const)], (board, _, notes, to) =>
    restack(board, { notes: several(board.notes, notes), to }),
  ),
  step('paste', [indices, indices, indices, point], (board, id, nodes, notes, groups, at) => {
    const clip = clipOf(board, {
      nodes: several(board.nodes, nodes),
      notes: several(board.notes, notes),
      groups: several(board.groups, groups),
    });
    let count = 0;
    return paste(board, { clip, newId: () => `${id} ${count++}`, at }).patch;
  }),
  step('replaceNames', [short, short, fc.boolean()], (board, _, find, replace, matchCase) =>
    replaceNames(board, { find, replace, matchCase }),
  ),
  step('title', [short], (board, _, title) => setTitle(board, { title })),
  step('source', [fc.integer(), index, fc.boolean()], (board, newId, seed, i, isNew) => {
    const id = isNew ? newId : (pick(board.sources, i) ?? newId);
    return putSource(board, { source: { id, type: 'simulator', name: 'Simulator', seed } });
  }),
  step('removeSource', [index], (board, _, i) => {
    const id = pick(board.sources, i);
    return id === undefined ? {} : removeSource(board, { id });
  }),
  step('insert', [boardArbitrary({ nodes: 3, edges: 3 })], (board, _, records) => insert(board, { records })),
);

export const stepsArbitrary = fc.array(stepArbitrary, { maxLength: 12 });

const POOL = ['a', 'b', 'c', 'toString', '__proto__', 'constructor', ''];
const poolId = fc.constantFrom(...POOL);
const junk = fc.oneof(
  fc.constantFrom(null, undefined, Number.NaN, -1, 'x', [], {}, 1e300, true),
  poolId,
  fc.constantFrom('service', 'call', 'node', 'suspected', 'simulator'),
);
/** Now and then right, mostly not. */
const anyRecord = fc.oneof(
  fc.record(
    {
      id: poolId,
      name: fc.oneof(short, junk),
      kind: fc.constantFrom('service', 'call', 'nonsense'),
      position: fc.oneof(point, junk),
      group: poolId,
      source: poolId,
      target: poolId,
      subject: fc.record({ type: fc.constantFrom('node', 'edge'), id: poolId }),
      status: fc.constant('suspected'),
      before: poolId,
      at: fc.oneof(fc.integer(), junk),
    },
    { requiredKeys: [] },
  ),
  poolId.map((id) => ({ id, name: 'n', kind: 'service', position: [0, 0] })),
  fc.tuple(poolId, poolId, poolId).map(([id, source, target]) => ({ id, source, target, kind: 'call' })),
  fc.tuple(poolId, poolId).map(([id, group]) => ({ id, name: 'n', kind: 'cache', position: [0, 0], group })),
  poolId.map((id) => ({ id, name: 'g' })),
  fc.tuple(poolId, poolId, fc.constantFrom('node', 'edge')).map(([id, of, type]) => ({
    id,
    subject: { type, id: of },
    status: 'cleared',
    at: 1,
  })),
);

const mapOf = <T>(value: fc.Arbitrary<T>) =>
  // As JSON.parse makes them: `__proto__` is a key like any other.
  fc.array(fc.tuple(poolId, value), { maxLength: 4 }).map((entries) => Object.fromEntries(entries));

/** Patches that dangle, collide, misname and mistype. */
export const adversarialPatch: fc.Arbitrary<Patch> = fc
  .record(
    {
      title: fc.tuple(short, fc.oneof(short, junk)),
      ...Object.fromEntries(
        COLLECTIONS.map((collection) => [
          collection,
          fc.record(
            {
              added: mapOf(anyRecord),
              updated: mapOf(fc.tuple(anyRecord, anyRecord)),
              removed: mapOf(anyRecord),
            },
            { requiredKeys: [] },
          ),
        ]),
      ),
    },
    { requiredKeys: [] },
  )
  .map((patch) => patch as unknown as Patch);
