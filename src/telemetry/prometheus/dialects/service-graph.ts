/**
 * The service-graph dialect: metrics that Tempo's metrics-generator and the OpenTelemetry Collector's
 * servicegraph connector derive from traces, one set of series per client, server and connection type.
 * With the dimension service.instance.id they tell instances of both ends apart.
 */
import type { Distribution, EdgeKind, NodeKind } from '../../../graph/index.ts';
import type { End, Stretch, Traffic } from '../traffic.ts';
import type { Dialect, Scope } from './dialect.ts';
import { type Measured, measured } from './measure.ts';
import { by, firstOf, isOneOf, rates } from './promql.ts';

const STEM = 'traces_service_graph_request_';
const CLIENT_INSTANCE = 'client_service_instance_id';
const SERVER_INSTANCE = 'server_service_instance_id';
const GROUP = ['client', 'server', 'connection_type', CLIENT_INSTANCE, SERVER_INSTANCE];

const TIMERS = { callee: 'server_seconds', caller: 'client_seconds', wait: 'messaging_system_seconds' };
const SECONDS = { scale: 1000 };

export const serviceGraph: Dialect = {
  name: 'service graph (Tempo, OpenTelemetry Collector)',
  metrics: `[a-zA-Z0-9_:]*${STEM}(?:total|server_seconds(?:_bucket)?)`,
  listen(names, scope) {
    const prefixes = prefixesIn(names);
    const [prefix] = prefixes;
    if (prefix === undefined) return null;
    const native =
      !names.includes(`${prefix}${STEM}server_seconds_bucket`) &&
      names.includes(`${prefix}${STEM}server_seconds`);
    const questions = questionsFor(prefix, native, scope);
    const asked = {
      rate: questions.total!,
      failed: questions['failed count']!,
      callee: questions['callee bucket']!,
      caller: questions['caller bucket']!,
      wait: questions['wait bucket']!,
    };
    const remarks =
      prefixes.length > 1
        ? [
            `Service-graph metrics come under several names: those that begin with ${prefix}${STEM} are read, those of ${prefixes.slice(1).join(', ')} are not.`,
          ]
        : [];
    return {
      questions,
      async read(answers, pace) {
        const edges = new Map<string, Traffic>();
        const ends = new Map<string, End>();
        const trafficOf = ({ labels }: Measured): Traffic | null => {
          const { client, server, connection_type: connection = '' } = labels;
          if (!client || !server) return null;
          const caller = firstOf(labels, CLIENT_INSTANCE);
          const callee = firstOf(labels, SERVER_INSTANCE);
          const key = [client, server, connection, caller, callee].join('\n');
          let edge = edges.get(key);
          if (!edge) {
            const source = endOf(ends, client, sourceKind(client, connection));
            const target = endOf(ends, server, targetKind(client, connection));
            const kind = kindOf(connection);
            const instance = { caller, callee };
            edge = { source, target, kind, rate: null, failed: null, latency: {}, instance, asked };
            edges.set(key, edge);
          }
          return edge;
        };
        // A total is the count of a timer of its own; failures have a counter of theirs.
        const counted = { 'total count': answers.total ?? [] };
        for (const one of await measured(counted, 'total', SECONDS, GROUP, neverFailed, pace)) {
          const edge = trafficOf(one);
          if (edge) edge.rate = one.rate;
        }
        for (const one of await measured(answers, 'failed', SECONDS, GROUP, neverFailed, pace)) {
          const edge = trafficOf(one);
          if (edge) edge.failed = one.rate;
        }
        for (const stretch of ['callee', 'caller', 'wait'] as const)
          for (const one of await measured(answers, stretch, SECONDS, GROUP, neverFailed, pace)) {
            const edge = trafficOf(one);
            if (edge && one.latency) edge.latency[stretch] = one.latency;
          }
        for (const edge of edges.values()) measuredOnly(edge);
        return { traffic: [...edges.values()], remarks };
      },
    };
  },
};

const neverFailed = () => false;

/** Exporters may put a prefix before the names; the shortest comes first. */
function prefixesIn(names: readonly string[]): string[] {
  const pattern = new RegExp(`^([a-zA-Z0-9_:]*)${STEM}(?:total|server_seconds(?:_bucket)?)$`);
  const found = new Set(
    names.flatMap((name) => {
      const match = pattern.exec(name);
      return match ? [match[1]!] : [];
    }),
  );
  return [...found].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** Two scrape jobs, or two servers, that read one exposition tell the same figures: one of them counts. */
const SCRAPES = 'job,replica,prometheus_replica';

function questionsFor(prefix: string, native: boolean, { window, only }: Scope): Record<string, string> {
  const matchers = only ? [[isOneOf('client', only), isOneOf('server', only)]] : undefined;
  const rate = (name: string) => rates(`${prefix}${STEM}${name}`, window, matchers);
  const sum = (labels: readonly string[], name: string) =>
    `sum by(${by(labels)})(max without(${SCRAPES})(${rate(name)}))`;
  const questions: Record<string, string> = {
    total: sum(GROUP, 'total'),
    'failed count': sum(GROUP, 'failed_total'),
  };
  for (const [stretch, name] of Object.entries(TIMERS)) {
    if (native) questions[`${stretch} bucket`] = `sum by(${by(GROUP)})(${rate(name)})`;
    else {
      questions[`${stretch} bucket`] = sum(['le', ...GROUP], `${name}_bucket`);
      questions[`${stretch} sum`] = sum(GROUP, `${name}_sum`);
    }
  }
  return questions;
}

const kindOf = (connection: string): EdgeKind =>
  connection === 'messaging_system' ? 'publish' : connection === 'database' ? 'query' : 'call';

/** What both generators call whoever calls the system from outside. */
const VIRTUAL_CLIENT = 'user';

const sourceKind = (client: string, connection: string): NodeKind =>
  connection === 'virtual_node' && client === VIRTUAL_CLIENT ? 'client' : 'service';

function targetKind(client: string, connection: string): NodeKind {
  if (connection === 'database') return 'database';
  return connection === 'virtual_node' && client !== VIRTUAL_CLIENT ? 'external' : 'service';
}

function endOf(ends: Map<string, End>, name: string, kind: NodeKind): End {
  const key = `${kind} ${name}`;
  const known = ends.get(key) ?? { names: [name], kind };
  ends.set(key, known);
  return known;
}

/**
 * Both generators write a figure for both ends even where one end has no span: for a database they copy the
 * client's duration to the server (Tempo modules/generator/processor/servicegraphs, connector/servicegraph),
 * for a virtual node they write 0 for the end nobody measured. Neither is a measurement, so it goes.
 */
function measuredOnly(edge: Traffic): void {
  const { latency, source } = edge;
  const forget = (stretch: Stretch) => {
    delete latency[stretch];
  };
  if (edge.target.kind === 'database' && latency.caller) forget('callee');
  const isVirtual = edge.target.kind === 'external' || source.kind === 'client';
  if (!isVirtual || !latency.caller || !latency.callee) return;
  const clientIsVirtual =
    source.kind === 'client' || (onlyLowest(latency.caller) && !onlyLowest(latency.callee));
  forget(clientIsVirtual ? 'caller' : 'callee');
}

const onlyLowest = (histogram: Distribution): boolean =>
  histogram.type === 'histogram' && histogram.counts.every((count, i) => i === 0 || count === 0);
