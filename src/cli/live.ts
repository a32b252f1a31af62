/** Live sources: what they say for a while, as a snapshot. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describeFaults, readAnswers } from '../formats/index.ts';
import {
  type Board,
  faultsOf,
  type Milliseconds,
  type Reading,
  type SourceConfig,
  sourceSchema,
} from '../graph/index.ts';
import { createSource, type Env, machine, type SourceStatus } from '../telemetry/index.ts';
import { Failure } from './command.ts';
import { readInput, warn } from './files.ts';
import { namedLike } from './likeness.ts';
import { told } from './review.ts';

/** @param server address of Chalkline's own, for what is pushed to it and what it forwards */
export const surroundings = (server: string): Env => ({
  ...machine,
  server,
  readTraces: async (answers) => {
    const answered = readAnswers(answers);
    return answered.ok
      ? { ok: true, value: answered }
      : { ok: false, reason: `answered, but can’t be read: ${describeFaults(answered.faults)}` };
  },
});

const TYPES = ['prometheus', 'jaeger', 'zipkin'];
const SOURCES = `Sources are files, ${TYPES.map((type) => `${type}=URL`).join(', ')}, or pushed.`;
const POLLS = 6;
const clamped = (ms: Milliseconds, low: Milliseconds, high: Milliseconds) =>
  Math.min(high, Math.max(low, ms));

/**
 * The settings of a source: in a file, as a board has them, or in short as `prometheus=http://localhost:9090` or `pushed`.
 * @param span the time that is recorded: what is asked for each time
 */
export async function sourceFrom(text: string, span: Milliseconds): Promise<SourceConfig> {
  const times = { interval: clamped(span / POLLS, 1000, 600_000), window: clamped(span, 5000, 86_400_000) };
  const json = inShort(text) ?? (await configIn(text));
  const settings = typeof json === 'object' && json !== null ? json : {};
  const isSimulator = 'type' in settings && settings.type === 'simulator';
  const parsed = sourceSchema.safeParse({
    id: 'recorded',
    name: text,
    ...settings,
    ...(!isSimulator && times),
  });
  if (parsed.success) return parsed.data;
  const [fault] = faultsOf(parsed.error);
  // logs of CI are read by many
  const shown = text.replace(/\/\/[^/\s]*@/, '//…@');
  throw new Failure(
    `${shown} can’t be used as a source${fault!.path && `, at ${fault!.path}`}: ${fault!.reason}.`,
  );
}

function inShort(text: string): object | null {
  if (text === 'pushed') return { type: 'pushed', name: 'Spans sent to Chalkline' };
  const [, type, url] = /^(\w+)=(.+)$/.exec(text) ?? [];
  if (type === undefined) return null;
  if (TYPES.includes(type)) return { type, url, name: url };
  throw new Failure(`There is no source “${type}”${namedLike(type, TYPES)}. ${SOURCES}`);
}

async function configIn(path: string): Promise<unknown> {
  const [file] = await readInput(path);
  try {
    return JSON.parse(new TextDecoder().decode(file!.bytes));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(`${path} can’t be used as a source: it is no JSON: ${reason}. ${SOURCES}`);
  }
}

/**
 * Listens for a while, and returns the last word on every figure.
 * @throws Failure when a source had nothing to say, with its reason
 */
export async function listen(
  sources: readonly SourceConfig[],
  board: Board,
  span: Milliseconds,
  env: Env,
): Promise<Reading[]> {
  const latest = new Map<string, Reading>();
  const states = new Map<string, SourceStatus>();
  const running = sources.map((config) => createSource(config, env));
  for (const source of running)
    source.start({
      board: () => board,
      emit: (readings) => {
        for (const reading of readings) latest.set(seriesOf(reading), reading);
      },
      status: (status) => states.set(source.id, status),
    });
  const start = env.now();
  const end = start + span;
  // a simulator has nothing to answer: it tells
  const isDone = () =>
    running.every(({ id }) => {
      const status = states.get(id);
      return status?.simulated || (status?.lastAnswer ?? 0) >= end;
    });
  await sleep(span);
  // the answer that tells of the whole span is one poll away
  const patience = end + clamped((2 * span) / POLLS, 3000, 60_000);
  while (!isDone() && env.now() < patience) await sleep(100);
  for (const source of running) source.stop();
  // the first answer is of the time before, and what it tells of may have ended there
  const kept = [...latest.values()].filter(({ at }) => at > start);
  if (kept.length > 0) {
    for (const status of states.values()) for (const remark of remarksOn(status)) warn(remark);
    return kept;
  }
  const reasons = [...states.values()].map(({ label, reason = 'it said nothing of what is drawn' }) =>
    reason.startsWith(label) ? reason : `${label}: ${reason}`,
  );
  throw new Failure(`Nothing was measured. ${reasons.join(' ') || 'No source answered.'}`);
}

/** What is missing in what was kept: a source that fell silent, and what nobody drew. */
function remarksOn({ label, reason, unbound, unboundNodes = [] }: SourceStatus): string[] {
  return [
    ...(reason === undefined ? [] : [reason.startsWith(label) ? reason : `${label}: ${reason}`]),
    ...told(
      `${label}: measured, and not drawn`,
      unbound.map(({ source, target }) => `${source} → ${target}`),
    ),
    ...told(
      `${label}: figures of parts that are not drawn`,
      unboundNodes.map(({ name }) => name),
    ),
  ];
}

const seriesOf = ({ subject, metric, side, instance, operation, provenance }: Reading): string =>
  JSON.stringify([subject.type, subject.id, metric, side, instance, operation, provenance.source]);
