/** A question of a person's own, asked once and shown as it was answered, before it is kept. */
import type { Board } from '../../graph/index.ts';
import { success } from '../outcome.ts';
import { askWithin, deadlineFor } from '../polling.ts';
import type { Env } from '../source.ts';
import type { Series } from './answer.ts';
import { type Client, createClient } from './client.ts';
import { labelOf, type PrometheusConfig } from './config.ts';
import { readQuestions } from './custom.ts';
import { lookUp } from './known.ts';

type Question = NonNullable<PrometheusConfig['queries']>[number];

export type Trial = {
  /** As it was sent; null where it was not. */
  sent: string | null;
  lines: string[];
  series: number;
  figures: number;
  problem: string | null;
};

/** Series shown of an answer. */
const SHOWN = 5;

/** The question goes the way it goes at every poll; only the answer is looked at on its way. */
export async function tryQuestion(
  config: PrometheusConfig,
  question: Question,
  board: Pick<Board, 'nodes' | 'edges'>,
  env: Env,
  signal: AbortSignal,
): Promise<Trial> {
  const trial: Trial = { sent: null, lines: [], series: 0, figures: 0, problem: null };
  const outcome = await askWithin(deadlineFor(config), env, signal, async (pace, met, controller) => {
    const ask = (skew: number) => createClient(config.url, env, pace, controller.signal, skew);
    const known = await lookUp(ask, config.window, env);
    if (!known.ok) return known;
    const watched: Client = {
      async vector(query, time) {
        const answer = await ask(known.value.skew).vector(query, time);
        trial.sent = query;
        if (answer.ok) {
          trial.series = answer.value.length;
          trial.lines = answer.value.slice(0, SHOWN).map(lineOf);
        }
        return answer;
      },
    };
    const moment = { at: env.now(), window: config.window, provenance: provenanceOf(config) };
    const read = await readQuestions(watched, [question], board, moment);
    met();
    trial.figures = read.readings.length;
    trial.problem = read.remarks[0] ?? null;
    return success(null);
  });
  return outcome.ok ? trial : { ...trial, problem: `${labelOf(config.url)} ${outcome.reason}.` };
}

const provenanceOf =
  ({ id, url }: PrometheusConfig) =>
  (query: string) => ({ source: id, label: labelOf(url), simulated: false, query });

/** `{job="cart", le="0.1"} 12`. */
function lineOf({ labels, value, histogram }: Series): string {
  const pairs = Object.entries(labels).map(([name, text]) => `${name}=${JSON.stringify(text)}`);
  return `{${pairs.join(', ')}} ${histogram ? `histogram of ${histogram.buckets.length} buckets` : value}`;
}
