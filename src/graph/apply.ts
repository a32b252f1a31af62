/**
 * Applying patches.
 *
 * Invariant: after applyPatch every record fits the schema and none refers to one that is not there, whatever
 * the patch says and in whatever order patches of several writers arrive. What doesn't fit is refused, record
 * by record, and the refusal is handed back.
 */
import { type Experiment, partsOf, type SinglePart } from './experiment.ts';
import { type Fault, faultsOf } from './fault.ts';
import { type Id, nameSchema, RESERVED_IDS } from './fields.ts';
import {
  type AnyChange,
  type AnyRecord,
  diffBoards,
  isEmptyPatch,
  type Patch,
  sameValue,
  withFields,
} from './patch.ts';
import { type Board, COLLECTIONS, type Collection, RECORD_SCHEMAS, type RecordOf } from './schema.ts';

export type ApplyOptions = {
  /**
   * Compare and set: touch only what still is as the patch found it. Undo uses it, so that taking back
   * one's own change never overwrites what somebody else has written since.
   */
  ifUnchanged?: boolean;
};

export type Applied = {
  /** The same object when nothing changed. */
  board: Board;
  /** What really happened. */
  patch: Patch;
  /** What the patch asked for and the schema does not allow. */
  refused: Fault[];
};

/** Applies a patch and mends what it leaves dangling. */
export function applyPatch(board: Board, patch: Patch, { ifUnchanged = false }: ApplyOptions = {}): Applied {
  const refused: Fault[] = [];
  const next: Board = { ...board };
  if (patch.title && (!ifUnchanged || board.title === patch.title[0])) {
    const title = nameSchema.safeParse(patch.title[1]);
    if (title.success) next.title = title.data;
    else refused.push(...faultsOf(title.error, ['title']));
  }
  for (const collection of COLLECTIONS) {
    const change = patch[collection] as AnyChange | undefined;
    if (!change) continue;
    const records = changeRecords(board[collection], change, ifUnchanged);
    refuseInvalid(collection, change, board[collection], records, refused);
    (next as unknown as Record<string, unknown>)[collection] = records;
  }
  const whole = withoutDangling(ifUnchanged ? keepReferenced(board, next) : next);
  const happened = diffBoards(board, whole);
  return isEmptyPatch(happened) ? { board, patch: {}, refused } : { board: whole, patch: happened, refused };
}

function changeRecords(
  before: Record<Id, AnyRecord>,
  change: AnyChange,
  ifUnchanged: boolean,
): Record<Id, AnyRecord> {
  const records = { ...before };
  for (const id in change.removed) {
    if (ifUnchanged && !sameValue(records[id], change.removed[id])) continue;
    delete records[id];
  }
  for (const id in change.added)
    if (!RESERVED_IDS.has(id) && (!records[id] || !ifUnchanged)) records[id] = change.added[id]!;
  for (const id in change.updated) {
    const current = records[id];
    if (!current || RESERVED_IDS.has(id)) continue;
    const [from, to] = change.updated[id]!;
    records[id] = withFields(current, from, to, ifUnchanged);
  }
  return records;
}

/** Puts back every changed record that is not as the schema says. */
function refuseInvalid(
  collection: Collection,
  change: AnyChange,
  before: Record<Id, AnyRecord>,
  records: Record<Id, AnyRecord>,
  refused: Fault[],
): void {
  for (const id of [...Object.keys(change.added ?? {}), ...Object.keys(change.updated ?? {})]) {
    const record = records[id];
    const old = before[id];
    if (!record || record === old) continue;
    const parsed = RECORD_SCHEMAS[collection].safeParse(record);
    if (parsed.success && record.id === id) continue;
    if (parsed.success)
      refused.push({ path: `${collection}.${id}.id`, reason: `must be "${id}", the key it stands under` });
    else refused.push(...faultsOf(parsed.error, [collection, id]));
    if (old) records[id] = old;
    else delete records[id];
  }
}

