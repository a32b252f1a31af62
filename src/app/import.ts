/**
 * Files come in: read in a worker, so that a large trace never holds up the page.
 *
 *   files ─► worker ─► a whole board: opened as itself · a graph: merged by name, or opened as a new board
 */
import { describeFaults, type FileInput, type FilesRead, type Read } from '../formats/index.ts';
import { applyPatch, type Board, counterpart, emptyBoard, importGraph } from '../graph/index.ts';
import type { BroughtFile, Workspace } from '../workspace/index.ts';
import { isDemo } from './demo.ts';
import { newId } from './ids.ts';
import { readInWorker } from './reader.ts';

const LARGEST_FILE = 50 * 1024 * 1024;

export type Opener = {
  /** Keeps a board on this device and shows it. */
  openNew(board: Board, readOnly: string | null): Promise<void>;
  layOut(): Promise<void>;
};

/** What came of one file, or of several that belong together, in words. */
type Outcome = { tone: 'info' | 'error'; text: string; details: readonly string[] };

/** Takes files, those that belong together as one, and tells of all of them together. */
export async function importFiles(
  workspace: Workspace,
  files: readonly BroughtFile[],
  opener: Opener,
): Promise<void> {
  const outcomes: Outcome[] = files.flatMap(({ name, file }) =>
    file.size > LARGEST_FILE ? tooLarge(name) : [],
  );
  const read = await readAll(
    workspace,
    files.filter(({ file }) => file.size <= LARGEST_FILE),
  );
  for (const each of read ?? []) {
    const outcome = await take(workspace, each, opener);
    if (outcome) outcomes.push(outcome);
  }
  const [only] = outcomes;
  if (!only) return;
  if (outcomes.length === 1) {
    const { text, tone, details } = only;
    return workspace.notify(text, tone, details.length > 0 ? details : undefined);
  }
  const failed = outcomes.filter(({ tone }) => tone === 'error').length;
  const text = `${outcomes.length} files: ${outcomes.length - failed} read, ${failed} not.`;
  const lines = outcomes.flatMap((each) => [each.text, ...each.details.map((line) => `  ${line}`)]);
  workspace.notify(text, failed > 0 ? 'error' : 'info', lines);
}

const tooLarge = (name: string): Outcome => {
  const text = `${name} is larger than 50 MB and was not read. Nothing has changed.`;
  return { tone: 'error', text, details: [] };
};

/** @returns null when it was cancelled */
async function readAll(workspace: Workspace, files: readonly BroughtFile[]): Promise<FilesRead[] | null> {
  const [first] = files;
  if (!first) return null;
  const inputs = await Promise.all(
    files.map(async ({ name, within, file }): Promise<FileInput> => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return { name, bytes, ...(within !== undefined && { within }) };
    }),
  );
  const run = readInWorker({ id: 0, files: inputs, seed: newId() });
  const what = files.length === 1 ? first.name : `${files.length} files`;
  workspace.session({ working: { text: `Reading ${what}…`, cancel: run.cancel } });
  const reply = await run.done.finally(() => workspace.session({ working: null }));
  return reply?.reads ?? null;
}

/** What a text would be taken for; null where it is of no known format, and where nobody can tell. */
export async function recognise(text: string): Promise<FilesRead['taken']> {
  const bytes = new TextEncoder().encode(text);
  const reply = await readInWorker({ id: 0, files: [{ name: 'pasted', bytes }], seed: newId() }).done;
  return reply?.reads[0]?.taken ?? null;
}

const inWords = (faults: readonly { file?: string; path: string; reason: string }[]) =>
  faults.map(({ file, path, reason }) => [file, path, reason].filter(Boolean).join(': '));

/** @returns null when the person would rather not have a part of it */
async function take(
  workspace: Workspace,
  { files, read }: FilesRead,
  opener: Opener,
): Promise<Outcome | null> {
  if (!read.ok) {
    const details = inWords(read.faults.map(({ path, reason }) => ({ path, reason })));
    const text = `${describeFaults(read.faults)} Nothing has changed.`;
    return { tone: 'error', text, details: details.length > 1 ? details : [] };
  }
  const name = files.join(', ');
  const { partial = [] } = read;
  if (
    partial.length > 0 &&
    !(await agreed(workspace, `${describeFaults(partial)} The rest of ${name} can be taken.`))
  )
    return null;
  const details = [...inWords(partial), ...inWords(read.repairs)];
  if (read.whole) {
    const newer = 'it was written by a newer Chalkline';
    await opener.openNew(read.board, read.readOnly ? newer : null);
  } else if ((await takeGraph(workspace, read, opener)) === 'merged') {
    const groups = Object.keys(read.board.groups).length;
    if (groups > 0) details.push(`groups, not drawn on a board that has parts already: ${groups}`);
  }
  const count = Object.keys(read.board.nodes).length;
  const mended =
    details.length > 0 ? `, ${details.length} ${details.length === 1 ? 'remark' : 'remarks'}` : '';
  return { tone: 'info', text: `${name}: ${count} nodes${mended}.`, details };
}

/** Asks, and waits for the answer. */
function agreed(workspace: Workspace, text: string): Promise<boolean> {
  workspace.use.getState().session.preview?.cancel();
  return new Promise((resolve) => {
    const end = (answer: boolean) => () => {
      workspace.session({ preview: null });
      resolve(answer);
    };
    workspace.session({ preview: { text, apply: end(true), cancel: end(false) } });
  });
}

/** Onto a board that knows some of its names (merged), or is empty; otherwise onto a new one. */
async function takeGraph(
  workspace: Workspace,
  read: Extract<Read, { ok: true }>,
  opener: Opener,
): Promise<'merged' | 'alone'> {
  const { board: graph, placed } = read;
  const { board, readOnly } = workspace.use.getState();
  const isEmpty = Object.keys(board.nodes).length === 0;
  const known = Object.values(graph.nodes).some((node) => counterpart(board, node) !== null);
  const imported = (current: Board) => importGraph(current, { ...read, graph, newId });
  if (readOnly !== null || isDemo(board) || !(isEmpty || known)) {
    const start = emptyBoard(newId(), graph.title);
    await opener.openNew(applyPatch(start, imported(start)).board, null);
    if (!placed) await opener.layOut();
    return 'alone';
  }
  workspace.begin('import');
  workspace.run('import', imported);
  if (isEmpty && !placed) await opener.layOut();
  workspace.end();
  return isEmpty ? 'alone' : 'merged';
}
