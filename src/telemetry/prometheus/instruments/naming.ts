/**
 * Whom a series speaks of. A name that several parts might go by (a pod without its hash, a container called
 * "server", one name in two namespaces) counts only as long as one part alone goes by it.
 */
import type { NodeKind } from '../../../graph/index.ts';
import { firstOf } from '../dialects/promql.ts';
import type { Candidate, Naming } from './instrument.ts';

const sure = (name: string): Candidate => ({ name, of: null });

/**
 * A name in its namespace, and alone. Prometheus operators and the OpenTelemetry conventions make a job of
 * namespace/name.
 */
function within(value: string, namespace: string, of = namespace): Candidate[] {
  const slash = value.lastIndexOf('/');
  if (slash > 0) {
    const own = value.slice(slash + 1);
    return [sure(value), ...within(own, value.slice(0, slash))];
  }
  if (value === '') return [];
  return of === ''
    ? [sure(value)]
    : [...(namespace ? [sure(`${value}.${namespace}`)] : []), { name: value, of }];
}

/** Letters and digits of generated names (Kubernetes apimachinery, util/rand). */
const RANDOM = '[bcdfghjklmnpqrstvwxz2456789]';
const HASHES = [
  new RegExp(`^(.+)-${RANDOM}{4,10}-${RANDOM}{5}$`),
  new RegExp(`^(.+)-${RANDOM}{5}$`),
  /^(.+)-\d+$/,
];

/** What a pod may be one of: a deployment (two hashes), a daemon set (one), a stateful set (a number). */
function workloadOf(pod: string): string | null {
  for (const hash of HASHES) {
    const name = hash.exec(pod)?.[1];
    if (name !== undefined) return name;
  }
  return null;
}

function podNames(pod: string, namespace: string): Candidate[] {
  if (pod === '') return [];
  const workload = workloadOf(pod);
  return [...(workload === null ? [] : within(workload, namespace, namespace || 'pods')), sure(pod)];
}