/**
 * Puts back what compare-and-set would remove though another record has come to lean on it: taking back
 * one's own node must not take the edge that somebody else has since drawn to it.
 */
function keepReferenced(before: Board, after: Board): Board {
  const board = { ...after };
  const keepThose = <C extends Collection>(collection: C, ids: Iterable<Id | undefined>) => {
    const old = before[collection] as Record<Id, RecordOf<C>>;
    for (const id of ids) {
      if (id === undefined || board[collection][id] || !old[id]) continue;
      if (board[collection] === after[collection]) board[collection] = { ...after[collection] };
      (board[collection] as Record<Id, RecordOf<C>>)[id] = old[id];
    }
  };
  const experiments = Object.values(board.experiments);
  const spokenOf: readonly SinglePart[] = [
    ...Object.values(board.marks).map(({ subject }) => subject),
    ...experiments.flatMap(({ part, symptom }) => [...partsOf(part), ...(symptom ? [symptom.subject] : [])]),
  ];
  const idsIn = (collection: Collection) =>
    spokenOf.filter((part) => collectionOf(part) === collection).map(({ id }) => id);
  keepThose(
    'snapshots',
    experiments.flatMap(({ before: b, after: a }) => [b, a]),
  );
  keepThose('edges', idsIn('edges'));
  keepThose('nodes', idsIn('nodes'));
  keepThose('groups', idsIn('groups'));
  keepThose(
    'nodes',
    Object.values(board.edges).flatMap(({ source, target }) => [source, target]),
  );
  keepThose(
    'groups',
    Object.values(board.nodes).map((node) => node.group),
  );
  return board;
}

/** The map that holds what a part or a subject speaks of. */
const collectionOf = ({ type }: SinglePart) =>
  type === 'edge' ? 'edges' : type === 'group' ? 'groups' : 'nodes';

/**
 * The board without edges, marks and experiments whose other end is not there, and without the names of groups,
 * snapshots and symptoms that are not.
 */
export function withoutDangling(board: Board): Board {
  const edges = mapRecords(board.edges, (edge) =>
    board.nodes[edge.source] && board.nodes[edge.target] ? edge : undefined,
  );
  const whole = { nodes: board.nodes, edges, groups: board.groups };
  const exists = (part: SinglePart) => Object.hasOwn(whole[collectionOf(part)], part.id);
  const marks = mapRecords(board.marks, (mark) => (exists(mark.subject) ? mark : undefined));
  const experiments = mapRecords(board.experiments, (experiment) => {
    // of several, none is left out: what happened with fewer is not what happened
    if (!partsOf(experiment.part).every(exists)) return undefined;
    const { before, after, symptom } = experiment;
    const gone = (id: Id | undefined) => id !== undefined && !board.snapshots[id];
    return without(experiment, [
      ...(gone(before) ? (['before'] as const) : []),
      ...(gone(after) ? (['after'] as const) : []),
      ...(symptom && !exists(symptom.subject) ? (['symptom'] as const) : []),
    ]);
  });
  const nodes = mapRecords(board.nodes, (node) => {
    if (node.group === undefined || board.groups[node.group]) return node;
    const { group: _gone, ...rest } = node;
    return rest;
  });
  const same =
    edges === board.edges &&
    marks === board.marks &&
    experiments === board.experiments &&
    nodes === board.nodes;
  return same ? board : { ...board, nodes, edges, marks, experiments };
}

function without(experiment: Experiment, fields: readonly ('before' | 'after' | 'symptom')[]): Experiment {
  if (fields.length === 0) return experiment;
  const rest = { ...experiment };
  for (const field of fields) delete rest[field];
  return rest;
}

/** The records with each replaced, or left out; the same object when none is. */
function mapRecords<R>(records: Record<Id, R>, replace: (record: R) => R | undefined): Record<Id, R> {
  let result = records;
  for (const id in records) {
    const to = replace(records[id]!);
    if (to === records[id]) continue;
    if (result === records) result = { ...records };
    if (to === undefined) delete result[id];
    else result[id] = to;
  }
  return result;
}
