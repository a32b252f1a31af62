/** Queries and connection pools by the OpenTelemetry conventions: told by the caller, about the database it calls. */
import type { Labels, Series } from '../answer.ts';
import type { End, Figure, Seen, Traffic } from '../traffic.ts';
import { ADDRESS, addressEnd, addressIn, keyOf, namesOfAddress } from './address.ts';
import type { Answers, Dialect, Scope } from './dialect.ts';
import { plainLabels } from './measure.ts';
import {
  labelsFor,
  MILLISECONDS,
  metersOf,
  namesLike,
  namesOfTimers,
  narrowedTo,
  numberNames,
  SECONDS,
  WHO,
  type Who,
  whoIn,
} from './otel.ts';
import { createParts, type Parts } from './parts.ts';
import { countable, firstOf, meanBy } from './promql.ts';
import { twiceRemark } from './scrapes.ts';
import { systemOf } from './technology.ts';

const OPERATIONS = [{ name: 'db.client.operation.duration', scale: SECONDS }];
const WAITS = [
  { name: 'db.client.connection.wait_time', scale: SECONDS },
  { name: 'db.client.connections.wait_time', scale: MILLISECONDS },
];
/** Connections by what they are doing, how many there may be, and who waits for one; new names and old. */
const COUNTS = {
  count: ['db.client.connection.count', 'db.client.connections.usage'],
  max: ['db.client.connection.max', 'db.client.connections.max'],
  pending: ['db.client.connection.pending_requests', 'db.client.connections.pending_requests'],
};
const SYSTEM = ['db.system.name', 'db.system'];
const POOL = ['db.client.connection.pool.name', 'pool.name', 'pool_name'];
const STATE = ['db.client.connection.state', 'state'];

export const otelDatabase: Dialect = {
  name: 'OpenTelemetry database clients',
  metrics: [namesOfTimers([...OPERATIONS, ...WAITS]), ...Object.values(COUNTS).flat().map(numberNames)].join(
    '|',
  ),
  listen(names, scope) {
    const operations = metersOf('query', names, OPERATIONS, [...SYSTEM, ...ADDRESS], ['error.type'], scope);
    const waits = metersOf('wait', names, WAITS, POOL, null, scope);
    const counts = countQuestions(names, scope);
    const questions = { ...operations?.questions, ...waits?.questions, ...counts };
    if (Object.keys(questions).length === 0) return null;
    return {
      questions,
      async read(answers, pace): Promise<Seen> {
        const parts = createParts();
        const traffic: Traffic[] = [];
        const figures: Figure[] = [];
        const queried = await operations?.read(answers, parts, hasFailed, targetKey, pace);
        for (const { labels, who, rate, failed, latency, asked } of queried?.timed ?? []) {
          const target = databaseEnd(parts, labels);
          if (!target) continue;
          const ends = { source: who.end, target };
          const instance = { caller: who.instance, callee: null };
          const timed = latency ? { caller: latency } : {};
          traffic.push({ ...ends, kind: 'query', rate, failed, latency: timed, instance, asked });
        }
        const waited = await waits?.read(answers, parts, () => false, poolOf, pace);
        for (const { who, latency, asked } of waited?.timed ?? [])
          if (latency) figures.push(figure(who, 'pool wait', latency, asked.callee!));
        figures.push(...poolFigures(answers, counts, parts));
        return { traffic, figures, remarks: twiceRemark(queried?.twice ?? new Set()) };
      },
    };
  },
};

const hasFailed = (labels: Labels): boolean => firstOf(labels, 'error_type') !== null;
const poolOf = (labels: Labels): string =>
  firstOf(labels, ...POOL.map((name) => name.replaceAll('.', '_'))) ?? '';

function targetKey(labels: Labels): string {
  const address = addressIn(labels);
  return `${firstOf(labels, 'db_system_name', 'db_system')}\n${address ? keyOf(address) : ''}`;
}

/** By its address; by what kind of system it is as long as there is one of that kind, or no address is told. */
function databaseEnd(parts: Parts, labels: Labels): End | null {
  const address = addressIn(labels);
  const name = firstOf(labels, 'db_system_name', 'db_system');
  if (name === null) return address && addressEnd(parts, address, 'database');
  const { technology, kind, also } = systemOf(name, 'database');
  const called = [name, ...also];
  return parts(targetKey(labels), () => {
    const what = { kind, technology };
    if (!address) return { names: called, ...what };
    const of = keyOf(address);
    const { names, loose } = namesOfAddress(address);
    return { names, loose: [...called.map((each) => ({ name: each, of })), ...loose], ...what };
  });
}

function countQuestions(names: readonly string[], scope: Scope): Record<string, string> {
  const questions: Record<string, string> = {};
  for (const [key, conventions] of Object.entries(COUNTS)) {
    const [metric] = conventions.flatMap((name) => namesLike(names, name));
    if (metric === undefined) continue;
    const labels = labelsFor(metric, [...WHO, ...POOL, ...STATE]);
    questions[`pool ${key}`] = meanBy(labels, metric, scope.window, narrowedTo(metric, scope));
  }
  return questions;
}

const figure = (
  { end: of, instance }: Who,
  metric: Figure['metric'],
  value: Figure['value'],
  query: string,
): Figure => ({ of, metric, value, side: null, instance, query });

function poolFigures(answers: Answers, questions: Record<string, string>, parts: Parts): Figure[] {
  const figures: Figure[] = [];
  const each = (key: string, take: (who: Who, value: number, labels: Labels) => void) => {
    for (const { labels: sent, value } of answers[`pool ${key}`] ?? ([] as Series[])) {
      const labels = plainLabels(sent);
      const who = countable(value) ? whoIn(parts, labels) : null;
      if (who) take(who, value, labels);
    }
  };
  const most = new Map<string, number>();
  each('max', (who, value, labels) => most.set(`${who.key}\n${poolOf(labels)}`, value));
  each('count', (who, value, labels) => {
    const pool = poolOf(labels);
    const whole = most.get(`${who.key}\n${pool}`);
    const isUsed = firstOf(labels, 'db_client_connection_state', 'state') === 'used';
    if (isUsed && whole !== undefined)
      figures.push(figure(who, 'pool use', { part: value, whole, of: pool }, questions['pool count']!));
  });
  each('pending', (who, value) => {
    figures.push(figure(who, 'pool waiting', value, questions['pool pending']!));
  });
  return figures;
}
