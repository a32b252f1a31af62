/**
 * From unknown JSON to a board, in the order: migrate by named steps → repair what can be repaired and
 * say what was → refuse, with the path of each fault, what can't.
 */
import * as z from 'zod/mini';
import { MIGRATIONS } from './migrations.ts';
import { withoutDangling } from './patch.ts';
import {
  type Board,
  boardSchema,
  COLLECTIONS,
  emptyBoard,
  type Id,
  RECORD_SCHEMAS,
  SCHEMA_VERSION,
} from './schema.ts';

z.config(z.locales.en());

/** A place in the file, like `edges.e7.target`, and what is wrong there. */
export type Fault = { path: string; reason: string };

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
const RESERVED = ['__proto__', 'constructor', 'prototype'];

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
  for (const step of MIGRATIONS) if (step.from >= version) json = step.migrate(json);
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

export function faultsOf(error: z.core.$ZodError, under: readonly PropertyKey[] = []): Fault[] {
  return error.issues.flatMap((issue) => {
    const path = [...under, ...issue.path];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        path: [...path, key].map(String).join('.'),
        reason: 'is not a known field',
      }));
    return [{ path: path.map(String).join('.'), reason: lowerFirst(issue.message) }];
  });
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
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
      if (RESERVED.includes(id)) faults.push({ path, reason: 'is a reserved word' });
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
    const end = source in before.nodes ? 'target' : 'source';
    const missing = end === 'source' ? source : target;
    repairs.push({ path: `edges.${id}.${end}`, reason: `names no node ("${missing}"); edge left out` });
  }
  for (const id in before.marks)
    if (!(id in after.marks))
      repairs.push({ path: `marks.${id}`, reason: 'marks nothing on this board; left out' });
  for (const id in before.experiments)
    if (!(id in after.experiments))
      repairs.push({ path: `experiments.${id}`, reason: 'is about nothing on this board; left out' });
  for (const id in before.nodes)
    if (before.nodes[id]!.group !== after.nodes[id]!.group)
      repairs.push({ path: `nodes.${id}.group`, reason: 'names no group; membership left out' });
}

/** What today's code can show of a newer board: the records that fit today's schemas. */
function readable(json: Json, fallbackId: Id): Board {
  const id = typeof json.id === 'string' ? json.id : fallbackId;
  const title = typeof json.title === 'string' ? json.title : 'Untitled board';
  const board = emptyBoard(id, title);
  for (const collection of COLLECTIONS) {
    const records = json[collection];
    if (!isObject(records)) continue;
    for (const key of Object.keys(records)) {
      const parsed = RECORD_SCHEMAS[collection].safeParse(records[key]);
      if (parsed.success) (board[collection] as Json)[key] = parsed.data;
    }
  }
  return withoutDangling(board);
}
