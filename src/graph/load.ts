/**
 * From unknown JSON to a board, in the order: migrate by named steps → repair what can be repaired and
 * say what was → refuse, with the path of each fault, what can't.
 */
import * as z from 'zod/mini';
import { withoutDangling } from './apply.ts';
import { type Fault, faultsOf, wording } from './fault.ts';
import { type Id, idSchema, nameSchema, RESERVED_IDS } from './fields.ts';
import { MIGRATIONS } from './migrations.ts';
import {
  type Board,
  boardSchema,
  COLLECTIONS,
  type Collection,
  emptyBoard,
  RECORD_SCHEMAS,
  SCHEMA_VERSION,
} from './schema.ts';

z.config({ localeError: wording });

export type Loaded =
  | { ok: true; board: Board; repairs: Fault[] }
  | { ok: false; reason: 'faults'; faults: Fault[] }
  /** Written by a newer Chalkline. `board` holds what this version understands, for reading only. */
  | { ok: false; reason: 'newer'; version: number; board: Board };

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Faults listed at most; the rest are counted in the last one. */
const MOST_FAULTS = 20;
const MOST_RECORDS = 50_000;

/**
 * @param input parsed JSON, of any shape
 * @param fallbackId the id to give a board that has none
 */
export function loadBoard(input: unknown, fallbackId: Id): Loaded {
  if (!isObject(input)) return refused([{ path: '', reason: 'a board is a JSON object' }]);
  const version = input.schema ?? 0;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0)
    return refused([{ path: 'schema', reason: `must be a version number, is ${show(version)}` }]);
  if (version > SCHEMA_VERSION)
    return { ok: false, reason: 'newer', version, board: readable(input, fallbackId) };
  let json = input;
  const faults: Fault[] = [];
  for (const step of MIGRATIONS) if (step.from >= version) json = step.migrate(json, faults);
  if (faults.length > 0) return refused(faults);
  const repairs: Fault[] = [];
  const repaired = repair(json, fallbackId, repairs);
  if (Array.isArray(repaired)) return refused(repaired);
  const parsed = boardSchema.safeParse(repaired);
  if (!parsed.success) return refused(faultsOf(parsed.error));
  const board = withoutDangling(parsed.data as Board);
  noteDropped(parsed.data as Board, board, repairs);
  return { ok: true, board, repairs };
}

const refused = (faults: Fault[]): Loaded => {
  const shown = faults.slice(0, MOST_FAULTS);
  if (faults.length > MOST_FAULTS)
    shown.push({ path: '', reason: `and ${faults.length - MOST_FAULTS} more faults` });
  return { ok: false, reason: 'faults', faults: shown };
};

const show = (value: unknown) => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
};

/** Fills in what a person writing a board by hand may leave out. Faults come back as a list. */
function repair(json: Json, fallbackId: Id, repairs: Fault[]): Json | Fault[] {
  const faults: Fault[] = [];
  const board: Json = { ...json, id: json.id ?? fallbackId, title: json.title ?? 'Untitled board' };
  let count = 0;
  for (const collection of COLLECTIONS) {
    const records = json[collection] ?? {};
    if (!isObject(records)) {
      faults.push({ path: collection, reason: `must be an object of records by id, is ${show(records)}` });
      continue;
    }
    const entries: [string, unknown][] = [];
    for (const [id, record] of Object.entries(records)) {
      const path = `${collection}.${id}`;
      count++;
      const reserved = reservedKeyIn(record, path);
      if (RESERVED_IDS.has(id)) faults.push({ path, reason: 'is a reserved word' });
      else if (reserved !== null) faults.push({ path: reserved, reason: 'is a reserved word' });
      else if (!isObject(record)) faults.push({ path, reason: `must be an object, is ${show(record)}` });
      else if (record.id !== undefined && record.id !== id)
        faults.push({ path: `${path}.id`, reason: `must be "${id}", the key it stands under` });
      else
        entries.push([
          id,
          { ...defaultsFor(collection, entries.length, record, path, repairs), ...record, id },
        ]);
    }
    board[collection] = Object.fromEntries(entries);
  }
  if (count > MOST_RECORDS)
    faults.push({ path: '', reason: `${count} records; at most ${MOST_RECORDS} can be read` });
  return faults.length > 0 ? faults : board;
}

