/**
 * Files come in: read in a worker, so that a large trace never holds up the page.
 *
 *   files ─► worker ─► a whole board: opened as itself
 *                  └─► graphs, as one ─► onto an empty board · onto another one as a person wants it (reviewing.ts)
 */
import { type FileInput, type FilesRead, joinReads, type Read } from '../formats/index.ts';
import { applyPatch, type Board, counterpart, emptyBoard, importGraph } from '../graph/index.ts';
import type { BroughtFile, ImportReview, Workspace } from '../workspace/index.ts';
import { isDemo } from './demo.ts';
import { newId } from './ids.ts';
import { addedWords, counted, inWords, leftOutOf, notRead } from './import-words.ts';
import { readInWorker } from './reader.ts';
import { type Incoming, review } from './reviewing.ts';

const LARGEST_FILE = 50 * 1024 * 1024;
/** Laying out more of them takes longer than a question may. */
const MOST_ARRANGED = 500;
/** What takes less is not worth a word, ms. */
const SHORT = 300;

export type Opener = {
  /** Keeps a board on this device and shows it. */
  openNew(board: Board, readOnly: string | null): Promise<void>;
  layOut(): Promise<void>;
  /** Lays out a board that is not shown. */
  arrange(board: Board): Promise<Board>;
};

/** What came of one file, or of several that belong together, in words. */
type Outcome = { tone: 'info' | 'error'; text: string; details: readonly string[] };

type Good = Extract<Read, { ok: true }>;

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
  for (const each of together(read ?? [])) {
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
  const text =
    failed > 0 ? `${failed} of ${files.length} files can’t be read.` : `${files.length} files read.`;
  const lines = outcomes.flatMap((each) => [each.text, ...each.details.map((line) => `  ${line}`)]);
  workspace.notify(text, failed > 0 ? 'error' : 'info', lines);
}

/** Boards open as themselves, one after the other; all else that was brought at once is of one system, and is asked about once. */
function together(all: readonly FilesRead[]): FilesRead[] {
  const isGraph = ({ read }: FilesRead) => read.ok && !read.whole;
  const graphs = all.filter(isGraph);
  if (graphs.length < 2) return [...all];
  const files = graphs.flatMap((each) => each.files);
  const read = joinReads(graphs, '', { newId, now: Date.now() });
  return [...all.filter((each) => !isGraph(each)), { files, taken: null, read }];
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
  return readInputs(
    workspace,
    inputs,
    files.length === 1 ? first.name : (first.within ?? `${files.length} files`),
  );
}

async function readInputs(
  workspace: Workspace,
  files: FileInput[],
  what: string,
  canCancel = true,
): Promise<FilesRead[] | null> {
  let done: number | undefined;
  let isLong = false;
  const show = () => {
    isLong = true;
    workspace.session({
      working: {
        text: `Reading ${what}…`,
        ...(canCancel && { cancel: run.cancel }),
        ...(done !== undefined && { done }),
      },
    });
  };
  const run = readInWorker({ id: 0, files, seed: newId() }, (share) => {
    done = share;
    if (isLong) show();
  });
  const late = setTimeout(show, SHORT);
  const reply = await run.done.finally(() => {
    clearTimeout(late);
    if (isLong) workspace.session({ working: null });
  });
  return reply?.reads ?? null;
}

/** What a text would be taken for; null where it is of no known format, and where nobody can tell. */
export async function recognise(workspace: Workspace, text: string): Promise<FilesRead['taken']> {
  const bytes = new TextEncoder().encode(text);
  const reads = await readInputs(workspace, [{ name: 'pasted', bytes }], 'what was pasted', false);
  return reads?.[0]?.taken ?? null;
}

