/**
 * The Istio dialect: what the proxies of both ends count. The same request is reported by its source and by its
 * destination; it is counted where it arrived, else where it was sent, and timed at both ends.
 */
import type { Pace } from '../../pace.ts';
import type { Labels } from '../answer.ts';
import type { Asked, End, Seen, Traffic } from '../traffic.ts';
import type { Answers, Dialect } from './dialect.ts';
import { isGrpcFailure, isHttpFailure } from './failures.ts';
import { type Measured, measured, type Timer, timerNames, timerQuestions, timersIn } from './measure.ts';
import { createParts, type Parts, workload } from './parts.ts';
import { anyIsOneOf, firstOf, rateBy } from './promql.ts';
import { oneScrape, twiceRemark } from './scrapes.ts';

const REQUESTS = 'istio_requests_total';
const DURATION = 'istio_request_duration_milliseconds';
const ENDS = [
  ...['source_workload', 'source_workload_namespace', 'source_canonical_service'],
  ...['destination_workload', 'destination_workload_namespace', 'destination_canonical_service'],
  ...['destination_service_name'],
];
/** Of the proxy that reports. */
const INSTANCE = ['pod', 'kubernetes_pod_name', 'instance'];
const GROUP = ['reporter', ...ENDS, ...INSTANCE, 'job'];
const OUTCOME = ['request_protocol', 'response_code', 'grpc_response_status', 'response_flags'];
const NARROW = ['destination_workload', 'destination_canonical_service', 'destination_service_name'];

export const istio: Dialect = {
  name: 'Istio',
  metrics: `${REQUESTS}|${timerNames(DURATION)}`,
  listen(names, scope) {
    const [timer] = timersIn(names, DURATION, () => 1);
    if (!timer && !names.includes(REQUESTS)) return null;
    const matchers = scope.only ? anyIsOneOf(NARROW, scope.only) : undefined;
    const requests = rateBy([...GROUP, ...OUTCOME], REQUESTS, scope.window, matchers);
    const durations = timer && timerQuestions('duration', timer, GROUP, null, scope, matchers);
    const latency = durations?.['duration bucket'];
    const asked: Asked = {
      ...{ rate: requests, failed: requests },
      ...(latency !== undefined && { caller: latency, callee: latency }),
    };
    const questions = { requests, ...durations };
    return { questions, read: (answers, pace) => read(answers, timer ?? null, asked, pace) };
  },
};

async function read(answers: Answers, timer: Timer | null, asked: Asked, pace: Pace): Promise<Seen> {
  const requests = answers.requests ?? [];
  const count = (key: string, series: typeof requests) =>
    measured({ [`${key} count`]: series }, key, { scale: 1 }, GROUP, hasFailed, pace);
  const arrived = await count(
    'arrived',
    requests.filter(({ labels }) => !neverArrived(labels)),
  );
  const lost = await count(
    'lost',
    requests.filter(({ labels }) => neverArrived(labels)),
  );
  const timed = timer ? await measured(answers, 'duration', timer, GROUP, () => false, pace) : [];

  const { kept: counted, twice } = once(arrived);
  const covered = new Set(
    counted.flatMap(({ labels, rate }) => (isDestination(labels) && rate! > 0 ? [edgeKey(labels)] : [])),
  );
  const parts = createParts();
  const traffic: Traffic[] = [];
  const put = (labels: Labels, figures: Pick<Traffic, 'rate' | 'failed' | 'latency'>, known = true) => {
    const between = endsOf(parts, labels);
    if (!between) return;
    const pod = known ? firstOf(labels, ...INSTANCE) : null;
    const instance = isDestination(labels) ? { caller: null, callee: pod } : { caller: pod, callee: null };
    traffic.push({ ...between, kind: 'call', ...figures, instance, asked });
  };
  for (const { labels, rate, failed } of counted)
    if (isDestination(labels) || !covered.has(edgeKey(labels))) put(labels, { rate, failed, latency: {} });
  // Only the source knows of what never arrived; by which instance it would have been served nobody knows.
  for (const { labels, rate, failed } of once(lost).kept)
    if (!isDestination(labels)) put(labels, { rate, failed, latency: {} }, !covered.has(edgeKey(labels)));
  for (const { labels, latency } of once(timed).kept) {
    if (!latency) continue;
    const side = isDestination(labels) ? 'callee' : 'caller';
    put(labels, { rate: null, failed: null, latency: { [side]: latency } });
  }
  return { traffic, remarks: twiceRemark(twice) };
}

const once = (all: readonly Measured[]) =>
  oneScrape(
    all,
    ({ labels }) => `${labels.reporter}\n${firstOf(labels, ...INSTANCE)}\n${edgeKey(labels)}`,
    ({ labels }) => `job ${labels.job ?? ''}`,
  );

const isDestination = ({ reporter }: Labels): boolean => reporter === 'destination';
const edgeKey = (labels: Labels): string => ENDS.map((name) => labels[name] ?? '').join('\n');

const isKnown = (name: string | undefined): name is string => !!name && name !== 'unknown';

/** Null where either end has no name: a source outside of the mesh, say. */
function endsOf(parts: Parts, labels: Labels): { source: End; target: End } | null {
  const from = labels.source_workload;
  const canonical = [labels.source_canonical_service, labels.destination_canonical_service].map((name) =>
    isKnown(name) ? name : '',
  );
  const service = isKnown(labels.destination_service_name) ? labels.destination_service_name : '';
  const to = isKnown(labels.destination_workload) ? labels.destination_workload : service;
  if (!isKnown(from) || to === '') return null;
  const namespace = (name: string | undefined) => (isKnown(name) ? name : '');
  return {
    source: workload(
      parts,
      from,
      namespace(labels.source_workload_namespace),
      [canonical[0]!],
      from.endsWith('gateway') ? 'gateway' : 'service',
    ),
    target: workload(parts, to, namespace(labels.destination_workload_namespace), [canonical[1]!, service]),
  };
}

function hasFailed(labels: Labels): boolean {
  const { response_code: code = '', grpc_response_status: grpc = '', response_flags: flags = '' } = labels;
  if (grpc !== '' && isGrpcFailure(grpc)) return true;
  // Code 0 is no answer; flags tell why the proxy made one up ("-" is none).
  return isHttpFailure(code, code === '0' ? 'no answer' : null) || neverArrived({ response_flags: flags });
}

/** No connection, no healthy target, too many waiting, no route, no cluster (Envoy's response flags). */
const NEVER_ARRIVED = new Set(['UF', 'UH', 'UO', 'NR', 'NC']);
const neverArrived = ({ response_flags: flags = '' }: Labels): boolean =>
  flags.split(',').some((flag) => NEVER_ARRIVED.has(flag));
