/**
 * Snapshots as people name them: by a name or id in the board, as BOARD#NAME in another, or as a file: one that `record`
 * wrote, a board with one in it, or anything that holds figures (traces, logs). Whatever they speak of is found on the
 * board by its names.
 */
import { stat } from 'node:fs/promises';
import {
  type Board,
  choicesFor,
  faultsOf,
  type Id,
  mergeGraph,
  type Reading,
  type Snapshot,
  snapshotSchema,
  spokenOf,
} from '../graph/index.ts';
import { Failure } from './command.ts';
import { readInput, STDIN, warn } from './files.ts';
import { type Loaded, load, loadBoard } from './load.ts';

/**
 * @param named a name or id in the board, the latest of its name; `BOARD#NAME`; or a file
 * @throws Failure, with what there is
 */
export async function snapshotOf(board: Board, named: string): Promise<Snapshot> {
  const held = heldIn(board, named);
  if (held) return held;
  const apart = await snapshotApart(named);
  if (apart) {
    const other = (await loadBoard(apart.file, false)).board;
    return spokenOn(board, other, await snapshotOf(other, apart.name), apart.file);
  }
  if (named === STDIN || (await isThere(named))) return snapshotIn(board, named);
  throw new Failure(`There is no snapshot “${named}”, and no such file. ${namesIn(board)}.`);
}

const namesIn = ({ snapshots }: Board): string => {
  const names = Object.values(snapshots).map(({ name }) => name);
  return names.length === 0 ? 'The board holds none' : `The board holds: ${names.join(', ')}`;
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** By its id or name, or by the file that it was read from. */
function heldIn({ snapshots }: Board, named: string): Snapshot | undefined {
  const all = Object.values(snapshots).sort((a, b) => b.at - a.at);
  const isFrom = ({ name }: Snapshot) => name.endsWith(` ${named}`) || name.endsWith(`/${named}`);
  const from = all.filter((each) => each.imported && isFrom(each));
  return (
    all.find(({ id, name }) => id === named || name === named) ?? (from.length === 1 ? from[0] : undefined)
  );
}

/** The parts of `BOARD#NAME`; null where it is none. Either of them may have a # of its own. */
export async function snapshotApart(path: string): Promise<{ file: string; name: string } | null> {
  if (!path.includes('#') || (await isThere(path))) return null;
  for (let at = path.indexOf('#'); at !== -1; at = path.indexOf('#', at + 1)) {
    const [file, name] = [path.slice(0, at), path.slice(at + 1)];
    if (file !== '' && name !== '' && (file === STDIN || (await isThere(file)))) return { file, name };
  }
  return null;
}

/** What a file holds, as one snapshot of what is on the board. */
async function snapshotIn(board: Board, path: string): Promise<Snapshot> {
  if (path.endsWith('.json') || path === STDIN) {
    const recorded = await snapshotFile(path);
    if (recorded) return recorded;
  }
  const read = await load([path], { partial: true });
  if (!read.whole) return spokenOn(board, read.board, figuresOf(read, path), path);
  const [only, ...more] = Object.values(read.board.snapshots);
  if (!only) throw withoutFigures(path);
  if (more.length === 0) return spokenOn(board, read.board, only, path);
  throw new Failure(`${path} does not say which snapshot: ${path}#NAME. ${namesIn(read.board)}.`);
}

const withoutFigures = (path: string) => new Failure(`${path} holds no figures: nothing in it was measured.`);

/** All figures of a file that is no board. @throws Failure where it has none */
function figuresOf({ readings, context }: Loaded, path: string): Snapshot {
  if (readings.length === 0) throw withoutFigures(path);
  const at = Math.max(...readings.map((each) => each.at));
  const since = Math.min(...readings.map((each) => each.at - each.window));
  return { id: context.newId(), name: path, at, window: at - since, readings: [...readings] };
}

/** A snapshot of one board, of the parts of another that go by the same names. */
export function spokenOn(board: Board, from: Board, snapshot: Snapshot, path: string): Snapshot {
  if (from === board) return snapshot;
  const { ids } = mergeGraph(board, from, choicesFor(board, from));
  const here = (to: ReadonlyMap<Id, Id>, drawn: Record<Id, unknown>) => (id: Id) => {
    const known = to.get(id);
    return known !== undefined && known in drawn ? known : null;
  };
  const find = { node: here(ids.nodes, board.nodes), edge: here(ids.edges, board.edges) };
  const readings: Reading[] = spokenOf(snapshot.readings, find);
  if (readings.length === 0)
    throw new Failure(`${path} has no figures of what is on the board: it draws nothing of the same name.`);
  const undrawn = new Set(
    snapshot.readings
      .map(({ subject }) => subject.id)
      .filter((id) => {
        return id in from.nodes && find.node(id) === null;
      }),
  );
  if (undrawn.size > 0)
    warn(
      `${path}: figures of what is not drawn, left out: ${[...undrawn].map((id) => from.nodes[id]!.name).join(', ')}`,
    );
  return { ...snapshot, readings };
}

/** A snapshot in a file of its own; null where the file is something else. @throws Failure where it is a broken one */
export async function snapshotFile(path: string): Promise<Snapshot | null> {
  const [file] = await readInput(path);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(file!.bytes));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('readings' in value) || 'nodes' in value) return null;
  const result = snapshotSchema.safeParse(value);
  if (result.success) return result.data;
  const [fault] = faultsOf(result.error);
  throw new Failure(`${path} can’t be read, at ${fault!.path}: is no snapshot: ${fault!.reason}.`);
}
