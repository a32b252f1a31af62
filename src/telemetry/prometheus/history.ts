/** What was: the questions of a poll, asked about many moments at once and read as a poll is, moment by moment. */
import { type EpochMs, edgesAt, isCarrier, subjectKey } from '../../graph/index.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { askWithin } from '../polling.ts';
import type { Env, Frame, Stretch } from '../source.ts';
import { createClient } from './client.ts';
import type { PrometheusConfig } from './config.ts';
import { type Known, lookUp, namesBetween } from './known.ts';
import { listenTo, readMoment } from './moment.ts';
import { createReplay } from './replay.ts';
import type { Drawn } from './ways.ts';

/** More points a series Prometheus refuses. */
const MOST_POINTS = 11_000;
/** Samples in one answer: some 15 MB of JSON. */
const MOST_SAMPLES = 400_000;
/** How many series an answer is taken to have before one was seen. */
const SUPPOSED = 2000;
/** How long the answers about one piece of the stretch are waited for. */
const PATIENCE = 30_000;

/** @param known of the server from its polls; null when it was not polled yet */
export async function readHistory(
  config: PrometheusConfig,
  known: Known | null,
  board: Drawn,
  env: Env,
  { from, to, step, window }: Stretch,
  signal: AbortSignal,
  only: ReadonlySet<string> | null,
): Promise<Outcome<Frame[]>> {
  const asked = { ...config, window };
  const names = only && namesAround(board, only);
  const times = momentsOf(from, to, step);
  const frames: Frame[] = [];
  let metrics: readonly string[] | null = null;
  let largest = known?.largest || SUPPOSED;
  for (let i = 0; i < times.length; ) {
    const count = Math.min(MOST_POINTS, Math.max(1, Math.floor(MOST_SAMPLES / largest)));
    const piece = times.slice(i, i + count);
    if (signal.aborted) return failure('was not asked');
    const read = await askWithin(PATIENCE, env, signal, async (pace, met, controller) => {
      const server = (skew: number) => createClient(config.url, env, pace, controller.signal, skew);
      if (known === null) {
        const found = await lookUp(server, window, env);
        if (!found.ok) return found;
        known = found.value;
      }
      if (metrics === null) {
        const found = await namesBetween(server(known.skew), from - window, to);
        if (!found.ok) return found;
        metrics = found.value;
      }
      const { claims, skew } = known;
      const listening = listenTo(metrics, { window, only: names });
      const replay = createReplay(server(skew), piece, step, pace);
      const taken: Frame[] = [];
      for (const at of piece) {
        const hands = { met, giveUp: () => controller.abort() };
        const moment = await readMoment(
          replay,
          asked,
          listening,
          () => board,
          { at, window, claims },
          pace,
          hands,
        );
        if (!moment.ok) return moment;
        const { readings } = moment.value;
        taken.push({
          at,
          readings: only ? readings.filter(({ subject }) => only.has(subjectKey(subject))) : readings,
        });
        await pace();
        if (signal.aborted) return failure('was not asked further');
      }
      largest = Math.max(1, replay.largest());
      return success(taken);
    });
    if (!read.ok) return read;
    frames.push(...read.value);
    i += piece.length;
  }
  return success(frames);
}

/** The moments of a stretch. */
function momentsOf(from: EpochMs, to: EpochMs, step: number): EpochMs[] {
  const count = to >= from && step > 0 ? Math.floor((to - from) / step) + 1 : 0;
  return Array.from({ length: count }, (_, i) => from + i * step);
}

/**
 * All names that traffic of these subjects can have at its ends: theirs, and of what is next to a node or
 * beyond a carrier, whose traffic is told by its far ends.
 */
function namesAround(board: Drawn, only: ReadonlySet<string>): string[] {
  const nodes = new Set<string>();
  const addAround = (id: string) => {
    if (nodes.has(id)) return;
    nodes.add(id);
    if (!isCarrier(board.nodes[id]?.kind)) return;
    for (const { source, target } of edgesAt(board.edges, id)) {
      nodes.add(source);
      nodes.add(target);
    }
  };
  for (const { id, source, target } of Object.values(board.edges))
    if ([`edge:${id}`, `node:${source}`, `node:${target}`].some((key) => only.has(key))) {
      addAround(source);
      addAround(target);
    }
  for (const id of Object.keys(board.nodes)) if (only.has(`node:${id}`)) addAround(id);
  return [...nodes].flatMap((id) => {
    const node = board.nodes[id];
    return node ? [node.name, ...(node.match?.names ?? [])] : [];
  });
}
