/** Stores and proxies, by their exporters: PostgreSQL, MySQL, Redis, nginx, HAProxy. */
import type { NodeKind } from '../../../graph/index.ts';
import type { Instrument } from './instrument.ts';
import { serverBy } from './naming.ts';
import { either } from './promql.ts';

const STORES: ReadonlySet<NodeKind> = new Set([
  ...(['database', 'cache', 'storage', 'external'] as const),
  ...(['queue', 'topic', 'broker'] as const),
]);
const PROXIES: ReadonlySet<NodeKind> = new Set(['gateway', 'load balancer', 'service', 'external']);

const share = (part: string, whole: string): string => `${part} / (${whole} > 0)`;
const CONNECTIONS = 'connections, share of how many it takes';

type Entry = Omit<Instrument, 'family' | 'naming' | 'kinds'> & Partial<Pick<Instrument, 'naming'>>;

const all = (
  family: string,
  naming: Instrument['naming'],
  kinds: ReadonlySet<NodeKind>,
  entries: readonly Entry[],
): Instrument[] => entries.map((each) => ({ family, naming, kinds, ...each }));

/** postgres_exporter, collectors stat_database and settings. */
const postgres = all('PostgreSQL', serverBy('database'), STORES, [
  {
    metric: 'pool use',
    needs: ['pg_stat_database_numbackends', 'pg_settings_max_connections'],
    ask: (q, backends, most) => share(q.sum(backends!), q.max(most!)),
    note: CONNECTIONS,
  },
  {
    metric: 'rate',
    needs: ['pg_stat_database_xact_commit(?:_total)?', 'pg_stat_database_xact_rollback(?:_total)?'],
    ask: (q, commits, rollbacks) => either(q.rate(commits!), q.rate(rollbacks!)),
    note: 'transactions',
  },
]);

/** mysqld_exporter, collectors global_status and global_variables. */
const mysql = all('MySQL', serverBy('database'), STORES, [
  {
    metric: 'pool use',
    needs: ['mysql_global_status_threads_connected', 'mysql_global_variables_max_connections'],
    ask: (q, connected, most) => share(q.sum(connected!), q.sum(most!)),
    note: CONNECTIONS,
  },
  {
    metric: 'rate',
    needs: ['mysql_global_status_queries'],
    ask: (q, queries) => q.rate(queries!),
    note: 'queries',
  },
]);

/** redis_exporter, exporter/metrics.go; without maxmemory its limit is 0. */
const redis = all('Redis', serverBy('cache'), STORES, [
  { metric: 'memory', needs: ['redis_memory_used_bytes'], ask: (q, used) => q.sum(used!) },
  {
    metric: 'memory use',
    needs: ['redis_memory_used_bytes', 'redis_memory_max_bytes'],
    ask: (q, used, most) => share(q.sum(used!), q.sum(most!)),
    note: 'share of maxmemory',
  },
  {
    metric: 'rate',
    needs: ['redis_commands_processed_total'],
    ask: (q, commands) => q.rate(commands!),
    note: 'commands',
  },
  {
    metric: 'pool use',
    needs: ['redis_connected_clients', 'redis_(?:config_)?max_?clients'],
    ask: (q, clients, most) => share(q.sum(clients!), q.sum(most!)),
    note: CONNECTIONS,
  },
  {
    metric: 'cpu',
    needs: ['redis_cpu_sys_seconds_total', 'redis_cpu_user_seconds_total'],
    ask: (q, sys, user) => either(q.rate(sys!), q.rate(user!)),
    note: 'share of one core, which is all that its commands run on',
  },
]);

/** nginx-prometheus-exporter, of the page stub_status: it counts requests and not how they ended. */
const nginx = all('nginx', serverBy('gateway'), PROXIES, [
  { metric: 'rate', needs: ['nginx_http_requests_total'], ask: (q, requests) => q.rate(requests!) },
]);

const PROXY = serverBy('load balancer', 'proxy');

/** HAProxy's own exporter; names, labels and units as in an exposition of 2.6. */
const haproxy = all('HAProxy', serverBy('load balancer'), PROXIES, [
  {
    metric: 'rate',
    needs: ['haproxy_frontend_http_requests_total'],
    ask: (q, requests) => q.rate(requests!),
    note: 'of all its frontends',
  },
  {
    metric: 'errors',
    needs: ['haproxy_frontend_http_responses_total'],
    ask: (q, responses) => share(q.rate(responses!, 'code="5xx"'), q.rate(responses!)),
    note: 'of all its frontends',
  },
  {
    metric: 'pool use',
    naming: PROXY,
    needs: ['haproxy_frontend_current_sessions', 'haproxy_frontend_limit_sessions'],
    ask: (q, sessions, most) => share(q.sum(sessions!), q.sum(most!)),
    note: 'sessions, of the fullest frontend',
  },
  {
    metric: 'pool waiting',
    needs: ['haproxy_backend_current_queue'],
    ask: (q, queued) => q.sum(queued!),
    note: 'requests that wait for a server',
  },
  {
    metric: 'cpu',
    needs: ['haproxy_process_idle_time_percent'],
    ask: (q, idle) => `1 - ${q.max(idle!)} / 100`,
    note: 'share of its threads',
  },
]);

export const SERVERS: readonly Instrument[] = [...postgres, ...mysql, ...redis, ...nginx, ...haproxy];
