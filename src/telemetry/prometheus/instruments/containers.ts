/** Containers (cAdvisor) and machines (node_exporter, the OpenTelemetry Collector's host metrics). */
import type { Instrument } from './instrument.ts';
import { CONTAINER, MACHINE } from './naming.ts';
import { either } from './promql.ts';

const CADVISOR = 'cAdvisor';
/** Beside a cluster's containers there are sums over pods, which name no container, and each pod's pause container. */
const REAL = 'container!="POD"';

const USAGE = 'container_cpu_usage_seconds_total';
const WORKING_SET = 'container_memory_working_set_bytes';

/**
 * Names and meaning: cAdvisor, metrics/prometheus.go. A container without a CPU quota has no series of it or one
 * of -1, one without a limit of memory a limit of 0.
 */
const containers: Instrument[] = (
  [
    {
      metric: 'cpu',
      needs: [USAGE, 'container_spec_cpu_quota', 'container_spec_cpu_period'],
      ask: (q, usage, quota, period) =>
        `${q.rate(usage!, REAL)} / (${q.max(quota!, REAL)} > 0) * ${q.max(period!, REAL)}`,
      note: 'share of its CPU limit',
    },
    {
      metric: 'cpu',
      needs: [USAGE],
      ask: (q, usage) => q.rate(usage!, REAL),
      note: 'share of one core: no CPU limit is known',
    },
    {
      metric: 'throttled',
      needs: ['container_cpu_cfs_throttled_periods_total', 'container_cpu_cfs_periods_total'],
      ask: (q, throttled, periods) => `${q.rate(throttled!, REAL)} / (${q.rate(periods!, REAL)} > 0)`,
    },
    {
      metric: 'memory',
      needs: [WORKING_SET],
      ask: (q, memory) => q.sum(memory!, REAL),
      note: 'working set',
    },
    {
      metric: 'memory use',
      needs: [WORKING_SET, 'container_spec_memory_limit_bytes'],
      ask: (q, memory, limit) => `${q.sum(memory!, REAL)} / (${q.max(limit!, REAL)} > 0)`,
      note: 'working set, share of its limit',
    },
    {
      metric: 'disk io',
      needs: ['container_fs_reads_bytes_total', 'container_fs_writes_bytes_total'],
      ask: (q, reads, writes) => either(q.rate(reads!, REAL), q.rate(writes!, REAL)),
    },
  ] satisfies Omit<Instrument, 'family' | 'naming'>[]
).map((each) => ({ family: CADVISOR, naming: CONTAINER, ...each }));

const MACHINES = new Set([
  ...(['gateway', 'load balancer', 'service', 'worker', 'function'] as const),
  ...(['broker', 'database', 'cache', 'storage'] as const),
]);
const OF_MACHINE = 'of the whole machine';

/** Names and labels as in an exposition of node_exporter 1.5; those of the collector by its host metrics receiver. */
const machines: Instrument[] = (
  [
    {
      metric: 'cpu',
      needs: ['node_cpu_seconds_total'],
      ask: (q, cpu) => `1 - ${q.rate(cpu!, 'mode=~"idle|iowait"')} / (${q.rate(cpu!)} > 0)`,
      note: `${OF_MACHINE}, share of all cores`,
    },
    {
      metric: 'memory',
      needs: ['node_memory_MemTotal_bytes', 'node_memory_MemAvailable_bytes'],
      ask: (q, total, available) => `${q.sum(total!)} - ${q.sum(available!)}`,
      note: OF_MACHINE,
    },
    {
      metric: 'memory use',
      needs: ['node_memory_MemTotal_bytes', 'node_memory_MemAvailable_bytes'],
      ask: (q, total, available) => `1 - ${q.sum(available!)} / (${q.sum(total!)} > 0)`,
      note: OF_MACHINE,
    },
    {
      metric: 'disk busy',
      needs: ['node_disk_io_time_seconds_total'],
      ask: (q, busy) => q.maxRate(busy!),
      note: `${OF_MACHINE}, its busiest disk`,
    },
    {
      metric: 'disk io',
      needs: ['node_disk_read_bytes_total', 'node_disk_written_bytes_total'],
      ask: (q, read, written) => either(q.rate(read!), q.rate(written!)),
      note: OF_MACHINE,
    },
    {
      metric: 'cpu',
      needs: ['system.cpu.time(?:.seconds)?(?:.total)?'],
      ask: (q, time) => `1 - ${q.rate(time!, 'state=~"idle|wait"')} / (${q.rate(time!)} > 0)`,
      note: `${OF_MACHINE}, share of all cores`,
    },
    {
      metric: 'memory use',
      needs: ['system.memory.utilization(?:.ratio)?'],
      ask: (q, use) => q.sum(use!, 'state="used"'),
      note: OF_MACHINE,
    },
  ] satisfies Omit<Instrument, 'family' | 'naming'>[]
).map((each) => ({ family: 'machine', naming: MACHINE, kinds: MACHINES, ...each }));

export const CONTAINERS: readonly Instrument[] = containers;
export const MACHINE_ROOM: readonly Instrument[] = machines;
