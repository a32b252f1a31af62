/** Queues and their consumers: RabbitMQ (its own plugin), Kafka (kafka_exporter). */
import type { Instrument, Naming, Promql } from './instrument.ts';
import { CONSUMED, QUEUE, serverBy, TOPIC } from './naming.ts';
import { either } from './promql.ts';

/** Per queue by /metrics/detailed first: where that is scraped, the plain names are of all queues together. */
const PREFIXES = ['rabbitmq_detailed_', 'rabbitmq_'];
const RABBITMQ = 'RabbitMQ';
const BROKER = serverBy('broker');

const positive = (what: string): string => `(${what} > 0)`;

/**
 * How long the messages that lie there take at the present speed (Little's law), seconds; nothing where nothing
 * moves, 0 where nothing lies.
 */
const timeToEmpty = (depth: string, speed: string): string =>
  `${depth} / ${positive(speed)} or ${depth} == 0`;

const level = (
  metric: Instrument['metric'],
  naming: Naming,
  prefix: string,
  name: string,
  ask: (promql: Promql, found: string) => string,
): Instrument => ({ metric, family: RABBITMQ, naming, needs: [`${prefix}${name}`], ask });

/** What is delivered, with and without acknowledgement: counted by queue since RabbitMQ 4, before by channel. */
const delivered = (prefix: string, of: string) => [
  `${prefix}${of}_messages_delivered_ack_total`,
  `${prefix}${of}_messages_delivered_total`,
];

/** Names and labels as in expositions of RabbitMQ 3.10, and in its documentation of metrics per object (4.1). */
const rabbitmq = PREFIXES.flatMap((prefix): Instrument[] => [
  level('queue depth', QUEUE, prefix, 'queue_messages_ready', (q, ready) => q.sum(ready)),
  level('queue unacked', QUEUE, prefix, 'queue_messages_unacked', (q, unacked) => q.sum(unacked)),
  level('consumers', QUEUE, prefix, 'queue_consumers', (q, consumers) => q.sum(consumers)),
  level('consumer capacity', QUEUE, prefix, 'queue_consumer_capacity', (q, capacity) => q.max(capacity)),
  level('consumer capacity', QUEUE, prefix, 'queue_consumer_utilisation', (q, use) => q.max(use)),
  ...['queue', 'channel'].flatMap((of): Instrument[] => {
    const deliveries = delivered(prefix, of);
    const speed = (q: Promql, acked: string, other: string) => either(q.rate(acked), q.rate(other));
    const rate: Omit<Instrument, 'note'> = {
      metric: 'rate',
      family: RABBITMQ,
      naming: QUEUE,
      needs: deliveries,
      ask: speed,
    };
    return [
      { ...rate, note: 'delivered to consumers' },
      { ...rate, note: 'delivered to consumers', edge: 'out' },
      {
        metric: 'lag time',
        family: RABBITMQ,
        naming: QUEUE,
        needs: [`${prefix}queue_messages_ready`, ...deliveries],
        ask: (q, ready, acked, other) => timeToEmpty(q.sum(ready!), speed(q, acked!, other!)),
        scale: 1000,
        note: 'ready messages ÷ delivery rate, an estimate',
      },
    ];
  }),
  {
    metric: 'rate',
    family: RABBITMQ,
    naming: QUEUE,
    needs: [`${prefix}queue_(?:exchange_)?messages_published_total`],
    ask: (q, published) => q.rate(published!),
    edge: 'in',
    note: 'published to the queue',
  },
  // Channels do not name queues, deliveries on them do. 0 is no limit.
  ...[
    { limit: 'consumer_prefetch', note: 'for each consumer' },
    { limit: 'channel_prefetch', note: 'for all consumers of a channel' },
  ].map(
    ({ limit, note }): Instrument => ({
      metric: 'prefetch',
      family: RABBITMQ,
      naming: QUEUE,
      needs: [`${prefix}${limit}`, `${prefix}channel_messages_delivered_ack_total`],
      ask: (q, prefetch, deliveries) =>
        q.by(
          'max',
          `0 * ${q.level(deliveries!)} + on(job,instance,channel) group_left() max by(job,instance,channel)(${prefetch} > 0)`,
        ),
      note,
    }),
  ),
]);

