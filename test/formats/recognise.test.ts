/** What parts are, told by their images, names and ports. */
import { expect, test } from 'vitest';
import { type Clues, kindOf } from '../../src/formats/recognise.ts';

const said = (clues: Clues) => {
  const { kind, technology, version } = kindOf(clues);
  return [kind, technology, version].filter(Boolean).join(', ');
};

test.each<[Clues, string]>([
  [{ image: 'postgres:15.4-alpine' }, 'database, PostgreSQL, 15.4'],
  [{ image: 'docker.io/bitnami/postgresql:15.4.0-debian-11', name: 'db' }, 'database, PostgreSQL, 15.4.0'],
  [{ image: 'mcr.microsoft.com/mssql/server:2022-latest' }, 'database, SQL Server, 2022'],
  [{ image: 'confluentinc/cp-kafka:7.5.0', name: 'broker' }, 'broker, Kafka'],
  [{ image: 'rabbitmq@sha256:0123', name: 'mq' }, 'broker, RabbitMQ'],
  [{ image: 'nginx:1.25', name: 'lb' }, 'load balancer, nginx, 1.25'],
  [{ image: 'node:20-alpine', name: 'api-gateway' }, 'gateway, Node.js, 20'],
  [{ image: 'registry:5000/team/app:1.2' }, 'service'],
  [{ image: 'team/catalogue-db', name: 'catalogue-db' }, 'database'],
  [{ name: 'user-mongodb' }, 'database, MongoDB'],
  [{ name: 'redis-cart' }, 'cache, Redis'],
  [{ name: 'orderdb' }, 'database'],
  [{ name: 'orders-db-deployment', image: 'shop/store' }, 'database'],
  [{ name: 'mail-worker-sts' }, 'worker'],
  [{ name: 'messagebroker' }, 'broker'],
  [{ image: 'vernemq/vernemq:2.0' }, 'broker, VerneMQ, 2.0'],
  [{ name: 'anything', port: 5432 }, 'database, PostgreSQL'],
  [{ name: 'load-generator' }, 'client'],
  [{ name: 'ratings-mysql', image: 'shop/ratings:2' }, 'service'],
  [{ name: 'ratings-mysql', image: 'shop/ratings-mysql' }, 'database, MySQL'],
  [{ name: 'ratings-mysql', image: 'shop/store' }, 'database, MySQL'],
  [{ name: 'details-v1', image: 'shop/books-details-v1-envoy' }, 'service'],
  [{ name: 'edge-envoy', image: 'shop/edge-envoy-v3' }, 'gateway, Envoy'],
  [{ technology: 'Apache Kafka' }, 'broker, Kafka'],
  [{ name: 'Kafka topic' }, 'topic, Kafka'],
  [{ name: 'redis-worker' }, 'worker'],
  [{ name: 'redis-queue' }, 'queue, Redis'],
  [{ name: 'Amazon SQS' }, 'queue, Amazon SQS'],
  [{ technology: 'Cloud Pub/Sub' }, 'broker, Google Pub/Sub'],
  [{ name: 'EventBridge' }, 'broker, Amazon EventBridge'],
  [{ name: 'Elastic Load Balancer' }, 'load balancer, AWS ELB'],
  [{ name: 'Elastic IP' }, 'service, Elastic IP'],
  [{ name: 'elastic' }, 'database, Elasticsearch'],
  [{ name: 'Message Bus' }, 'broker'],
  [{ name: 'Blob Storage' }, 'storage'],
  [{ name: 'warehouse' }, 'service'],
  [{}, 'service'],
])('%o is %s', (clues, words) => expect(said(clues)).toBe(words));

test.each<[Clues]>([
  [{ image: 'prometheuscommunity/postgres-exporter', name: 'postgres' }],
  [{ image: 'provectuslabs/kafka-ui', name: 'kafka-ui' }],
  [{ image: 'mongo-express', name: 'mongo-express' }],
  [{ image: 'confluentinc/cp-kafka:7', name: 'kafka-init' }],
  [{ image: 'opensearchproject/opensearch-dashboards:2' }],
  [{ image: 'example/postgres-meta:0.9', name: 'meta' }],
  [{ image: 'example/shop-kafka-streams', name: 'shop-streams' }],
  [{ image: 'quay.io/prometheus/node-exporter', name: 'node-exporter' }],
])('%o only goes with a store', (clues) => {
  const { kind, technology } = kindOf(clues);
  expect(['service', 'worker']).toContain(kind);
  expect(technology).toBeNull();
});
