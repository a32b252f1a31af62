/** Answers as a test gives them → what a dialect makes of them on a board. */
import { readFileSync } from 'node:fs';
import type { Board, Reading } from '../../src/graph/index.ts';
import { matrixReader, type Reader, vectorReader } from '../../src/telemetry/prometheus/answer.ts';
import { bindSeen, type Heard } from '../../src/telemetry/prometheus/bind.ts';
import type { Answers, Dialect, Listening } from '../../src/telemetry/prometheus/dialects/dialect.ts';
import { DIALECTS } from '../../src/telemetry/prometheus/dialects/index.ts';
import { claimsOf } from '../../src/telemetry/prometheus/ends.ts';

export const AT = 1_700_000_000_000;
const WINDOW = 10_000;
export const atOnce = async () => {};

/** An answer that comes in pieces of so many characters. */
async function readBy<T>({ take, end }: Reader<T>, text: string, pieces: number) {
  for (let i = 0; i < text.length && (await take(text.slice(i, i + pieces))); i += pieces);
  return end();
}
type Pause = () => Promise<void>;
export const parseVector = (text: string, pace: Pause = atOnce, pieces = 65_536) =>
  readBy(vectorReader(pace), text, pieces);
export const parseMatrix = (text: string, pace: Pause = atOnce, pieces = 65_536) =>
  readBy(matrixReader(pace), text, pieces);

export function listen(dialect: Dialect, names: readonly string[]): Listening {
  const listening = dialect.listen(names, { window: WINDOW, only: null });
  if (!listening) throw new Error(`${dialect.name} is not spoken with ${names.join(', ')}`);
  return listening;
}

/** What dialects tell, each with the names of metrics that exist and answers by the keys of its questions. */
export async function bindAnswers(board: Board, ...told: [Dialect, readonly string[], Answers][]) {
  const heard: Heard[] = [];
  for (const [dialect, names, answers] of told)
    heard.push({ dialect: dialect.name, seen: await listen(dialect, names).read(answers, atOnce) });
  const provenance = (query: string) => ({ source: 'p', label: 'P', simulated: false, query });
  const moment = { at: AT, window: WINDOW, provenance };
  const bound = await bindSeen(board, heard, claimsOf(heard.map(({ seen }) => seen)), moment, atOnce);
  const remarks = [...heard.flatMap(({ seen }) => seen.remarks ?? []), ...bound.remarks];
  return { ...bound, remarks, heard };
}

/** Readings in a line each: `a-b latency caller 1,2,0 @pod-1`, `a-b rate 3 of 2`. */
export const linesOf = (readings: readonly Reading[]): string[] =>
  readings
    .map(({ subject, metric, side, value, instance, instances }) => {
      const figure =
        typeof value === 'number'
          ? Number(value.toFixed(6))
          : value.type === 'histogram'
            ? value.counts.join(',')
            : '?';
      const who = instance === null ? (instances === null ? '' : ` of ${instances}`) : ` @${instance}`;
      return `${subject.id} ${metric}${side ? ` ${side}` : ''} ${figure}${who}`;
    })
    .sort();

type Recorded = Record<string, { names: string[]; answers: Record<string, unknown> }>;

/**
 * What a Prometheus answered to the questions of each dialect, when it scraped the exposition beside it
 * (test/fixtures/prometheus).
 */
export async function recorded(file: string): Promise<[Dialect, readonly string[], Answers][]> {
  const text = readFileSync(new URL(`../fixtures/prometheus/${file}.json`, import.meta.url), 'utf8');
  const told: [Dialect, readonly string[], Answers][] = [];
  for (const [name, { names, answers }] of Object.entries(JSON.parse(text) as Recorded)) {
    const dialect = DIALECTS.find((each) => each.name === name)!;
    const parsed: Record<string, Answers[string]> = {};
    for (const [key, answer] of Object.entries(answers)) {
      const read = await parseVector(JSON.stringify(answer), atOnce);
      if (!read.ok) throw new Error(read.reason);
      parsed[key] = read.value;
    }
    told.push([dialect, names, parsed]);
  }
  return told;
}
