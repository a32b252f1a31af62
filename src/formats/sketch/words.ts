/** The words that stand before a colon: kinds, and technologies that are of a kind. */
import { NODE_KINDS, type NodeKind, normaliseName } from '../../graph/index.ts';

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
];

const SHORT: readonly (readonly [kind: NodeKind, word: string])[] = [
  ['database', 'db'],
  ['load balancer', 'lb'],
  ['gateway', 'gw'],
  ['function', 'fn'],
];

/** Every word by its normal form; of a technology with several words the first comes first. */
export const WORDS: ReadonlyMap<string, Word> = new Map<string, Word>([
  ...NODE_KINDS.map((kind) => [normaliseName(kind), { kind }] as const),
  ...SHORT.map(([kind, word]) => [word, { kind }] as const),
  ...TECHNOLOGIES.flatMap(([kind, technology, ...words]) =>
    words.map((word) => [word, { kind, technology }] as const),
  ),
]);

export const wordOf = (text: string): Word | undefined => WORDS.get(normaliseName(text));

/** The word for a kind with this technology, if there is one that says both. */
export const technologyWord = (kind: NodeKind, technology: string): string | undefined =>
  TECHNOLOGIES.find(([ofKind, name]) => ofKind === kind && name === technology)?.[2];
