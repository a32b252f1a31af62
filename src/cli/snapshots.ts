/** Snapshots as people name them: by a name or id in the board, or a file of their own. */
import { type Board, faultsOf, type Snapshot, snapshotSchema } from '../graph/index.ts';
import { Failure } from './command.ts';
import { readInput } from './files.ts';

/**
 * @param named a name or id in the board, the latest of its name; or a file that `record` wrote
 * @throws Failure, with what there is
 */
export async function snapshotOf(board: Board, named: string): Promise<Snapshot> {
  const held = Object.values(board.snapshots);
  const alike = held.filter(({ id, name }) => id === named || name === named);
  const [latest] = alike.sort((a, b) => b.at - a.at);
  if (latest) return latest;
  if (named.endsWith('.json') || named === '-') return snapshotFile(named);
  const there =
    held.length === 0 ? 'The board holds none' : `There are ${held.map(({ name }) => name).join(', ')}`;
  throw new Failure(`There is no snapshot “${named}”. ${there}; a file of one ends in .json.`);
}

/** A snapshot in a file of its own. @throws Failure */
export async function snapshotFile(path: string): Promise<Snapshot> {
  const [file] = await readInput(path);
  const text = new TextDecoder().decode(file!.bytes);
  const parsed = snapshotIn(text);
  if ('snapshot' in parsed) return parsed.snapshot;
  throw new Failure(`${path} can’t be read${parsed.at && `, at ${parsed.at}`}: ${parsed.reason}.`);
}

/** The snapshot that a text is; or what is wrong with it, and where. */
function snapshotIn(text: string): { snapshot: Snapshot } | { at: string; reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { at: '', reason: `is no snapshot: ${error instanceof Error ? error.message : String(error)}` };
  }
  const result = snapshotSchema.safeParse(value);
  if (result.success) return { snapshot: result.data };
  const [fault] = faultsOf(result.error);
  return { at: fault!.path, reason: `is no snapshot: ${fault!.reason}` };
}
