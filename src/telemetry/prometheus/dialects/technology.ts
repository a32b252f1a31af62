/** Words of the semantic conventions for databases and brokers → what people call them, and what they are. */
import type { NodeKind } from '../../../graph/index.ts';

type System = { technology: string; kind: NodeKind; also?: readonly string[] };

const SYSTEMS: Readonly<Record<string, System>> = {
  postgresql: { technology: 'PostgreSQL', kind: 'database', also: ['postgres'] },
  mysql: { technology: 'MySQL', kind: 'database' },
  mariadb: { technology: 'MariaDB', kind: 'database' },
  mongodb: { technology: 'MongoDB', kind: 'database', also: ['mongo'] },
  'microsoft.sql_server': { technology: 'SQL Server', kind: 'database', also: ['mssql', 'sqlserver'] },
  mssql: { technology: 'SQL Server', kind: 'database', also: ['sqlserver'] },
  'oracle.db': { technology: 'Oracle', kind: 'database', also: ['oracle'] },
  cassandra: { technology: 'Cassandra', kind: 'database' },
  elasticsearch: { technology: 'Elasticsearch', kind: 'database' },
  opensearch: { technology: 'OpenSearch', kind: 'database' },
  'aws.dynamodb': { technology: 'DynamoDB', kind: 'database', also: ['dynamodb'] },
  redis: { technology: 'Redis', kind: 'cache' },
  memcached: { technology: 'Memcached', kind: 'cache' },
  kafka: { technology: 'Kafka', kind: 'topic' },
  rabbitmq: { technology: 'RabbitMQ', kind: 'queue' },
  aws_sqs: { technology: 'SQS', kind: 'queue', also: ['sqs'] },
  'aws.sns': { technology: 'SNS', kind: 'topic', also: ['sns'] },
  gcp_pubsub: { technology: 'Pub/Sub', kind: 'topic', also: ['pubsub'] },
  pulsar: { technology: 'Pulsar', kind: 'topic' },
  nats: { technology: 'NATS', kind: 'topic' },
  activemq: { technology: 'ActiveMQ', kind: 'queue' },
};

/** A system that is not known by name keeps its name. */
export const systemOf = (name: string, kind: NodeKind): Required<System> => ({
  also: [],
  ...(SYSTEMS[name] ?? { technology: name, kind }),
});