/** @returns null when the person would rather not have it, or not a part of it */
async function take(
  workspace: Workspace,
  { files, read }: FilesRead,
  opener: Opener,
): Promise<Outcome | null> {
  if (!read.ok) {
    const details = inWords(read.faults.map(({ path, reason }) => ({ path, reason })));
    return { tone: 'error', text: notRead(read.faults), details: details.length > 1 ? details : [] };
  }
  const name = files.join(', ');
  const leftOut = leftOutOf(name, read);
  const remarks = inWords(read.repairs);
  if (!read.whole && isAdded(workspace)) {
    const { readings, requests } = read;
    const graph = await placed(workspace, read, opener);
    const incoming = {
      name,
      leftOut,
      remarks: [...remarks, ...groupsNotDrawn(graph)],
      graph,
      readings,
      requests,
    };
    return takeReviewed(workspace, incoming, read, opener);
  }
  if (leftOut && !(await agreed(workspace, leftOut))) return null;
  if (!read.whole) await takeGraph(workspace, read, opener);
  else await opener.openNew(read.board, read.readOnly ? 'it was written by a newer Chalkline' : null);
  return opened(name, read);
}

/** Onto an empty board a graph goes straight in; one that can't be changed, or is nobody's, is left alone. */
function isAdded(workspace: Workspace): boolean {
  const { board, readOnly } = workspace.use.getState();
  return readOnly === null && !isDemo(board) && Object.keys(board.nodes).length > 0;
}

/** What is joined to nothing on the board keeps its places: they must be worth keeping. */
async function placed(
  workspace: Workspace,
  { board: graph, placed: isPlaced }: Good,
  opener: Opener,
): Promise<Board> {
  const { board } = workspace.use.getState();
  const fresh = Object.values(graph.nodes).filter((node) => counterpart(board, node) === null);
  return isPlaced || fresh.length < 2 || fresh.length > MOST_ARRANGED ? graph : opener.arrange(graph);
}

function groupsNotDrawn({ groups }: Board): string[] {
  const count = Object.keys(groups).length;
  return count > 0 ? [`groups, not drawn on a board that has parts already: ${count}`] : [];
}

async function takeReviewed(
  workspace: Workspace,
  incoming: Incoming,
  read: Good,
  opener: Opener,
): Promise<Outcome | null> {
  const { name, graph, leftOut, remarks } = incoming;
  const answer = await review(workspace, incoming);
  if (answer.type === 'left') return null;
  if (answer.type === 'alone') {
    await openAlone(read, opener);
    return opened(name, read);
  }
  if (answer.type === 'added') workspace.view?.reveal(answer.told.fresh.nodes);
  const { text, details } = addedWords(name, graph, answer);
  return { tone: 'info', text, details: [...(leftOut?.faults ?? []), ...remarks, ...details] };
}

function opened(name: string, read: Good): Outcome {
  const details = [...inWords(read.partial ?? []), ...inWords(read.repairs)];
  const remarks = details.length > 0 ? `, ${counted(details.length, 'remark')}` : '';
  return { tone: 'info', text: `${name}: ${Object.keys(read.board.nodes).length} nodes${remarks}.`, details };
}

/** Asks, and waits for the answer. */
function agreed(
  workspace: Workspace,
  { text, faults }: NonNullable<ImportReview['leftOut']>,
): Promise<boolean> {
  workspace.use.getState().session.preview?.cancel();
  workspace.session({ notice: null });
  return new Promise((resolve) => {
    const end = (answer: boolean) => () => {
      workspace.session({ preview: null });
      resolve(answer);
    };
    const words = { apply: 'Take the rest', cancel: 'Leave it' };
    const details = faults.length > 1 ? { details: faults } : {};
    workspace.session({ preview: { text, words, ...details, apply: end(true), cancel: end(false) } });
  });
}

/** Onto the empty board, or else onto one of its own. */
async function takeGraph(workspace: Workspace, read: Good, opener: Opener): Promise<void> {
  const { board, readOnly } = workspace.use.getState();
  if (readOnly !== null || isDemo(board)) return openAlone(read, opener);
  workspace.begin('import');
  workspace.run('import', (current) => importGraph(current, { ...read, graph: read.board, newId }));
  if (!read.placed) await opener.layOut();
  workspace.end();
}

async function openAlone(read: Good, opener: Opener): Promise<void> {
  const start = emptyBoard(newId(), read.board.title);
  const patch = importGraph(start, { ...read, graph: read.board, newId });
  await opener.openNew(applyPatch(start, patch).board, null);
  if (!read.placed) await opener.layOut();
}
