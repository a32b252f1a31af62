/**
 * Boards on this device: which one is open, what is saved, and which of several tabs may write.
 *
 *   workspace.onPatch ─► journal (disk) and seat (other tabs)      seat ─► workspace.receive
 */
import { type Board, diffBoards, type Id } from '../graph/index.ts';
import { joinBoard, type Seat, type Shelf } from '../sync/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { newId } from './ids.ts';

const LAST_BOARD = 'chalkline.board';
const FOLLOWING = 'this board is being edited in another tab';
const NEWER = 'this board was written by a newer Chalkline';

export type Keeping = ReturnType<typeof createKeeping>;

/** The demo system; its code is only needed on a first visit. */
export const demo = async (): Promise<Board> => (await import('./demo.ts')).demoBoard(newId());

/** The board to begin with: the one open last, else any, else the demo system. */
export async function firstBoard(shelf: Shelf): Promise<{ board: Board; readOnly: string | null }> {
  const last = localStorage.getItem(LAST_BOARD);
  const ids = last ? [last] : (await shelf.list()).map(({ id }) => id);
  for (const id of ids) {
    const loaded = await shelf.load(id);
    if (loaded?.ok) return { board: loaded.board, readOnly: null };
    if (loaded?.reason === 'newer') return { board: loaded.board, readOnly: NEWER };
  }
  const board = await demo();
  await shelf.create(board);
  return { board, readOnly: null };
}

export function createKeeping(workspace: Workspace, shelf: Shelf) {
  let seat: Seat | null = null;
  let endSaving = () => {};
  let forgotten: Id | null = null;
  let sittings = 0;

  workspace.onPatch((patch, origin) => {
    if (origin === 'remote' || seat?.role() !== 'writer') return;
    const { board } = workspace.use.getState();
    shelf.journal(board.id).append(patch, board);
    seat.publish(patch);
  });

  /** Everything about the open board's place on disk and among the tabs. Resolves once its role is known. */
  async function sit(id: Id): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const turn = ++sittings;
    workspace.use.setState({ readOnly: 'it is still being opened' });
    const journal = shelf.journal(id);
    const say = () => workspace.use.setState({ save: journal.state() });
    say();
    endSaving = journal.subscribe(say);
    const mine = await joinBoard(id, {
      tab: newId(),
      async load() {
        const loaded = await shelf.load(id);
        return loaded?.ok ? loaded.board : null;
      },
      board: () => workspace.use.getState().board,
      async flush() {
        await journal.flush();
        return journal.state();
      },
      onBoard(board) {
        if (turn === sittings) workspace.receive(diffBoards(workspace.use.getState().board, board));
      },
      onPatch(patch) {
        if (turn === sittings) workspace.receive(patch);
      },
      onRole(role) {
        if (turn !== sittings) return;
        workspace.use.setState({ readOnly: role === 'writer' ? null : FOLLOWING });
        resolve();
      },
    });
    // another board may have been opened meanwhile
    if (turn !== sittings) return mine.leave();
    seat = mine;
    return promise;
  }

  async function leave(): Promise<void> {
    sittings++;
    endSaving();
    const { board } = workspace.use.getState();
    if (seat && board.id !== forgotten) await seat.leave();
    else void seat?.leave();
    seat = null;
  }

  /** Shows a board that is on disk already. */
  async function show(board: Board, readOnly: string | null): Promise<void> {
    await leave();
    workspace.open(board, readOnly);
    localStorage.setItem(LAST_BOARD, board.id);
    if (readOnly === null) await sit(board.id);
  }

  return {
    show,
    /** Begins with the board that the workspace was made with. */
    begin(readOnly: string | null): void {
      const { board } = workspace.use.getState();
      localStorage.setItem(LAST_BOARD, board.id);
      if (readOnly === null) void sit(board.id);
      else workspace.use.setState({ readOnly });
    },
    /** Keeps a new board and shows it. One whose id is taken gets another: no board is ever overwritten. */
    async openNew(board: Board, readOnly: string | null): Promise<void> {
      if (readOnly !== null) return show(board, readOnly);
      const taken = (await shelf.list()).some(({ id }) => id === board.id);
      const own = taken ? { ...board, id: newId() } : board;
      await shelf.create(own);
      await show(own, null);
    },
    async openBoard(id: Id): Promise<void> {
      const loaded = await shelf.load(id);
      if (!loaded) throw new Error('That board is no longer on this device.');
      if (!loaded.ok && loaded.reason === 'faults')
        throw new Error(`That board can’t be read: ${loaded.faults[0]?.path} ${loaded.faults[0]?.reason}.`);
      await show(loaded.board, loaded.ok ? null : NEWER);
    },
    async removeBoard(id: Id): Promise<void> {
      const isOpen = workspace.use.getState().board.id === id;
      if (isOpen) forgotten = id;
      if (isOpen) await leave();
      await shelf.remove(id);
      if (!isOpen) return;
      const next = await firstBoard({
        ...shelf,
        list: async () => (await shelf.list()).filter((e) => e.id !== id),
      });
      await show(next.board, next.readOnly);
    },
    listBoards: () => shelf.list(),
    async takeOver(): Promise<void> {
      const result = await seat?.takeOver();
      if (result && !result.ok) throw new Error(result.reason);
    },
    /** True when leaving the page now would lose something. */
    isUnsaved: () => workspace.use.getState().save.state !== 'saved',
    flush: () => shelf.journal(workspace.use.getState().board.id).flush(),
  };
}
