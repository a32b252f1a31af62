import type { System } from '../entry.ts';

const upgrade30 = {
  title: 'Apache Kafka, Upgrading, notable changes in 3.0.0 and 3.0.1',
  url: 'https://kafka.apache.org/30/getting-started/upgrade',
};
const kip91 = {
  title: 'KIP-91: Provide Intuitive User Timeouts in The Producer',
  url: 'https://cwiki.apache.org/confluence/display/KAFKA/KIP-91+Provide+Intuitive+User+Timeouts+in+The+Producer',
};
const upgrade40 = {
  title: 'Apache Kafka, Upgrading, notable changes in 4.0.0',
  url: 'https://kafka.apache.org/40/getting-started/upgrade',
};

export const kafkaProducer: System = {
  name: 'Kafka producer',
  aliases: ['kafka-producer', 'apache kafka producer'],
  signs: ['key.serializer', 'value.serializer', 'transactional.id', 'partitioner.class'],
  prefixes: [
    'spring.kafka.producer.properties',
    'spring.kafka.producer',
    'kafka.producer',
    'connect.producer',
  ],
  source: {
    title: 'Apache Kafka, ProducerConfig.java',
    url: 'https://github.com/apache/kafka/blob/trunk/clients/src/main/java/org/apache/kafka/clients/producer/ProducerConfig.java',
  },
  keys: [
    {
      key: 'acks',
      unit: 'text',
      defaults: [
        { value: '1', until: '3.0', source: upgrade30 },
        { value: 'all', since: '3.0', source: upgrade30 },
      ],
      synonyms: { '-1': 'all' },
      hurts: 'either',
      why: 'all waits for the slowest replica that is in sync; 1 and 0 answer sooner and can lose what was sent.',
    },
    {
      key: 'enable.idempotence',
      unit: 'switch',
      defaults: [
        { value: 'false', until: '3.0.1', source: upgrade30 },
        { value: 'true', since: '3.0.1', until: '3.1', source: upgrade30 },
        { value: 'false', since: '3.1', until: '3.1.1', source: upgrade30 },
        { value: 'true', since: '3.1.1', source: upgrade30 },
      ],
      hurts: 'lower',
      why: 'Off, a retry can write a message twice or out of order.',
    },
    {
      key: 'linger.ms',
      unit: 'ms',
      defaults: [
        { value: '0', until: '4.0', source: upgrade40 },
        { value: '5', since: '4.0', source: upgrade40 },
      ],
      hurts: 'higher',
      why: 'Each message waits that long for others to fill its batch.',
    },
    {
      key: 'batch.size',
      unit: 'bytes',
      defaults: '16384',
      hurts: 'lower',
      why: 'Smaller batches make more requests, and brokers take fewer messages a second.',
    },
    {
      key: 'buffer.memory',
      unit: 'bytes',
      defaults: '33554432',
      hurts: 'lower',
      why: 'When it is full, send() blocks its thread for up to max.block.ms.',
    },
    {
      key: 'max.block.ms',
      unit: 'ms',
      defaults: '60000',
      hurts: 'higher',
      why: 'With the buffer full or a broker gone, the thread that sends stands still for so long.',
    },
    {
      key: 'max.in.flight.requests.per.connection',
      unit: 'count',
      defaults: '5',
      hurts: 'lower',
      why: 'With fewer requests under way each waits for the answer to the one before: a round trip each.',
    },
    {
      key: 'compression.type',
      unit: 'text',
      defaults: 'none',
      hurts: 'either',
      why: 'Compression takes CPU on both sides and saves network and disk.',
    },
    {
      key: 'delivery.timeout.ms',
      unit: 'ms',
      defaults: [{ value: '120000', since: '2.1', source: kip91 }],
      hurts: 'either',
      why: 'Less reports as failed what a retry would have brought; more lets what can not be sent pile up.',
    },
    {
      key: 'request.timeout.ms',
      unit: 'ms',
      defaults: '30000',
      hurts: 'either',
      why: 'Less sends again what a slow broker is still writing; more hides a dead one.',
    },
    {
      key: 'retries',
      unit: 'count',
      defaults: [{ value: '2147483647', since: '2.1', source: kip91 }],
      hurts: 'lower',
      why: 'A change of leader, which passes in a second, becomes an error of the application.',
    },
    {
      key: 'retry.backoff.ms',
      unit: 'ms',
      defaults: '100',
      hurts: 'higher',
      why: 'Every batch that failed for a moment waits that long before it is sent again.',
    },
    {
      key: 'retry.backoff.max.ms',
      unit: 'ms',
      defaults: [{ value: '1000', since: '3.7' }],
      hurts: 'higher',
      why: 'Batches that fail again and again wait up to that long between tries.',
    },
    {
      key: 'max.request.size',
      unit: 'bytes',
      defaults: '1048576',
      hurts: 'lower',
      why: 'Larger messages are refused, and fewer batches fit into a request.',
    },
    {
      key: 'send.buffer.bytes',
      unit: 'bytes',
      defaults: '131072',
      special: { '-1': 'automatic' },
      hurts: 'lower',
      why: 'Over a distant link a small buffer caps throughput at its size for each round trip.',
    },
    {
      key: 'receive.buffer.bytes',
      unit: 'bytes',
      defaults: '32768',
      special: { '-1': 'automatic' },
      hurts: 'lower',
      why: 'Over a distant link a small buffer holds up the answers of the broker.',
    },
    {
      key: 'reconnect.backoff.ms',
      unit: 'ms',
      defaults: '50',
      hurts: 'higher',
      why: 'After a broker is gone for a moment messages for it wait longer.',
    },
    {
      key: 'reconnect.backoff.max.ms',
      unit: 'ms',
      defaults: '1000',
      hurts: 'higher',
      why: 'After a longer outage of a broker messages for it wait longer.',
    },
    {
      key: 'metadata.max.age.ms',
      unit: 'ms',
      defaults: '300000',
      hurts: 'higher',
      why: 'New partitions and leaders are found that much later.',
    },
    {
      key: 'metadata.max.idle.ms',
      unit: 'ms',
      defaults: '300000',
      hurts: 'lower',
      why: 'A topic that is seldom written to is looked up again before each message.',
    },
    {
      key: 'partitioner.ignore.keys',
      unit: 'switch',
      defaults: 'false',
      hurts: 'higher',
      why: 'Messages of one key land on several partitions and lose their order.',
    },
  ],
};
