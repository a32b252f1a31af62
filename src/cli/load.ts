/** From files to one board, and from a graph without places to one that is laid out. */
import { createHash } from 'node:crypto';
import {
  describeFaults,
  type FileInput,
  FORMATS,
  formatOf,
  joinReads,
  type Read,
  type ReadContext,
  readFiles,
} from '../formats/index.ts';
import { applyLayout, applyPatch, type Board, emptyBoard, type Id, importGraph } from '../graph/index.ts';
import { createLayoutEngine, type Direction } from '../layout/index.ts';
import { Failure } from './command.ts';
import { readInput, warn } from './files.ts';
import { namedLike } from './likeness.ts';
import { namedFromHere } from './within.ts';

export type Loaded = Extract<Read, { ok: true }> & { context: ReadContext };

/**
 * Ids that the same files are given each time, so that what is kept in a repository changes only where they do.
 * @param besides what else the ids must not be taken in
 */
function contextFor(files: readonly FileInput[], besides: string): ReadContext {
  const hash = createHash('sha256').update(besides);
  for (const { name, bytes } of files) hash.update(name).update(bytes);
  const seed = hash.digest('base64url').slice(0, 10);
  let count = 0;
  return { newId: (): Id => `${seed}-${(count++).toString(36)}`, now: Date.now() };
}

export type LoadOptions = {
  /** Id of the format to read everything as. */
  from?: string | undefined;
  /** Take what can be read where some can't. */
  partial?: boolean;
  /** Text of the board that it is to come onto. */
  onto?: string;
};

/**
 * Everything that these paths hold, as one board; remarks go to standard error.
 * @throws Failure where it can't be read, or only in part and nobody agreed to that
 */
export async function load(
  paths: readonly string[],
  { from, partial = false, onto = '' }: LoadOptions = {},
): Promise<Loaded> {
  if (from !== undefined && !formatOf(from)) {
    const ids = FORMATS.filter(({ read, readMany }) => read ?? readMany).map(({ id }) => id);
    throw new Failure(
      `${paths[0]} can’t be read: there is no format “${from}”${namedLike(from, ids)}. chalkline formats lists them.`,
    );
  }
  const files: FileInput[] = [];
  for (const path of paths) files.push(...(await readInput(path)));
  const context = contextFor(files, onto);
  const reads = namedFromHere(readFiles(files, context, from), files);
  const read = joinReads(reads, paths[0]!, context);
  if (!read.ok) throw new Failure(describeFaults(read.faults));
  if (read.partial && !partial)
    throw new Failure(`${describeFaults(read.partial)} --partial takes the rest.`);
  for (const { file, path, reason } of read.partial ?? [])
    warn(`left out: ${[file, path, reason].filter(Boolean).join(': ')}`);
  for (const { path, reason } of read.repairs) warn([path, reason].filter(Boolean).join(': '));
  if (read.readOnly)
    warn('the board was written by a newer Chalkline; what this one does not know is left out');
  return { ...read, context };
}

/**
 * A board that is to be written again.
 * @throws Failure where that would leave out what a newer program has written into it
 */
export async function loadToChange(path: string, from?: string): Promise<Board> {
  const read = await load([path], { from });
  if (read.readOnly)
    throw new Failure(`${path} can’t be changed: it was written by a newer Chalkline than this one.`);
  return boardOf(read, null, false);
}

/**
 * A board, or anything that can be read as one, with its figures in it.
 * @param isSeen lay out what its file gives no places
 */
export async function loadBoard(path: string, isSeen: boolean): Promise<{ board: Board }> {
  const read = await load([path], { partial: true });
  return { board: await boardOf(read, null, isSeen) };
}

/**
 * What was read as a board of its own, or onto another.
 * @param isSeen lay out what has no places
 */
export async function boardOf(read: Loaded, onto: Board | null, isSeen = true): Promise<Board> {
  const { board: graph, whole, placed, context } = read;
  if (whole && !onto) return graph;
  const start = onto ?? emptyBoard(graph.id, graph.title);
  const { board } = applyPatch(start, importGraph(start, { ...read, graph, newId: context.newId }));
  const wasEmpty = Object.keys(start.nodes).length === 0;
  return wasEmpty && !placed && isSeen ? layOut(board, 'RIGHT') : board;
}

/** @throws Failure when the layout fails */
export async function layOut(board: Board, direction: Direction): Promise<Board> {
  if (Object.keys(board.nodes).length === 0) return board;
  // most of what the program weighs, and not always needed
  const { createElk } = await import('../layout/node.ts');
  const engine = createLayoutEngine({ createElk });
  const result = await engine.layout(board, { direction, deadline: 120_000 });
  engine.dispose();
  if (result.outcome === 'done') return applyPatch(board, applyLayout(board, result)).board;
  throw new Failure(result.outcome === 'failed' ? result.reason : 'The layout was cancelled.');
}
