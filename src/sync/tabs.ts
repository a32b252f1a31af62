/**
 * Several tabs on one board: one writes, the others follow it.
 *
 *   Web Lock of the board ─ held by ─► writer ─ patch, board ─► BroadcastChannel ─► followers
 *   follower ─ hello ─► the writer answers with the whole board
 *   follower ─ take ─► the writer stops, saves the rest, answers "released", lets go of the lock
 *
 * Every follower waits for the lock, so when the writer's tab closes or crashes the next one writes. A tab
 * that asked to take over goes before the others: they let the lock go on when it falls to them. The lock is
 * stolen only from a tab that does not answer. Whoever becomes the writer reads the board from disk first.
 */
import { type Board, type Id, loadBoard, type Milliseconds, parsePatch } from '../graph/index.ts';
import { type Message, parseMessage } from './messages.ts';
import type { Role, Seat, SeatOptions, TakeOver } from './seat.ts';

type Timer = ReturnType<typeof setTimeout>;

/** Takes a seat at a board; `onRole` tells which. */
export function joinBoard(id: Id, options: SeatOptions): Seat {
  const locks = 'locks' in options ? options.locks : globalThis.navigator?.locks;
  const openChannel =
    'openChannel' in options
      ? options.openChannel
      : typeof BroadcastChannel === 'function' && ((name: string) => new BroadcastChannel(name));
  return locks && openChannel ? sharedSeat(id, options, locks, openChannel) : singleSeat(options);
}

function singleSeat({ load, onBoard, onRole, flush }: SeatOptions): Seat {
  let role: Role = 'joining';
  let left = false;
  void orNull(load()).then((board) => {
    if (left) return;
    role = 'writer';
    if (board) onBoard(board);
    onRole('writer');
  });
  return {
    role: () => role,
    single: true,
    publish() {},
    takeOver: async () => ({ ok: true }),
    async leave() {
      left = true;
      await flush();
    },
  };
}

const orNull = (board: Promise<Board | null>) => board.catch(() => null);

