/** A board as JSON text: stable order, so that two saves of one board are equal and diffs are small. */
import { type Board, COLLECTIONS } from './schema.ts';

export function serializeBoard(board: Board): string {
  const { schema, id, title } = board;
  const sorted: Record<string, unknown> = { schema, id, title };
  for (const collection of COLLECTIONS) {
    const records = board[collection] as Record<string, unknown>;
    sorted[collection] = Object.fromEntries(
      Object.keys(records)
        .sort()
        .map((key) => [key, records[key]]),
    );
  }
  return `${JSON.stringify(sorted, null, 2)}\n`;
}
