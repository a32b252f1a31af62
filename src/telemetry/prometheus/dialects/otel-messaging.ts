/**
 * Messages by the OpenTelemetry conventions: the publisher times sending, the consumer processing, and both name
 * the queue or topic that lies between them.
 */

import type { Pace } from '../../pace.ts';
import type { Labels } from '../answer.ts';
import type { End, Seen, Traffic } from '../traffic.ts';
import { ADDRESS, addressIn, namesOfAddress } from './address.ts';
import type { Answers, Dialect, Scope } from './dialect.ts';
import { measured } from './measure.ts';
import {
  labelsFor,
  metersOf,
  namesLike,
  namesOfTimers,
  narrowedTo,
  numberNames,
  SECONDS,
  type Timed,
  WHO,
  whoIn,
} from './otel.ts';
import { createParts, type Parts } from './parts.ts';
import { firstOf, rateBy } from './promql.ts';
import { twiceRemark } from './scrapes.ts';
import { systemOf } from './technology.ts';

const OPERATION = [{ name: 'messaging.client.operation.duration', scale: SECONDS }];
const PROCESS = [{ name: 'messaging.process.duration', scale: SECONDS }];
const COUNTERS = {
  publish: ['messaging.client.sent.messages', 'messaging.client.published.messages'],
  consume: ['messaging.client.consumed.messages'],
};
const DESTINATION = ['messaging.system', 'messaging.destination.template', 'messaging.destination.name'];
const OPERATIONS = ['messaging.operation.type', 'messaging.operation.name'];
const LABELS = [...DESTINATION, ...OPERATIONS, ...ADDRESS];
const GROUP = [...WHO, ...LABELS];

type Direction = keyof typeof COUNTERS;

export const otelMessaging: Dialect = {
  name: 'OpenTelemetry messaging',
  metrics: [
    namesOfTimers([...OPERATION, ...PROCESS]),
    ...Object.values(COUNTERS).flat().map(numberNames),
  ].join('|'),
  listen(names, scope) {
    const timers = {
      publish: metersOf('publish', names, OPERATION, LABELS, ['error.type'], scope),
      consume: metersOf('consume', names, PROCESS, LABELS, ['error.type'], scope),
    };
    const counters = counterQuestions(names, scope);
    const questions = { ...timers.publish?.questions, ...timers.consume?.questions, ...counters };
    if (Object.keys(questions).length === 0) return null;
    return {
      questions,
      async read(answers, pace): Promise<Seen> {
        const parts = createParts();
        const traffic: Traffic[] = [];
        const twice = new Set<string>();
        for (const direction of ['publish', 'consume'] as const) {
          const counted = await countsOf(answers, direction, parts, pace);
          const read = await timers[direction]?.read(answers, parts, hasFailed, whatKey, pace);
          for (const way of read?.twice ?? []) twice.add(way);
          const timed = (read?.timed ?? []).filter(
            ({ labels }) => direction === 'consume' || isSending(labels),
          );
          for (const each of timed) {
            const carrier = carrierEnd(parts, each.labels);
            if (!carrier) continue;
            const key = `${each.who.key}\n${carrier.names[0]}`;
            traffic.push(trafficOf(direction, carrier, each, counted.get(key)?.rate ?? null, counters));
            counted.delete(key);
          }
          for (const each of counted.values())
            traffic.push(trafficOf(direction, each.carrier, each, each.rate, counters));
        }
        return { traffic, remarks: twiceRemark(twice) };
      },
    };
  },
};

const hasFailed = (labels: Labels): boolean => firstOf(labels, 'error_type') !== null;

const SENDING = new Set(['send', 'publish', 'create']);
const isSending = (labels: Labels): boolean =>
  SENDING.has(firstOf(labels, 'messaging_operation_type', 'messaging_operation_name') ?? '');

const destinationOf = (labels: Labels): string | null =>
  firstOf(labels, 'messaging_destination_template', 'messaging_destination_name');

const whatKey = (labels: Labels): string =>
  `${destinationOf(labels)}\n${firstOf(labels, 'messaging_operation_type', 'messaging_operation_name')}`;

/** The queue or topic; its broker stands for it where it is not drawn. */
function carrierEnd(parts: Parts, labels: Labels): End | null {
  const name = destinationOf(labels);
  if (name === null) return null;
  const system = labels.messaging_system ?? '';
  const address = addressIn(labels);
  return parts(`carrier ${system} ${name} ${address?.host}`, () => {
    const { technology, kind, also } = systemOf(system, 'queue');
    // RabbitMQ's destinations are exchange:routing key:queue, without what is empty or said already.
    const last = name.slice(name.lastIndexOf(':') + 1);
    const within = [
      ...(address ? namesOfAddress(address).names : []),
      ...(system === '' ? [] : [system, ...also]),
    ];
    return {
      names: [name],
      loose: last === name || last === '' ? [] : [{ name: last, of: name }],
      within,
      kind,
      ...(system !== '' && { technology }),
    };
  });
}

type Counted = Pick<Timed, 'who' | 'rate' | 'failed' | 'latency' | 'asked'> & { carrier: End };

/** Messages by counter: a timer counts a batch once. */
async function countsOf(
  answers: Answers,
  direction: Direction,
  parts: Parts,
  pace: Pace,
): Promise<Map<string, Counted>> {
  const counts = new Map<string, Counted>();
  const key = `${direction} messages`;
  for (const { labels, rate, failed } of await measured(answers, key, { scale: 1 }, GROUP, hasFailed, pace)) {
    const who = whoIn(parts, labels);
    const carrier = carrierEnd(parts, labels);
    if (!who || !carrier || rate === null) continue;
    const at = `${who.key}\n${carrier.names[0]}`;
    const known = counts.get(at);
    counts.set(at, {
      who,
      carrier,
      rate: rate + (known?.rate ?? 0),
      failed: (failed ?? 0) + (known?.failed ?? 0),
      latency: null,
      asked: {},
    });
  }
  return counts;
}

/** @param messages counted by a counter of its own; the share that failed stays what the timer says */
function trafficOf(
  direction: Direction,
  carrier: End,
  { who, rate, failed, latency, asked }: Omit<Counted, 'carrier'>,
  messages: number | null,
  counters: Record<string, string>,
): Traffic {
  const counter = counters[`${direction} messages count`];
  const share = rate !== null && rate > 0 && failed !== null ? failed / rate : null;
  const isPublish = direction === 'publish';
  const ends = isPublish ? { source: who.end, target: carrier } : { source: carrier, target: who.end };
  const instance = { caller: isPublish ? who.instance : null, callee: isPublish ? null : who.instance };
  return {
    ...ends,
    kind: direction,
    rate: messages ?? rate,
    failed: messages === null ? failed : share === null ? null : share * messages,
    latency: latency ? { [isPublish ? 'caller' : 'callee']: latency } : {},
    instance,
    asked: messages === null || counter === undefined ? asked : { failed: counter, ...asked, rate: counter },
  };
}

function counterQuestions(names: readonly string[], scope: Scope): Record<string, string> {
  const questions: Record<string, string> = {};
  for (const [direction, conventions] of Object.entries(COUNTERS)) {
    const [metric] = conventions.flatMap((name) => namesLike(names, name));
    if (metric === undefined) continue;
    const labels = labelsFor(metric, [...GROUP, 'error.type']);
    questions[`${direction} messages count`] = rateBy(
      labels,
      metric,
      scope.window,
      narrowedTo(metric, scope),
    );
  }
  return questions;
}