function defaultsFor(collection: string, index: number, record: Json, path: string, repairs: Fault[]): Json {
  const defaults: Json = {};
  if (collection === 'nodes' && record.position === undefined) {
    defaults.position = [(index % 8) * 260, Math.floor(index / 8) * 140];
    repairs.push({ path: `${path}.position`, reason: 'was missing; placed on a grid' });
  }
  if (collection === 'nodes' && record.kind === undefined) {
    defaults.kind = 'service';
    repairs.push({ path: `${path}.kind`, reason: 'was missing; taken as service' });
  }
  if (collection === 'edges' && record.kind === undefined) defaults.kind = 'call';
  return defaults;
}

function noteDropped(before: Board, after: Board, repairs: Fault[]): void {
  for (const id in before.edges) {
    if (id in after.edges) continue;
    const { source, target } = before.edges[id]!;
    const end = before.nodes[source] ? 'target' : 'source';
    const missing = end === 'source' ? source : target;
    repairs.push({ path: `edges.${id}.${end}`, reason: `names no node ("${missing}"); edge left out` });
  }
  for (const id in before.marks)
    if (!(id in after.marks))
      repairs.push({ path: `marks.${id}`, reason: 'marks nothing on this board; left out' });
  for (const id in before.experiments)
    if (!(id in after.experiments))
      repairs.push({ path: `experiments.${id}`, reason: 'is about nothing on this board; left out' });
    else
      for (const side of ['before', 'after'] as const)
        if (before.experiments[id]![side] !== after.experiments[id]![side])
          repairs.push({ path: `experiments.${id}.${side}`, reason: 'names no snapshot; left out' });
  for (const id in after.experiments)
    if (before.experiments[id]!.symptom && !after.experiments[id]!.symptom)
      repairs.push({ path: `experiments.${id}.symptom`, reason: 'is of nothing on this board; left out' });
  for (const id in before.nodes)
    if (before.nodes[id]!.group !== after.nodes[id]!.group)
      repairs.push({ path: `nodes.${id}.group`, reason: 'names no group; membership left out' });
}

/** Where a value holds `__proto__` as a key of its own; null when nowhere. Only parsed JSON can. */
function reservedKeyIn(value: unknown, path: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (Object.hasOwn(value, '__proto__')) return `${path}.__proto__`;
  for (const [key, inner] of Object.entries(value)) {
    const found = reservedKeyIn(inner, `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

/** What today's code can show of a newer board: the records that fit today's schemas, new fields aside. */
function readable(json: Json, fallbackId: Id): Board {
  const id = idSchema.safeParse(json.id);
  const title = nameSchema.safeParse(json.title);
  const board = emptyBoard(id.success ? id.data : fallbackId, title.success ? title.data : 'Untitled board');
  for (const collection of COLLECTIONS) {
    const records = json[collection];
    if (!isObject(records)) continue;
    for (const [key, record] of Object.entries(records)) {
      const known = RESERVED_IDS.has(key) ? null : knownPart(collection, key, record);
      if (known) (board[collection] as Json)[key] = known;
    }
  }
  return withoutDangling(board);
}

function knownPart(collection: Collection, id: Id, record: unknown): unknown {
  if (!isObject(record)) return null;
  const schema = RECORD_SCHEMAS[collection];
  const copy: Json = { ...structuredClone(record), id };
  const first = schema.safeParse(copy);
  if (first.success) return first.data;
  for (const issue of first.error.issues)
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) Reflect.deleteProperty(at(copy, issue.path), key);
  const second = schema.safeParse(copy);
  return second.success ? second.data : null;
}

const at = (value: Json, path: readonly PropertyKey[]): Json =>
  path.reduce<Json>((inner, key) => inner[key as string] as Json, value);
