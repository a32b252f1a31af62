/**
 * Moments of the past by blocks: asked for together, kept as long as there is room, and their neighbours fetched
 * while nothing else is.
 *
 *   of(moment) ─► block here? ─► its readings
 *                 else wanted ─► (settled for a moment) ─► ask ─► block ─► onChange
 */
import type { EpochMs, Milliseconds, Reading, Stretch } from '../graph/index.ts';
import type { History } from './faces.ts';
import type { Fetched, Moment } from './moment.ts';

/** Moments of a block: many of a small board, few of a large one. */
const BLOCK = { least: 4, most: 60, parts: 12_000 };
/** Readings kept at most; a histogram is about 0.5 kB. */
const MOST_READINGS = 400_000;
/** A block is asked for when it has been wanted for so long: who scrubs fast passes by many. */
const PAUSE: Milliseconds = 80;
/** Sources tell of the last moments late: what was asked so soon after is asked again. */
const SETTLED_AFTER: Milliseconds = 60_000;
const ASK_AGAIN: Milliseconds = 10_000;

type Answer = { frames: ReadonlyMap<EpochMs, readonly Reading[]>; size: number; reason: string | null };
type Block = {
  stretch: Stretch;
  answer: Answer | null;
  /** When it was last asked for; null when it never was. */
  asked: EpochMs | null;
  flight: AbortController | null;
};

export type FramesInput = {
  ask(stretch: Stretch, signal: AbortSignal): Promise<History>;
  now(): EpochMs;
  /** Runs `task` once, `after` ms from now. */
  schedule(task: () => void, after: Milliseconds): () => void;
  /** How many nodes and edges there are. */
  parts(): number;
  onChange(): void;
};

export function createFrames({ ask, now, schedule, parts, onChange }: FramesInput) {
  /** In the order of their last use. */
  const blocks = new Map<string, Block>();
  let wanted: readonly Stretch[] = [];
  let cancel = () => {};

  /** The block that a moment is in, as far as it has come to pass; what stands on no grid stands alone. */
  function stretchOf({ at, step, window }: Moment, beside = 0): Stretch {
    if (step === undefined || at % step !== 0) return { from: at, to: at, step: window, window };
    const count = Math.min(BLOCK.most, Math.max(BLOCK.least, Math.floor(BLOCK.parts / Math.max(1, parts()))));
    const from = (Math.floor(at / step / count) + beside) * count * step;
    const last = Math.floor(now() / step) * step;
    return { from, to: Math.min(from + (count - 1) * step, Math.max(at, last)), step, window };
  }

  function blockOf(stretch: Stretch): Block {
    const key = keyOf(stretch);
    const block = blocks.get(key) ?? { stretch, answer: null, asked: null, flight: null };
    blocks.delete(key);
    blocks.set(key, block);
    return block;
  }

  /** True for a block that should be asked for: never asked, failed, grown, or asked before all was known. */
  function isDue(block: Block, { to }: Stretch): boolean {
    if (block.flight) return false;
    if (block.asked === null) return true;
    const early = block.stretch.to > block.asked - SETTLED_AFTER || block.answer?.reason != null;
    return (early || to > block.stretch.to) && now() - block.asked > ASK_AGAIN;
  }

  /** Asks for what is most wanted and not yet there, one at a time; gives up what nobody wants any more. */
  function pump(): void {
    const chosen = new Set(wanted.map(blockOf));
    for (const block of blocks.values()) if (block.flight && !chosen.has(block)) block.flight.abort();
    if ([...chosen].some((block) => block.flight)) return;
    for (const stretch of wanted) {
      const block = blockOf(stretch);
      if (!isDue(block, stretch)) continue;
      void fetchBlock(block, stretch);
      return;
    }
  }

  async function fetchBlock(block: Block, stretch: Stretch): Promise<void> {
    const flight = new AbortController();
    block.flight = flight;
    const asked = now();
    const history = await ask(stretch, flight.signal);
    if (block.flight !== flight) return;
    block.flight = null;
    if (flight.signal.aborted) return pump();
    Object.assign(block, { stretch, asked, answer: answerOf(history) });
    forget();
    onChange();
    if (block.answer?.reason != null) cancel = schedule(pump, ASK_AGAIN + PAUSE);
    pump();
  }

  /** The least used blocks go until there is room; what is wanted now stays. */
  function forget(): void {
    const kept = new Set(wanted.map(blockOf));
    let size = 0;
    for (const { answer } of blocks.values()) size += answer?.size ?? 0;
    for (const [key, block] of blocks) {
      if (kept.has(block) || block.flight || (size <= MOST_READINGS && block.answer)) continue;
      size -= block.answer?.size ?? 0;
      blocks.delete(key);
    }
  }

  function found(moment: Moment): Fetched {
    const answer = blocks.get(keyOf(stretchOf(moment)))?.answer;
    const reason = answer?.reason ?? null;
    const readings = answer?.frames.get(moment.at);
    if (!readings) return reason === null ? { state: 'coming' } : failed(reason);
    if (readings.length === 0) return failed(reason ?? 'Nothing was measured then.');
    return reason === null ? { state: 'here', readings } : { state: 'here', readings, remark: reason };
  }

  return {
    of: found,
    /** What is looked at now, the most important first: these and their neighbours are fetched, others given up. */
    want(moments: readonly Moment[]): void {
      const beside = moments.filter(({ at, step }) => step !== undefined && at % step === 0);
      wanted = [
        ...moments.map((moment) => stretchOf(moment)),
        ...beside.map((moment) => stretchOf(moment, -1)),
        ...beside.map((moment) => stretchOf(moment, 1)).filter(({ from, to }) => from <= to),
      ];
      cancel();
      cancel = moments.length === 0 ? () => {} : schedule(pump, PAUSE);
      if (moments.length === 0) pump();
    },
    /** Forgets everything: another board, or other sources. */
    clear(): void {
      cancel();
      wanted = [];
      for (const { flight } of blocks.values()) flight?.abort();
      blocks.clear();
    },
  };
}

const keyOf = ({ from, step, window }: Stretch) => `${from} ${step} ${window}`;

const failed = (reason: string): Fetched => ({ state: 'failed', reason });

function answerOf({ frames, problems }: History): Answer {
  return {
    frames: new Map(frames.map(({ at, readings }) => [at, readings])),
    size: frames.reduce((sum, { readings }) => sum + readings.length, 0),
    reason: problems.length > 0 ? problems.join(' ') : null,
  };
}