/** All queues of a broker, as far as it is drawn as one. */
const broker: Instrument[] = [
  ...PREFIXES.toReversed().flatMap((prefix): Instrument[] => [
    {
      ...level('queue depth', BROKER, prefix, 'queue_messages_ready', (q, ready) => q.sum(ready)),
      note: 'all queues',
    },
    {
      ...level('queue unacked', BROKER, prefix, 'queue_messages_unacked', (q, unacked) => q.sum(unacked)),
      note: 'all queues',
    },
    {
      ...level('consumers', BROKER, prefix, 'queue_consumers', (q, consumers) => q.sum(consumers)),
      note: 'of all queues',
    },
  ]),
  {
    ...level('rate', BROKER, 'rabbitmq_', 'global_messages_received_total', (q, received) =>
      q.rate(received),
    ),
    note: 'received from publishers',
  },
  level('memory', BROKER, 'rabbitmq_', 'process_resident_memory_bytes', (q, memory) => q.sum(memory)),
  {
    metric: 'memory use',
    family: RABBITMQ,
    naming: BROKER,
    needs: ['rabbitmq_process_resident_memory_bytes', 'rabbitmq_resident_memory_limit_bytes'],
    ask: (q, memory, limit) => `${q.sum(memory!)} / ${positive(q.sum(limit!))}`,
    note: 'of the mark above which publishers are blocked',
  },
  {
    metric: 'disk io',
    family: RABBITMQ,
    naming: BROKER,
    needs: ['rabbitmq_io_read_bytes_total', 'rabbitmq_io_write_bytes_total'],
    ask: (q, read, write) => either(q.rate(read!), q.rate(write!)),
  },
];

const LAG = 'kafka_consumergroup_lag';
const OFFSET = 'kafka_consumergroup_current_offset';
const MEMBERS = 'kafka_consumergroup_members';
const GROUP = 'consumergroup,topic,job';
/** Of several exporters that ask the same cluster one counts. */
const inEachPartition = (what: string) => `max by(${GROUP},partition)(${what})`;
/** A group that never committed an offset has a lag of -1 (kafka_exporter, exporter.go). */
const lagOf = (q: Promql, lag: string) => `sum by(${GROUP})(${inEachPartition(`${q.level(lag)} >= 0`)})`;
/** Offsets go back when a group is reset, so they are no counters. */
const speedOf = (q: Promql, offset: string) => `sum by(${GROUP})(${inEachPartition(q.slope(offset))})`;
const FURTHEST = 'of the consumer group furthest behind';

/** What a group has before it, at a topic and on the way to the group. */
const kafka: Instrument[] = (
  [
    { metric: 'queue depth', naming: CONSUMED, needs: [LAG], ask: lagOf, edge: 'out' },
    {
      metric: 'queue depth',
      naming: TOPIC,
      needs: [LAG],
      ask: (q, lag) => q.by('max', lagOf(q, lag!)),
      note: FURTHEST,
    },
    {
      metric: 'lag time',
      naming: CONSUMED,
      needs: [LAG, OFFSET],
      ask: (q, lag, offset) => timeToEmpty(lagOf(q, lag!), speedOf(q, offset!)),
      scale: 1000,
      edge: 'out',
      note: 'lag ÷ speed of its offsets, an estimate',
    },
    {
      metric: 'lag time',
      naming: TOPIC,
      needs: [LAG, OFFSET],
      ask: (q, lag, offset) => q.by('max', timeToEmpty(lagOf(q, lag!), speedOf(q, offset!))),
      scale: 1000,
      note: `${FURTHEST}, an estimate`,
    },
    {
      metric: 'rate',
      naming: CONSUMED,
      needs: [OFFSET],
      ask: speedOf,
      edge: 'out',
      note: 'by the offsets of the consumer group',
    },
    {
      metric: 'rate',
      naming: TOPIC,
      needs: ['kafka_topic_partition_current_offset'],
      ask: (q, offset) => q.by('sum', `max by(topic,partition,job)(${q.growth(offset!)})`),
      note: 'published to the topic',
    },
    {
      metric: 'consumers',
      naming: CONSUMED,
      needs: [LAG, MEMBERS],
      ask: membersOf,
      edge: 'out',
      note: 'members of the consumer group',
    },
    {
      metric: 'consumers',
      naming: TOPIC,
      needs: [LAG, MEMBERS],
      ask: (q, lag, members) => q.by('sum', membersOf(q, lag!, members!)),
      note: 'members of all its consumer groups',
    },
  ] satisfies Omit<Instrument, 'family'>[]
).map((each) => ({ family: 'Kafka', ...each }));

/** Members are told by group alone; which topics it reads, its lag tells. */
function membersOf(q: Promql, lag: string, members: string): string {
  const topics = `max by(${GROUP})(${q.level(lag)})`;
  return `0 * ${topics} + on(consumergroup,job) group_left() max by(consumergroup,job)(${members})`;
}

export const QUEUES: readonly Instrument[] = [...rabbitmq, ...broker, ...kafka];