function sharedSeat(
  id: Id,
  options: SeatOptions,
  locks: LockManager,
  openChannel: (name: string) => BroadcastChannel,
): Seat {
  const { tab: me, onBoard, onPatch, onRole, patience = 3000 } = options;
  const name = `chalkline:board:${id}`;
  const channel = openChannel(name);
  let role: Role = 'joining';
  let left = false;
  let single = false;
  /** The last patch sent, or as a follower the last one heard, and whose. */
  let seq = 0;
  let writer: string | null = null;
  /** Lets go of the lock; null while this tab doesn't hold it. */
  let release: (() => void) | null = null;
  let queued: AbortController | null = null;
  /** Who asked to take over and goes first. */
  let heir: string | null = null;
  let taking: { promise: Promise<TakeOver>; end(result: TakeOver): void; timer: Timer } | null = null;

  const post = (message: Message) => {
    if (!left) channel.postMessage(message);
  };
  const announce = (to: string | null) =>
    post({ type: 'board', writer: me, seq, board: options.board(), to });

  function follow(): void {
    release = null;
    role = 'follower';
    writer = null;
    onRole('follower');
    post({ type: 'hello', from: me });
    // The disk until the writer answers, which a frozen tab doesn't.
    void orNull(options.load()).then((board) => {
      if (board && role === 'follower' && writer === null && !left) onBoard(board);
    });
  }

  async function hold(): Promise<void> {
    if (left) return;
    await new Promise<void>((resolve) => {
      release = resolve;
      void promote(resolve);
    });
  }

  async function promote(mine: () => void): Promise<void> {
    const board = await orNull(options.load());
    if (left || release !== mine) return;
    if (heir !== null && heir !== me) {
      // Asked only after reading, as the lock may come before the word of who asked for it. The heir waits
      // in line, too: letting go once is enough to let it through.
      heir = null;
      return mine();
    }
    if (board) onBoard(board);
    role = 'writer';
    seq = 0;
    heir = null;
    onRole('writer');
    announce(null);
    endTaking({ ok: true });
  }

  /** Waits in line for the lock, again and again until this tab leaves. */
  async function queue(): Promise<void> {
    while (!left) {
      queued = new AbortController();
      const { signal } = queued;
      const error: unknown = await locks.request(name, { signal }, hold).then(
        () => null,
        (reason) => reason,
      );
      if (signal.aborted) return;
      // Anything but a theft would only fail again: the page is going away.
      if (error && (error as DOMException).name !== 'AbortError') return;
      // Handed over, or stolen from this tab.
      if (role === 'writer') follow();
      release = null;
    }
  }

  async function steal(): Promise<void> {
    if (release) return;
    queued?.abort();
    await locks.request(name, { steal: true }, hold).catch(() => {});
    if (left) return;
    if (role === 'writer') follow();
    release = null;
    await queue();
  }

  function stealAfter(wait: Milliseconds): Timer {
    return setTimeout(() => void steal(), wait);
  }

  function endTaking(result: TakeOver): void {
    if (!taking) return;
    clearTimeout(taking.timer);
    taking.end(result);
    taking = null;
  }

  function ask(): void {
    if (!taking) return;
    clearTimeout(taking.timer);
    taking.timer = stealAfter(patience);
    heir = me;
    post({ type: 'take', from: me });
  }

  async function handOver(to: string): Promise<void> {
    post({ type: 'releasing', to });
    role = 'follower';
    onRole('follower');
    const { state, reason } = await options.flush();
    if (left || !release) return;
    if (state === 'saved') {
      heir = to;
      post({ type: 'released', to });
      writer = null;
      release();
      return;
    }
    role = 'writer';
    onRole('writer');
    const why = reason ?? 'it is not saved yet';
    post({ type: 'refused', to, reason: `The other tab keeps the board, as it has unsaved changes: ${why}` });
    announce(null);
  }

  function hear(message: Message): void {
    switch (message.type) {
      case 'hello':
        if (role === 'writer') announce(message.from);
        return;
      case 'take':
        if (role === 'writer') void handOver(message.from);
        else if (!taking) heir = message.from;
        return;
      case 'releasing':
        if (taking && message.to === me) {
          clearTimeout(taking.timer);
          taking.timer = stealAfter(patience * 10);
        }
        return;
      case 'released':
        heir = message.to;
        return;
      case 'refused':
        heir = null;
        if (message.to === me) endTaking({ ok: false, reason: message.reason });
        else ask();
        return;
      case 'board':
        hearBoard(message);
        return;
      case 'patch':
        hearPatch(message);
        return;
    }
  }

  function hearBoard(message: Extract<Message, { type: 'board' }>): void {
    if (role !== 'follower' || (message.to !== null && message.to !== me)) return;
    const loaded = loadBoard(message.board, id);
    if (!loaded.ok && loaded.reason === 'faults') return;
    const isNew = message.writer !== writer;
    ({ writer, seq } = message);
    onBoard(loaded.board);
    if (!isNew || message.to !== null) return;
    heir = null;
    // Somebody else was quicker: ask the new writer.
    ask();
  }

  function hearPatch(message: Extract<Message, { type: 'patch' }>): void {
    if (role !== 'follower' || (message.writer === writer && message.seq <= seq)) return;
    const parsed = parsePatch(message.patch);
    if (message.writer === writer && message.seq === seq + 1 && parsed.ok) {
      seq = message.seq;
      onPatch(parsed.patch, seq);
    } else post({ type: 'hello', from: me });
  }

  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = parseMessage(data);
    if (message && !left) hear(message);
  };
  locks
    .request(name, { ifAvailable: true }, async (lock) => {
      if (lock) await hold();
    })
    .then(
      () => true,
      (error: DOMException) => error.name === 'AbortError',
    )
    .then((shared) => {
      if (left) return;
      if (!shared) {
        // The browser has locks and grants none to this page.
        single = true;
        release = () => {};
        return promote(release);
      }
      if (role !== 'follower') follow();
      release = null;
      return queue();
    });

  return {
    role: () => role,
    get single() {
      return single;
    },
    publish(patch) {
      if (role === 'writer') post({ type: 'patch', writer: me, seq: ++seq, patch });
    },
    takeOver() {
      if (role === 'writer') return Promise.resolve({ ok: true });
      if (!taking) {
        const { promise, resolve: end } = Promise.withResolvers<TakeOver>();
        taking = { promise, end, timer: stealAfter(patience) };
        ask();
      }
      return taking.promise;
    },
    async leave() {
      if (role === 'writer') await options.flush();
      left = true;
      endTaking({ ok: false, reason: 'This tab has left the board.' });
      heir = null;
      channel.close();
      queued?.abort();
      release?.();
    },
  };
}
