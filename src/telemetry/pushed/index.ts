/**
 * Spans that are pushed to Chalkline's own server: an SDK or a collector is pointed at it, and nothing else need be
 * there. The server keeps histograms; this asks for the last window of them, or for moments of the past.
 *
 *   poll ─► answer ─► observed (nodes, edges, readings under the server's ids) ─► bindObserved ─► readings of the board
 */
import {
  type Board,
  bindObserved,
  counterparts,
  type EpochMs,
  formatDuration,
  type Id,
  type Observed,
  type Provenance,
  type Reading,
  subjectKey,
} from '../../graph/index.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { createPace, type Pace } from '../pace.ts';
import { createPolled, deadlineFor, withDeadline } from '../polling.ts';
import type { Env, Frame, Source, Stretch } from '../source.ts';
import { graphOf, type PushedAnswer } from './answer.ts';
import { createClient, labelOf, nothingYet, type PushedClient, type PushedConfig } from './client.ts';
import { remarksOf } from './remarks.ts';

/** Subjects asked for by name, which all must fit into one URL. */
const MOST_NAMED = 200;

type Drawn = Pick<Board, 'nodes' | 'edges'>;

export function createPushed(initial: PushedConfig, env: Env): Source {
  const label = labelOf(env);
  const client = createClient(env);
  return createPolled(initial, env, {
    label: () => label,
    target: () => env.server,
    poll: (config, board, controller) =>
      withDeadline(deadlineFor(config), env, controller, async (pace, met) => {
        const answer = await client.ask({ window: config.window }, pace, controller.signal);
        met();
        if (!answer.ok) return answer;
        const { value } = answer;
        const readings = value.frames.flatMap((frame) => frame.readings);
        const bound = bindObserved(board(), observedOf(value, readings, provenanceOf(config, label)));
        const remarks = [...clockRemark(client.skew()), ...remarksOf(value)];
        return success({ ...bound, remarks, nothing: nothingIn(value, config, env) });
      }),
    async history(config, board, stretch, signal, only) {
      const { from, to, step, window } = stretch;
      const pace = createPace(env);
      const provenance = provenanceOf(config, label);
      const frames: Frame[] = [];
      const ids =
        only && only.size <= MOST_NAMED && (await idsOf(client, board, only, stretch, pace, signal));
      if (ids && !ids.ok) return failure(`${label} ${ids.reason}.`);
      for (let at: EpochMs | null = from; at !== null; ) {
        const question = { from: at, to, step, window, ...(ids && { only: ids.value.join() }) };
        const answer: Outcome<PushedAnswer> = await client.ask(question, pace, signal);
        if (!answer.ok) return failure(`${label} ${answer.reason}.`);
        for (const frame of answer.value.frames) {
          const { readings } = bindObserved(board, observedOf(answer.value, frame.readings, provenance));
          const wanted = only ? readings.filter(({ subject }) => only.has(subjectKey(subject))) : readings;
          frames.push({ at: frame.at, readings: wanted });
          await pace();
        }
        const { next }: PushedAnswer = answer.value;
        if (next !== null && next <= at) return failure(`${label} answers the same moments again and again.`);
        at = next;
      }
      return success(frames);
    },
  });
}

/** The server's ids of what these subjects of the board are to it, as far as it saw them in that time. */
async function idsOf(
  client: PushedClient,
  board: Drawn,
  only: ReadonlySet<string>,
  { from, to, window }: Stretch,
  pace: Pace,
  signal: AbortSignal,
): Promise<Outcome<Id[]>> {
  const answer = await client.ask({ to, window: to - from + window }, pace, signal);
  if (!answer.ok) return answer;
  const { nodes, edges } = counterparts(board, graphOf(answer.value));
  const isWanted = (type: 'node' | 'edge', id: Id | null) =>
    id !== null && only.has(subjectKey({ type, id }));
  return success([
    ...[...nodes].flatMap(([id, drawn]) => (isWanted('node', drawn) ? [id] : [])),
    ...[...edges].flatMap(([id, drawn]) => (isWanted('edge', drawn) ? [id] : [])),
  ]);
}

function nothingIn({ since, frames }: PushedAnswer, { window }: PushedConfig, env: Env): string | null {
  if (since === null) return nothingYet(env);
  const isSilent = frames.every(({ readings }) => readings.length === 0);
  return isSilent ? `has been sent no spans in the last ${window / 1000} s` : null;
}

const clockRemark = (skew: number): string[] => {
  if (skew === 0) return [];
  const amount = formatDuration(Math.abs(skew));
  return [
    `The server’s clock is ${amount} ${skew > 0 ? 'ahead of' : 'behind'} this page’s; its times are moved.`,
  ];
};

const provenanceOf = ({ id }: PushedConfig, label: string): Provenance => ({
  source: id,
  label,
  simulated: false,
});

const observedOf = (
  answer: PushedAnswer,
  figures: PushedAnswer['frames'][number]['readings'],
  provenance: Provenance,
): Observed => ({
  ...graphOf(answer),
  readings: figures.map((figure): Reading => ({ ...figure, provenance })),
});
