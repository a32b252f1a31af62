/** What one side of a call, or of a message, reported to Zipkin, of either version. */
import { isObject } from '../format.ts';
import { attributesOf, CALLER, type SpanKind, saysFailed } from '../trace/span.ts';

export type Endpoint = { service: string | null; address: string | null; port: number | null };

export type Half = {
  /** The id, which the other side may share. */
  key: string;
  parent: string | null;
  name: string;
  kind: SpanKind;
  start: bigint;
  end: bigint;
  /** It does not say how long it took, or (both are 0 then) when it was. */
  untimed: boolean;
  local: Endpoint;
  failed: boolean;
  attributes: ReadonlyMap<string, string>;
};

export function endpointOf(json: unknown): Endpoint {
  if (!isObject(json)) return { service: null, address: null, port: null };
  const { serviceName, ipv4, ipv6, port } = json;
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  return {
    service: text(serviceName),
    address: text(ipv4) ?? text(ipv6),
    port: typeof port === 'number' && port > 0 ? port : null,
  };
}

/** Drivers' tags begin with what they drive (brave's, among others). */
const STORES = ['cassandra', 'mongodb', 'redis', 'elasticsearch'];

type Tag = readonly [key: string, value: unknown];
type Ends = { kind: SpanKind; local: Endpoint; remote: Endpoint };

/** Tags and endpoints in the words of OpenTelemetry; in Zipkin an `error` tag means failure whatever it says. */
export function meaningOf(tags: readonly Tag[], ends: Ends): Pick<Half, 'attributes' | 'failed'> {
  const attributes = attributesOf(tags.map(([key, value]) => ({ key, value })));
  const own = new Map(tags.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
  const say = (name: string, value: string | number | null | undefined) => {
    if (value !== null && value !== undefined && value !== '' && !attributes.has(name))
      attributes.set(name, String(value));
  };
  const { kind, local, remote } = ends;
  if (kind === 'client') {
    const store = STORES.find((name) => [...own.keys()].some((key) => key.startsWith(`${name}.`)));
    say('db.system', store);
    say('db.name', own.get('cassandra.keyspace'));
    say('peer.service', remote.service);
    // A cluster is one store, whichever of its nodes was asked.
    say('server.address', store === 'cassandra' ? null : remote.address);
    say('server.port', store === 'cassandra' ? null : remote.port);
    say('db.statement', own.get('sql.query') ?? own.get('cassandra.query'));
  }
  // Only what it calls itself tells a caller; addresses are of the machines between.
  if (kind === 'server') say(CALLER, remote.service);
  if (kind === 'server' && local.port !== null) {
    say('server.address', local.address);
    say('server.port', local.port);
  }
  if (kind === 'producer' || kind === 'consumer') {
    const topic = own.get('kafka.topic');
    const isRabbit = own.has('rabbit.queue') || own.has('rabbit.routing_key');
    say('messaging.system', topic ? 'kafka' : isRabbit ? 'rabbitmq' : remote.service);
    say('messaging.destination.name', topic ?? own.get('rabbit.queue') ?? own.get('rabbit.exchange'));
    say('messaging.destination.name', own.get('jms.queue') ?? own.get('jms.topic'));
    say('messaging.rabbitmq.routing_key', own.get('rabbit.routing_key'));
  }
  return { attributes, failed: own.has('error') || saysFailed(attributes) };
}

/** Several reports of one side as one: from the first start to the last end, with what any of them says. */
export function joined(reports: readonly Half[]): Half | undefined {
  const [first, ...more] = reports;
  if (!first || more.length === 0) return first;
  const timed = reports.filter(({ untimed }) => !untimed);
  const dated = reports.filter(({ start }) => start > 0n);
  const [one = first, ...others] = timed.length > 0 ? timed : dated;
  let { start, end } = one;
  for (const other of others) {
    if (other.start < start) start = other.start;
    if (other.end > end) end = other.end;
  }
  const said = (is: (half: Half) => boolean) => reports.find(is) ?? first;
  return {
    ...{ key: first.key, start, end, untimed: timed.length === 0 },
    parent: said(({ parent }) => parent !== null).parent,
    name: said(({ name }) => name !== '').name,
    kind: said(({ kind }) => kind !== 'internal').kind,
    local: said(({ local }) => local.service !== null).local,
    failed: reports.some(({ failed }) => failed),
    attributes: new Map(reports.flatMap(({ attributes }) => [...attributes])),
  };
}
