/**
 * The Linkerd dialect: what a proxy counts of requests that leave its pod. The instance it tells apart is the pod
 * that was called.
 */
import type { Labels } from '../answer.ts';
import type { Traffic } from '../traffic.ts';
import type { Dialect } from './dialect.ts';
import { type Measured, measured, timerNames, timerQuestions, timersIn } from './measure.ts';
import { createParts, workload } from './parts.ts';
import { anyIsOneOf, firstOf, quoted, rateBy } from './promql.ts';
import { oneScrape, twiceRemark } from './scrapes.ts';

const RESPONSES = 'response_total';
const LATENCY = 'response_latency_ms';
const WORKLOADS = ['deployment', 'statefulset', 'daemonset'];
const TARGETS = WORKLOADS.map((kind) => `dst_${kind}`);
const GROUP = [
  ...['namespace', ...WORKLOADS],
  ...['dst_namespace', ...TARGETS, 'dst_service', 'dst_pod'],
  'job',
];
const OUTBOUND = `direction=${quoted('outbound')}`;

export const linkerd: Dialect = {
  name: 'Linkerd',
  metrics: timerNames(LATENCY),
  listen(names, scope) {
    const [timer] = timersIn(names, LATENCY, () => 1);
    if (!timer) return null;
    const narrowed = scope.only ? anyIsOneOf([...TARGETS, 'dst_service'], scope.only) : [[]];
    const matchers = narrowed.map((each) => [OUTBOUND, ...each]);
    const counts = rateBy([...GROUP, 'classification'], RESPONSES, scope.window, matchers);
    const durations = timerQuestions('latency', timer, GROUP, null, scope, matchers);
    const asked = { rate: counts, failed: counts, caller: durations['latency bucket']! };
    const questions = { 'responses count': counts, ...durations };
    return {
      questions,
      async read(answers, pace) {
        const counted = await measured(answers, 'responses', timer, GROUP, hasFailed, pace);
        const times = await measured(answers, 'latency', timer, GROUP, () => false, pace);
        const parts = createParts();
        const traffic: Traffic[] = [];
        const { kept, twice } = once(counted);
        for (const { labels, rate, failed } of kept) put(labels, { rate, failed, latency: {} });
        for (const { labels, latency } of once(times).kept)
          if (latency) put(labels, { rate: null, failed: null, latency: { caller: latency } });
        const remarks = traffic.length > 0 ? [FIRST_BYTE, ...twiceRemark(twice)] : [];
        return { traffic, remarks };

        function put(labels: Labels, figures: Pick<Traffic, 'rate' | 'failed' | 'latency'>) {
          const from = firstOf(labels, ...WORKLOADS);
          const service = labels.dst_service ?? '';
          const to = firstOf(labels, ...TARGETS) ?? service;
          if (from === null || to === '') return;
          const source = workload(parts, from, labels.namespace ?? '', []);
          const target = workload(parts, to, labels.dst_namespace ?? '', [service]);
          const pod = labels.dst_pod || null;
          const instance = { caller: pod, callee: pod };
          traffic.push({ source, target, kind: 'call', ...figures, instance, asked });
        }
      },
    };
  },
};

const FIRST_BYTE = "Linkerd's latency is the time to the first byte of the answer, not to its end.";

const hasFailed = ({ classification }: Labels): boolean => classification === 'failure';

const once = (all: readonly Measured[]) =>
  oneScrape(
    all,
    ({ labels }) => GROUP.map((name) => (name === 'job' ? '' : (labels[name] ?? ''))).join('\n'),
    ({ labels }) => `job ${labels.job ?? ''}`,
  );
