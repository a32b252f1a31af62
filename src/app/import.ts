/**
 * Files come in: read in a worker, so that a large trace never holds up the page.
 *
 *   file ─► worker ─► a whole board: opened as itself · a graph: merged by name, or opened as a new board
 */
import { describeFaults } from '../formats/index.ts';
import {
  applyPatch,
  type Board,
  counterpart,
  emptyBoard,
  insert,
  mergeGraph,
  type Reading,
  spokenOf,
  squashPatches,
} from '../graph/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { isDemo } from './demo.ts';
import { newId } from './ids.ts';
import { readInWorker } from './reader.ts';

const LARGEST_FILE = 50 * 1024 * 1024;

export type Opener = {
  /** Keeps a board on this device and shows it. */
  openNew(board: Board, readOnly: string | null): Promise<void>;
  layOut(): Promise<void>;
};

/** What came of one file, in words. */
type Outcome = { tone: 'info' | 'error'; text: string; details: readonly string[] };

/** Takes files one after the other, and tells of all of them together. */
export async function importFiles(
  workspace: Workspace,
  files: readonly File[],
  opener: Opener,
): Promise<void> {
  const outcomes: Outcome[] = [];
  for (const file of files) {
    const outcome = await importFile(workspace, file, opener);
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

/** @returns null when it was cancelled */
async function importFile(workspace: Workspace, file: File, opener: Opener): Promise<Outcome | null> {
  if (file.size > LARGEST_FILE) {
    const text = `${file.name} is larger than 50 MB and was not read. Nothing has changed.`;
    return { tone: 'error', text, details: [] };
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const run = readInWorker({ id: 0, file: { name: file.name, bytes }, seed: newId() });
  workspace.session({ working: { text: `Reading ${file.name}…`, cancel: run.cancel } });
  const reply = await run.done.finally(() => workspace.session({ working: null }));
  if (!reply) return null;
  const { read } = reply;
  if (!read.ok) {
    const details = read.faults.map(({ path, reason }) => (path ? `${path}: ${reason}` : reason));
    const text = `${describeFaults(read.faults)} Nothing has changed.`;
    return { tone: 'error', text, details: details.length > 1 ? details : [] };
  }
  const details = read.repairs.map(({ path, reason }) => (path ? `${path}: ${reason}` : reason));
  if (read.whole) {
    const newer = 'it was written by a newer Chalkline';
    await opener.openNew(read.board, read.readOnly ? newer : null);
  } else if ((await takeGraph(workspace, read.board, read.readings, opener)) === 'merged') {
    const groups = Object.keys(read.board.groups).length;
    if (groups > 0) details.push(`groups, not drawn on a board that has parts already: ${groups}`);
  }
  const count = Object.keys(read.board.nodes).length;
  const mended =
    details.length > 0 ? `, ${details.length} ${details.length === 1 ? 'remark' : 'remarks'}` : '';
  return { tone: 'info', text: `${file.name}: ${count} nodes${mended}.`, details };
}

/** Onto a board that knows some of its names (merged), or is empty; otherwise onto a new one. */
async function takeGraph(
  workspace: Workspace,
  graph: Board,
  readings: Reading[],
  opener: Opener,
): Promise<'merged' | 'alone'> {
  const { board, readOnly } = workspace.use.getState();
  const isEmpty = Object.keys(board.nodes).length === 0;
  const known = Object.values(graph.nodes).some((node) => counterpart(board, node) !== null);
  if (readOnly !== null || isDemo(board) || !(isEmpty || known)) {
    const start = emptyBoard(newId(), graph.title);
    await opener.openNew(applyPatch(start, importPatch(start, graph, readings)).board, null);
    await opener.layOut();
    return 'alone';
  }
  workspace.begin('import');
  workspace.run('import', (current) => importPatch(current, graph, readings));
  if (isEmpty) await opener.layOut();
  workspace.end();
  return isEmpty ? 'alone' : 'merged';
}

/** What is new, and the file's figures; the simulator is no longer needed where there are real ones. */
function importPatch(board: Board, graph: Board, readings: Reading[]) {
  const { patch, ids } = mergeGraph(board, graph);
  const mapped = spokenOf(readings, {
    node: (id) => ids.nodes.get(id),
    edge: (id) => ids.edges.get(id),
  });
  const simulators = Object.fromEntries(
    Object.entries(board.sources).filter(([, source]) => source.type === 'simulator'),
  );
  const [first] = mapped;
  if (!first) return patch;
  const old = Object.values(board.snapshots).filter(
    (each) => each.imported && each.readings[0]?.provenance.source === first.provenance.source,
  );
  const id = newId();
  const snapshot = {
    id,
    name: first.provenance.label,
    at: first.at,
    window: first.window,
    imported: true as const,
    readings: mapped,
  };
  return squashPatches([
    patch,
    {
      snapshots: { removed: Object.fromEntries(old.map((each) => [each.id, each])) },
      sources: { removed: simulators },
    },
    insert(board, { records: { snapshots: { [id]: snapshot } } }),
  ]);
}
