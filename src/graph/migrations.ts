/**
 * Named steps from the boards of older versions to today's. A step takes the plain JSON of version
 * `from` and returns that of `from + 1`; it never drops what it doesn't know.
 */
import type { Fault } from './fault.ts';

type Json = Record<string, unknown>;
export type Migration = {
  from: number;
  name: string;
  /** What cannot be carried over goes to `faults`, with the path it has in the old file. */
  migrate: (board: Json, faults: Fault[]) => Json;
};

/** Boards written before the first released schema carried no version and held nodes and edges in lists. */
const listsToMaps: Migration = {
  from: 0,
  name: 'lists-to-maps',
  migrate: (board, faults) => ({
    ...board,
    schema: 1,
    nodes: byId('nodes', board.nodes, faults),
    edges: byId('edges', board.edges, faults),
  }),
};

/** The first schema had no timeline. */
const eventsAdded: Migration = {
  from: 1,
  name: 'events-added',
  migrate: (board) => ({ events: {}, ...board, schema: 2 }),
};

/** An experiment's part was called its subject, and its verdict was a text, not what follows from its figures. */
const partsOfExperiments: Migration = {
  from: 2,
  name: 'parts-of-experiments',
  migrate: (board) => ({ ...board, experiments: mapValues(board.experiments, withPart), schema: 3 }),
};

const withPart = ({ subject: part, verdict: note, ...rest }: Json): Json => ({
  ...rest,
  ...(part !== undefined && { part }),
  ...(note !== undefined && { note }),
});

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mapValues(records: unknown, replace: (record: Json) => Json): unknown {
  if (!isObject(records)) return records;
  return Object.fromEntries(
    Object.entries(records).map(([id, record]) => [id, isObject(record) ? replace(record) : record]),
  );
}

function byId(collection: string, records: unknown, faults: Fault[]): unknown {
  if (!Array.isArray(records)) return records;
  const map = new Map<string, unknown>();
  records.forEach((record: unknown, index) => {
    const given = typeof record === 'object' && record !== null ? (record as Json).id : undefined;
    const id = typeof given === 'string' ? given : `item-${index}`;
    if (map.has(id))
      faults.push({ path: `${collection}.${index}.id`, reason: `"${id}" is the id of an earlier one, too` });
    map.set(id, record);
  });
  return Object.fromEntries(map);
}

export const MIGRATIONS: readonly Migration[] = [listsToMaps, eventsAdded, partsOfExperiments];
