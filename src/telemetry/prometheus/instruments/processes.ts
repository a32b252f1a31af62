/** What processes and their runtimes say of themselves: any client library, Node.js, Java, Go; and their pools. */
import type { Instrument } from './instrument.ts';
import { processBy } from './naming.ts';

const PROCESS = processBy();
type Entry = Omit<Instrument, 'naming'> & Partial<Pick<Instrument, 'naming'>>;

/** Quantiles that are gauges of their own, as one answer. */
const quantiles: Instrument['ask'] = (q, ...gauges) =>
  gauges
    .map((gauge, i) => `label_replace(${q.max(gauge)},"quantile","${[0.5, 0.9, 0.99][i]}","","")`)
    .join(' or ');

const lag = (metric: string): string[] => ['p50', 'p90', 'p99'].map((p) => metric.replace('$', p));

/** prom-client, lib/metrics; OpenTelemetry's conventions for Node.js and V8. */
const node: Entry[] = [
  {
    metric: 'event loop lag',
    family: 'prom-client',
    needs: lag('nodejs_eventloop_lag_$_seconds'),
    ask: quantiles,
    scale: 1000,
    as: 'quantiles',
  },
  {
    metric: 'event loop lag',
    family: 'OpenTelemetry for Node.js',
    needs: lag('nodejs.eventloop.delay.$(?:.seconds)?'),
    ask: quantiles,
    scale: 1000,
    as: 'quantiles',
  },
  {
    metric: 'thread use',
    family: 'OpenTelemetry for Node.js',
    needs: ['nodejs.eventloop.utilization(?:.ratio)?'],
    ask: (q, use) => q.max(use!),
    note: 'of the one thread that the event loop runs on',
  },
];

const gc: Entry[] = [
  { family: 'prom-client', needs: 'nodejs_gc_duration_seconds_sum' },
  { family: 'OpenTelemetry for Node.js', needs: 'v8js.gc.duration(?:.seconds)?_sum' },
  { family: 'Micrometer', needs: 'jvm_gc_pause_seconds_sum' },
  { family: 'OpenTelemetry for Java', needs: 'jvm.gc.duration(?:.seconds)?_sum' },
  { family: 'Go', needs: 'go_gc_duration_seconds_sum' },
].map(({ family, needs }) => ({
  metric: 'gc pause',
  family,
  needs: [needs],
  ask: (q, time) => q.rate(time!),
}));

const HEAP = [
  // Pools without a limit tell -1 (java.lang.management.MemoryUsage): what they use counts against the others'.
  { family: 'Micrometer', used: 'jvm_memory_used_bytes', most: 'jvm_memory_max_bytes', heap: 'area="heap"' },
  {
    family: 'OpenTelemetry for Java',
    used: 'jvm.memory.used(?:.bytes)?',
    most: 'jvm.memory.limit(?:.bytes)?',
    heap: 'jvm_memory_type="heap"',
  },
];

/** Micrometer's binders for Java, Tomcat, executors and HikariCP; OpenTelemetry's conventions for Java. */
const java: Entry[] = [
  ...HEAP.map(
    ({ family, used, most, heap }): Entry => ({
      metric: 'memory use',
      family,
      needs: [used, most],
      ask: (q, now, limit) => `${q.sum(now!, heap)} / ${q.by('sum', `${q.level(limit!, heap)} > 0`)}`,
      note: 'heap, share of its limit',
    }),
  ),
  ...[
    { family: 'Micrometer', use: 'process_cpu_usage' },
    { family: 'OpenTelemetry for Java', use: 'jvm.cpu.recent_utilization(?:.ratio)?' },
  ].map(
    ({ family, use }): Entry => ({
      metric: 'cpu',
      family,
      needs: [use],
      ask: (q, share) => q.max(share!),
      note: 'share of all cores it may use',
    }),
  ),
  {
    metric: 'thread use',
    family: 'Tomcat',
    naming: processBy('name'),
    needs: ['tomcat_threads_busy_threads', 'tomcat_threads_config_max_threads'],
    ask: (q, busy, most) => `${q.sum(busy!)} / (${q.sum(most!)} > 0)`,
  },
  {
    // An executor that may grow without end tells 2147483647; it does not grow beyond its core while it queues.
    metric: 'thread use',
    family: 'executors',
    naming: processBy('name'),
    needs: ['executor_active_threads', 'executor_pool_max_threads', 'executor_pool_core_threads'],
    ask: (q, active, most, core) =>
      `${q.sum(active!)} / (((${q.sum(most!)} < 2147483647) or ${q.sum(core!)}) > 0)`,
  },
  {
    metric: 'pool use',
    family: 'HikariCP',
    naming: processBy('pool'),
    needs: ['hikaricp_connections_active', 'hikaricp_connections_max'],
    ask: (q, active, most) => `${q.sum(active!)} / (${q.sum(most!)} > 0)`,
  },
  {
    metric: 'pool waiting',
    family: 'HikariCP',
    naming: processBy('pool'),
    needs: ['hikaricp_connections_pending'],
    ask: (q, pending) => q.sum(pending!),
  },
  {
    metric: 'pool wait',
    family: 'HikariCP',
    naming: processBy('pool', 'le'),
    needs: ['hikaricp_connections_acquire_seconds_bucket'],
    ask: (q, buckets) => q.rate(buckets!),
    scale: 1000,
    as: 'buckets',
  },
];

/** Every Prometheus client library ("process" collector); OpenTelemetry's conventions for processes. */
const any: Entry[] = [
  {
    metric: 'cpu',
    family: 'OpenTelemetry',
    needs: ['process.cpu.utilization(?:.ratio)?'],
    ask: (q, use) => q.sum(use!),
    note: 'share of all cores it may use',
  },
  ...[
    'process_cpu_seconds_total',
    'process.cpu.time(?:.seconds)?(?:.total)?',
    'jvm.cpu.time(?:.seconds)?(?:.total)?',
  ].map(
    (time): Entry => ({
      metric: 'cpu',
      family: time,
      needs: [time],
      ask: (q, seconds) => q.rate(seconds!),
      note: 'share of one core',
    }),
  ),
  ...['process_resident_memory_bytes', 'process.memory.usage(?:.bytes)?'].map(
    (memory): Entry => ({
      metric: 'memory',
      family: memory,
      needs: [memory],
      ask: (q, resident) => q.sum(resident!),
      note: 'resident',
    }),
  ),
  ...HEAP.map(
    ({ family, used }): Entry => ({
      metric: 'memory',
      family,
      needs: [used],
      ask: (q, now) => q.sum(now!),
      note: 'heap and beside it, as Java counts it',
    }),
  ),
  {
    metric: 'disk io',
    family: 'OpenTelemetry',
    needs: ['process.disk.io(?:.bytes)?(?:.total)?'],
    ask: (q, bytes) => q.rate(bytes!),
  },
];

export const PROCESSES: readonly Instrument[] = [...node, ...gc, ...java, ...any].map((each) => ({
  naming: PROCESS,
  ...each,
}));
