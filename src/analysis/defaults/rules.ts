/** Which settings must stay below which: on one node, or at the two ends of an edge. */
import type { Source, System } from './entry.ts';
import { envoy } from './systems/envoy.ts';
import { goHttp } from './systems/go-http.ts';
import { grpcClient, grpcServer } from './systems/grpc.ts';
import { hikaricp } from './systems/hikaricp.ts';
import { kafkaBroker } from './systems/kafka-broker.ts';
import { kafkaConsumer } from './systems/kafka-consumer.ts';
import { kafkaProducer } from './systems/kafka-producer.ts';
import { mysql } from './systems/mysql.ts';
import { nginx } from './systems/nginx.ts';
import { nodeHttp } from './systems/node-http.ts';
import { postgresql } from './systems/postgresql.ts';
import { tomcat } from './systems/tomcat.ts';

export type End = { system: System; key: string };
/** What is lower, all of it added up, has to stay below `times` the higher one (1 unless said). */
export type Rule = {
  low: readonly End[];
  high: End;
  times?: number;
  /** It holds only where this is above 0 on the lower one's node. */
  onlyIf?: End;
  /** Equal is well, too. */
  orEqual?: true;
  why: string;
  source: Source;
};

const at = (system: System, ...keys: string[]): End[] => keys.map((key) => ({ system, key }));

function within(
  system: System,
  low: readonly string[],
  high: string,
  why: string,
  more: Partial<Rule> = {},
): Rule {
  return { low: at(system, ...low), high: { system, key: high }, why, source: system.source, ...more };
}

/** Held on each node that has the system. */
export const NODE_RULES: readonly Rule[] = [
  within(
    kafkaConsumer,
    ['heartbeat.interval.ms'],
    'session.timeout.ms',
    'Three heartbeats have to fit into a session, or one that is lost ends it.',
    { times: 1 / 3, orEqual: true },
  ),
  within(
    kafkaConsumer,
    ['fetch.max.wait.ms'],
    'request.timeout.ms',
    'A fetch that the broker holds back on purpose is taken for one that failed.',
  ),
  within(kafkaConsumer, ['fetch.min.bytes'], 'fetch.max.bytes', 'A fetch can never hold what it waits for.', {
    orEqual: true,
  }),
  within(
    kafkaProducer,
    ['linger.ms', 'request.timeout.ms'],
    'delivery.timeout.ms',
    'A message has to have time for its batch and for one request, or the producer refuses to start.',
    { orEqual: true },
  ),
  within(
    kafkaProducer,
    ['batch.size'],
    'buffer.memory',
    'One batch fills all of the memory, and send() blocks.',
  ),
  within(
    kafkaBroker,
    ['replica.fetch.wait.max.ms'],
    'replica.lag.time.max.ms',
    'Replicas of quiet topics drop out of sync while they wait.',
  ),
  within(
    kafkaBroker,
    ['replica.fetch.wait.max.ms'],
    'replica.socket.timeout.ms',
    'A fetch that the leader holds back on purpose is taken for one that failed.',
    { orEqual: true },
  ),
  within(
    kafkaBroker,
    ['min.insync.replicas'],
    'default.replication.factor',
    'Topics that are made by themselves never have so many replicas, and writes with acks=all fail.',
    { orEqual: true },
  ),
  within(
    hikaricp,
    ['validationTimeout'],
    'connectionTimeout',
    'Testing one connection takes all the time that a request has.',
  ),
  within(hikaricp, ['idleTimeout'], 'maxLifetime', 'Connections end before they can be idle for so long.'),
  within(
    postgresql,
    ['max_parallel_workers_per_gather'],
    'max_parallel_workers',
    'Queries are planned with workers that they never get.',
    { orEqual: true },
  ),
  within(
    postgresql,
    ['max_parallel_workers'],
    'max_worker_processes',
    'Queries are planned with workers that they never get.',
    { orEqual: true },
  ),
  within(
    postgresql,
    ['superuser_reserved_connections'],
    'max_connections',
    'No connection is left for applications.',
  ),
];

const reuse = 'The caller reuses connections that the other side is about to close: errors now and then.';
const callers: readonly (End & { onlyIf?: End })[] = [
  {
    system: nginx,
    key: 'upstream.keepalive_timeout',
    onlyIf: { system: nginx, key: 'upstream.keepalive' },
  },
  { system: envoy, key: 'idle_timeout' },
  { system: goHttp, key: 'IdleConnTimeout' },
];
const servers = [
  { system: nodeHttp, key: 'server.keepAliveTimeout' },
  { system: tomcat, key: 'keepAliveTimeout' },
  { system: nginx, key: 'keepalive_timeout' },
  { system: goHttp, key: 'Server.IdleTimeout' },
];

const lifetime = 'The pool gives out connections that the database has closed.';

/** Held on each edge: `low` at its source, `high` at its target. */
export const EDGE_RULES: readonly Rule[] = [
  ...callers.flatMap(({ onlyIf, ...caller }) =>
    servers.map(
      (server): Rule => ({
        low: [caller],
        high: server,
        ...(onlyIf && { onlyIf }),
        why: reuse,
        source: server.system.source,
      }),
    ),
  ),
  {
    low: at(hikaricp, 'maxLifetime'),
    high: { system: mysql, key: 'wait_timeout' },
    why: lifetime,
    source: hikaricp.source,
  },
];

/** Held on each edge the other way round: `low` at its target, `high` at its source. */
export const CALLEE_RULES: readonly Rule[] = [
  {
    low: at(grpcServer, 'grpc.http2.min_ping_interval_without_data_ms'),
    high: { system: grpcClient, key: 'grpc.keepalive_time_ms' },
    orEqual: true,
    why: 'The client pings more often than the server allows, which closes the connection with too_many_pings.',
    source: grpcServer.source,
  },
];
