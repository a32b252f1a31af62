/**
 * A board as JSON text: records by id, fields in the schema's order, so that two saves of one board are equal
 * and diffs are small.
 */
import { type Board, COLLECTIONS, RECORD_SCHEMAS } from './schema.ts';

export function serializeBoard(board: Board): string {
  const { schema, id, title } = board;
  const sorted: Record<string, unknown> = { schema, id, title };
  for (const collection of COLLECTIONS) {
    const records = board[collection] as Record<string, unknown>;
    sorted[collection] = Object.fromEntries(
      Object.keys(records)
        .sort()
        .map((key) => {
          // Parsing writes a record anew in the order of its schema.
          const ordered = RECORD_SCHEMAS[collection].safeParse(records[key]);
          return [key, ordered.success ? ordered.data : records[key]];
        }),
    );
  }
  return `${JSON.stringify(sorted, null, 2)}\n`;
}
