/** The words that say a kind, before a colon or in a name: kinds, and technologies that are of a kind. */
import { isCarrier, NODE_KINDS, type NodeKind, normaliseName } from '../../graph/index.ts';

export type Word = { kind: NodeKind; technology?: string };

const TECHNOLOGIES: readonly (readonly [kind: NodeKind, technology: string, ...words: string[]])[] = [
  ['topic', 'Kafka', 'kafka'],
  ['topic', 'Pulsar', 'pulsar'],
  ['topic', 'NATS', 'nats'],
  ['topic', 'Amazon SNS', 'sns'],
  ['topic', 'Amazon Kinesis', 'kinesis'],
  ['topic', 'Google Pub/Sub', 'pubsub'],
  ['queue', 'RabbitMQ', 'rabbitmq', 'rabbit'],
  ['queue', 'ActiveMQ', 'activemq'],
  ['queue', 'Amazon SQS', 'sqs'],
  ['database', 'PostgreSQL', 'postgres', 'postgresql'],
  ['database', 'MySQL', 'mysql'],
  ['database', 'MariaDB', 'mariadb'],
  ['database', 'MongoDB', 'mongo', 'mongodb'],
  ['database', 'Cassandra', 'cassandra'],
  ['database', 'DynamoDB', 'dynamodb'],
  ['database', 'Elasticsearch', 'elasticsearch', 'elastic'],
  ['database', 'OpenSearch', 'opensearch'],
  ['database', 'ClickHouse', 'clickhouse'],
  ['database', 'CockroachDB', 'cockroachdb'],
  ['database', 'Oracle', 'oracle'],
  ['database', 'SQL Server', 'mssql', 'sqlserver'],
  ['database', 'SQLite', 'sqlite'],
  ['cache', 'Redis', 'redis'],
  ['cache', 'Valkey', 'valkey'],
  ['cache', 'Memcached', 'memcached', 'memcache'],
  ['storage', 'Amazon S3', 's3'],
  ['storage', 'Google Cloud Storage', 'gcs'],
  ['storage', 'MinIO', 'minio'],
  ['gateway', 'nginx', 'nginx'],
  ['gateway', 'Envoy', 'envoy'],
  ['gateway', 'Kong', 'kong'],
  ['gateway', 'Traefik', 'traefik'],
  ['load balancer', 'HAProxy', 'haproxy'],
  ['load balancer', 'AWS ALB', 'alb'],
  ['load balancer', 'AWS ELB', 'elb'],
  ['function', 'AWS Lambda', 'lambda'],
  ['client', 'browser', 'browser'],
  ['client', 'iOS', 'ios'],
  ['client', 'Android', 'android'],
  ['external', 'Stripe', 'stripe'],
  ['external', 'PayPal', 'paypal'],
  ['external', 'Adyen', 'adyen'],
  ['external', 'Twilio', 'twilio'],
  ['external', 'SendGrid', 'sendgrid'],
  ['external', 'Auth0', 'auth0'],
];

const SHORT: readonly (readonly [kind: NodeKind, word: string])[] = [
  ['database', 'db'],
  ['load balancer', 'lb'],
  ['gateway', 'gw'],
  ['function', 'fn'],
];

const KINDS: ReadonlyMap<string, Word> = new Map([
  ...NODE_KINDS.map((kind) => [normaliseName(kind), { kind }] as const),
  ...SHORT.map(([kind, word]) => [word, { kind }] as const),
]);

/** Every word by its normal form; of a technology with several words the first comes first. */
export const WORDS: ReadonlyMap<string, Word> = new Map<string, Word>([
  ...KINDS,
  ...TECHNOLOGIES.flatMap(([kind, technology, ...words]) =>
    words.map((word) => [word, { kind, technology }] as const),
  ),
]);

export const wordOf = (text: string): Word | undefined => WORDS.get(normaliseName(text));

/**
 * What a part's name says of it: `redis`, `mail-worker`. A technology is believed only as the whole name, since a
 * `kafka-exporter` or a `file-browser` is something else.
 */
export function wordOfName(name: string): Word | undefined {
  const words = normaliseName(name).split('-');
  return wordOf(name) ?? KINDS.get(words.slice(-2).join('-')) ?? KINDS.get(words.at(-1)!);
}

/** Words that are written as names more often than before one: a topic has a name beside its technology, a cache seldom. */
export const isOftenAName = ({ kind, technology }: Word): boolean =>
  technology !== undefined && !isCarrier(kind);

/** The word for a kind with this technology, if there is one that says both. */
export const technologyWord = (kind: NodeKind, technology: string): string | undefined =>
  TECHNOLOGIES.find(([ofKind, name]) => ofKind === kind && name === technology)?.[2];
