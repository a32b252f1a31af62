/** What was: the traces of a stretch, fetched piece by piece and told moment by moment. */
import { type Board, bindObserved, type EpochMs, subjectKey } from '../../graph/index.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { askWithin } from '../polling.ts';
import type { Env, Frame, Stretch } from '../source.ts';
import { labelOf, type TracesConfig } from './config.ts';
import { honest, lookAt, type Moment } from './look.ts';
import { type Limits, type Services, servicesOf } from './take.ts';

/** Asked about one stretch: beyond it, what is cut short stays so. */
const MOST_QUESTIONS = 60;
/** How long the answers about one piece of the stretch are waited for. Milliseconds. */
const PATIENCE = 30_000;

export async function readHistory(
  config: TracesConfig,
  limits: Limits,
  board: Pick<Board, 'nodes' | 'edges'>,
  env: Env,
  { from, to, step, window }: Stretch,
  signal: AbortSignal,
  only: ReadonlySet<string> | null,
): Promise<Outcome<Frame[]>> {
  const moments: Moment[] = [];
  for (let at: EpochMs = from; at <= to && step > 0; at += step) moments.push({ at, window });
  const services = await askWithin<Services>(PATIENCE, env, signal, (_pace, _met, asking) =>
    servicesOf(config, board, env, asking.signal),
  );
  if (!services.ok) return failure(`${labelOf(config)} ${services.reason}.`);
  const { asked } = services.value;
  if (asked.length === 0) return success(moments.map(({ at }) => ({ at, readings: [] })));

  let questions = 0;
  const frames: Frame[] = [];
  const pieces = moments.length > 0 ? [moments] : [];
  for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
    if (signal.aborted) return failure(`${labelOf(config)} was not asked further.`);
    questions += asked.length;
    const stretch = { from: piece[0]!.at - window, to: piece.at(-1)!.at };
    const look = await askWithin(PATIENCE, env, signal, (_, met, asking) =>
      lookAt(config, services.value, stretch, piece, limits, env, asking.signal, met),
    );
    if (!look.ok) return failure(`${labelOf(config)} ${look.reason}.`);
    // The newest traces alone would leave the older moments empty, though there was traffic.
    const toCome = asked.length * (2 + pieces.length);
    if (look.value.cut.length > 0 && piece.length > 1 && questions + toCome <= MOST_QUESTIONS) {
      const middle = Math.ceil(piece.length / 2);
      pieces.push(piece.slice(0, middle), piece.slice(middle));
      continue;
    }
    for (const frame of look.value.frames) {
      const { readings } = bindObserved(board, honest(look.value, frame, config));
      frames.push({
        at: frame.at,
        readings: only ? readings.filter(({ subject }) => only.has(subjectKey(subject))) : readings,
      });
    }
  }
  return success(frames.sort((a, b) => a.at - b.at));
}