/** The host of `redis://redis:6379`, with its port first; of this machine the port alone tells anything. */
function address(value: string): Candidate[] {
  const place = value.replace(/^[a-z+]+:\/\//i, '').replace(/\/.*$/, '');
  const host = place.replace(/:\d+$/, '');
  const isHere = /^(localhost|127\.|\[::1\])/.test(host);
  return [place, ...(isHere ? [] : [host])].filter(Boolean).map(sure);
}

/** An exporter is named after what it speaks for. */
const withoutExporter = (name: string): string => name.replace(/[-_.](?:prometheus[-_.])?exporter$/i, '');

const WORDS = ['service', 'job', 'app', 'app_kubernetes_io_name', 'deployment'];
const PROCESS = [
  ...['service.name', 'service.namespace', 'service.instance.id', 'exported_job', 'exported_instance'],
  ...[...WORDS, 'container', 'pod', 'namespace', 'instance'],
];

/**
 * What a process says of itself. Where the resource or what a collector passed on names the service, the labels
 * of the scrape are the collector's.
 * @param what labels that tell apart several of one process: pools
 */
export const processBy = (...what: string[]): Naming => ({
  labels: [...PROCESS, ...what],
  names: ['service.name', 'exported_job', ...WORDS, 'container', 'pod', 'instance'],
  exceptExporters: true,
  read(labels) {
    const { namespace = labels.service_namespace ?? '', container = '', pod = '', job } = labels;
    const instance = firstOf(labels, 'service_instance_id', 'exported_instance', 'instance');
    const named = firstOf(labels, 'service_name', 'exported_job');
    const names =
      named !== null
        ? within(named, namespace)
        : [
            ...WORDS.flatMap((label) => within(labels[label] ?? '', namespace)),
            ...containerNames(container, pod, namespace),
            ...podNames(pod, namespace),
            ...address(labels.instance ?? ''),
          ];
    if (names.length === 0) return null;
    const of = what.map((label) => (label === 'le' ? '' : (labels[label] ?? ''))).join(' ');
    return {
      names,
      kind: 'service',
      instance,
      what: of,
      ...(instance !== null && job !== undefined && { scrape: job }),
    };
  },
});

/** Beside its pod a container's name says little: several workloads may have one of that name. */
function containerNames(container: string, pod: string, namespace: string): Candidate[] {
  if (container === '') return [];
  if (pod === '') return within(container, namespace);
  return [{ name: container, of: `${namespace}/${workloadOf(pod) ?? pod}`, by: 'container' }];
}

const COMPOSE = 'container_label_com_docker_compose_service';

/** What cAdvisor says of containers; its own job and instance are the machine's. */
export const CONTAINER: Naming = {
  labels: [COMPOSE, 'container', 'pod', 'namespace', 'name', 'job'],
  names: [COMPOSE, 'container', 'pod', 'name'],
  read(labels) {
    const { container = '', pod = '', namespace = '', name = '', job } = labels;
    const isOfCluster = container !== '';
    if (!isOfCluster && pod !== '') return null;
    const names = isOfCluster
      ? [...containerNames(container, pod, namespace), ...podNames(pod, namespace)]
      : [...within(labels[COMPOSE] ?? '', ''), ...within(name, '')];
    if (names.length === 0) return null;
    const instance = isOfCluster ? pod || null : name || null;
    return {
      names,
      kind: 'service',
      instance,
      what: container,
      ...(isOfCluster && pod !== '' && { shown: workloadOf(pod) ?? pod }),
      ...(job !== undefined && { scrape: job }),
    };
  },
};

/** What is said of a machine: its address is all that names it, a job has many. */
export const MACHINE: Naming = {
  labels: ['host.name', 'exported_instance', 'instance', 'job'],
  names: ['host.name', 'instance'],
  read(labels) {
    const { host_name: host = '', job } = labels;
    const instance = firstOf(labels, 'exported_instance', 'instance', 'host_name');
    const names = [
      ...(host ? [sure(host)] : []),
      ...address(labels.exported_instance ?? labels.instance ?? ''),
    ];
    if (names.length === 0) return null;
    return { names, kind: 'service', instance, crowd: 'machine', ...(job !== undefined && { scrape: job }) };
  },
};

const TARGETS = ['server', 'addr', 'target', 'instance'];
const SPOKEN_FOR = ['service.name', 'service', 'job', 'app', 'app_kubernetes_io_name'];

/** What a store, a broker or a proxy says of itself, or an exporter that asks it: its address goes before the job. */
export const serverBy = (kind: NodeKind, ...what: string[]): Naming => ({
  labels: [...TARGETS, ...SPOKEN_FOR, 'pod', 'namespace', ...what],
  names: [...TARGETS, ...SPOKEN_FOR, 'pod'],
  read(labels) {
    const { namespace = '', pod = '', job } = labels;
    const instance = firstOf(labels, ...TARGETS);
    const names = [
      ...TARGETS.flatMap((label) => address(labels[label] ?? '')),
      ...address(labels.instance ?? '').map(({ name }) => sure(withoutExporter(name))),
      ...SPOKEN_FOR.flatMap((label) =>
        within(withoutExporter(labels[label.replace('.', '_')] ?? ''), namespace),
      ),
      ...podNames(pod, namespace),
    ];
    if (names.length === 0) return null;
    const of = what.map((label) => labels[label] ?? '').join(' ');
    return { names, kind, instance, what: of, ...(job !== undefined && { scrape: job }) };
  },
});

/** A queue of RabbitMQ; one name may be in several virtual hosts. */
export const QUEUE: Naming = {
  labels: ['queue', 'vhost', 'queue_vhost', 'job'],
  names: ['queue'],
  read(labels) {
    const { queue = '', job } = labels;
    const vhost = firstOf(labels, 'vhost', 'queue_vhost') ?? '';
    if (queue === '') return null;
    return {
      names: [sure(`${vhost}/${queue}`), { name: queue, of: vhost }],
      kind: 'queue',
      instance: null,
      what: vhost,
      ...(job !== undefined && { scrape: job }),
    };
  },
};

/** A topic of Kafka. */
export const TOPIC: Naming = {
  labels: ['topic', 'job'],
  names: ['topic'],
  read: ({ topic = '', job }) =>
    topic === ''
      ? null
      : { names: [sure(topic)], kind: 'topic', instance: null, ...(job !== undefined && { scrape: job }) },
};

/** A topic and a group that consumes it. */
export const CONSUMED: Naming = {
  labels: ['topic', 'consumergroup', 'job'],
  names: ['topic'],
  read(labels) {
    const named = TOPIC.read(labels);
    const { consumergroup = '' } = labels;
    return named && consumergroup !== '' ? { ...named, other: consumergroup } : null;
  },
};
