/**
 * Named steps from the boards of older versions to today's. A step takes the plain JSON of version
 * `from` and returns that of `from + 1`; it never drops what it doesn't know.
 */
type Json = Record<string, unknown>;
export type Migration = { from: number; name: string; migrate: (board: Json) => Json };

/** Boards written before the first released schema carried no version and held nodes and edges in lists. */
const listsToMaps: Migration = {
  from: 0,
  name: 'lists-to-maps',
  migrate: (board) => ({ ...board, schema: 1, nodes: byId(board.nodes), edges: byId(board.edges) }),
};

function byId(records: unknown): unknown {
  if (!Array.isArray(records)) return records;
  const entries = records.map((record: unknown, index) => {
    const id = typeof record === 'object' && record !== null ? (record as Json).id : undefined;
    return [typeof id === 'string' ? id : `item-${index}`, record] as const;
  });
  return Object.fromEntries(entries);
}

export const MIGRATIONS: readonly Migration[] = [listsToMaps];
