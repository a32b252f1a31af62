/** Data frames in their several forms → rows of named values. Names of fields are matched without regard to case. */
import { isObject } from '../format.ts';
import { bracketDepth, parseJson } from '../json.ts';
import { MOST } from '../limits.ts';

type Json = Record<string, unknown>;

/** What a field is called, and what its values are counted in. */
export type Field = { name: string; label: string; unit: string };
export type Row = { at: string; value(name: string): unknown };
export type Table = {
  fields: Field[];
  rows: Row[] /** Told by a schema, not by the looks of a list. */;
  isFrame: boolean;
};
export type NodeGraph = { nodes: Table | null; edges: Table };

/** The graph in a JSON value; null where there are no edges in it, or it is something else. */
export function graphIn(value: unknown): NodeGraph | null {
  if (isObject(value) && typeof value.schema === 'number') return null;
  const tables = [...tablesIn(value, '', 0)];
  const edges = tables.filter(isEdges);
  const nodes = tables.filter((table) => isNodes(table) && !isEdges(table));
  // Other programs have lists of nodes and edges as well.
  if (!nodes.every(({ isFrame, fields }) => isFrame || fields.some(({ name }) => TELLING.test(name))))
    return null;
  if (edges.length === 0 && nodes.length === 0) return null;
  return { nodes: joined(nodes), edges: joined(edges) ?? { fields: [], rows: [], isFrame: false } };
}
const TELLING = /^(?:title|subtitle|mainstat|secondarystat|arc__.*)$/;

const names = ({ fields }: Table) => new Set(fields.map(({ name }) => name));
const isEdges = (table: Table) =>
  ['source', 'target'].every((name) => names(table).has(name)) && names(table).has('id');
const isNodes = (table: Table) =>
  names(table).has('id') &&
  !names(table).has('source') &&
  [...names(table)].some((name) => TELLING.test(name) || !table.isFrame);
function joined(tables: readonly Table[]): Table | null {
  const [first, ...more] = tables;
  return first ? { ...first, rows: [first, ...more].flatMap(({ rows }) => rows) } : null;
}

const DEEPEST = 8;

/** Frames wherever they stand: `results.A.frames`, `series`, `data`, a list of them. */
function* tablesIn(value: unknown, path: string, depth: number): Generator<Table> {
  if (depth > DEEPEST) return;
  if (typeof value === 'string' && path.endsWith('.rawFrameContent')) {
    const parsed = bracketDepth(value) > MOST.depth ? null : parseJson(value);
    if (parsed?.ok) yield* tablesIn(parsed.value, path.replace('.raw', ': raw'), depth + 1);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const inside = (key: string | number) => (path === '' ? String(key) : `${path}.${key}`);
  // A dashboard's panels have ids and titles as nodes have.
  const isOfPanels = /(?:^|\.)(?:panels|targets)$/.test(path);
  const frame = frameIn(value as Json, path) ?? (isOfPanels ? null : listIn(value, path));
  if (frame) return yield frame;
  const holders = Array.isArray(value)
    ? [...value.slice(0, 100).entries()]
    : HOLDERS.flatMap((key) => (Object.hasOwn(value, key) ? [[key, (value as Json)[key]] as const] : []));
  const results = isObject(value) && isObject(value.results) ? Object.entries(value.results) : [];
  for (const [key, each] of holders) yield* tablesIn(each, inside(key), depth + 1);
  for (const [key, each] of results) yield* tablesIn(each, inside(`results.${key}`), depth + 1);
}
const HOLDERS = [
  ...['nodes', 'edges', 'frames', 'series', 'data', 'nodeGraph'],
  // dashboards that were shared as a snapshot, or that hold their data themselves
  ...['dashboard', 'panels', 'targets', 'snapshotData', 'snapshot', 'rawFrameContent'],
];

/** `{schema: {fields}, data: {values}}`, as answers have it; `{fields: [{name, values}]}`, as panels do. */
function frameIn(value: Json, path: string): Table | null {
  const schema = isObject(value.schema) ? value.schema : value;
  if (!Array.isArray(schema.fields) || !schema.fields.every(isObject)) return null;
  const described: Json[] = schema.fields;
  const own = isObject(value.data) && Array.isArray(value.data.values) ? value.data.values : null;
  const columns = described.map((field, i) => {
    const values: unknown = own ? own[i] : field.values;
    // Older panels wrap them.
    return isObject(values) && Array.isArray(values.buffer)
      ? values.buffer
      : Array.isArray(values)
        ? values
        : [];
  });
  const fields = described.map(fieldOf);
  const index = new Map(fields.map(({ name }, i) => [name, i]));
  const length = columns.reduce((most, { length }) => Math.max(most, length), 0);
  const rows = Array.from(
    { length },
    (_, i): Row => ({
      at: path === '' ? `row ${i}` : `${path} row ${i}`,
      value: (name) => columns[index.get(name) ?? -1]?.[i],
    }),
  );
  return { fields, rows, isFrame: true };
}

function fieldOf(field: Json): Field {
  const config = isObject(field.config) ? field.config : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const name = text(field.name).toLowerCase();
  return { name, label: text(config.displayName) || text(field.name), unit: text(config.unit) };
}

/** A list of objects with ids. */
function listIn(value: object, path: string): Table | null {
  if (
    !Array.isArray(value) ||
    value.length === 0 ||
    !value.every((each) => isObject(each) && !('fields' in each) && 'id' in each)
  )
    return null;
  const keys = [...new Set(value.slice(0, 1000).flatMap((each: Json) => Object.keys(each)))];
  const rows = value.map((each: Json, i): Row => {
    const lower = new Map(Object.entries(each).map(([key, held]) => [key.toLowerCase(), held]));
    return { at: path === '' ? String(i) : `${path}.${i}`, value: (name) => lower.get(name) };
  });
  const fields = keys.map((key) => ({ name: key.toLowerCase(), label: key, unit: '' }));
  return { fields, rows, isFrame: false };
}
