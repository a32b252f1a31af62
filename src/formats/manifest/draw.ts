/**
 * Parts and stated connections → a graph. What settings say of other parts becomes inferred edges, what they set becomes
 * config, topics and queues that they name become parts. Nothing is drawn between parts that no file joins.
 */
import type { EdgeKind, NodeKind } from '../../graph/index.ts';
import type { GraphInTheMaking } from '../build.ts';
import { kindOf, type Recognised } from '../recognise.ts';
import { drawCarriers } from './carriers.ts';
import { configOf, LeftOut } from './config.ts';
import { directionOf, keyWords } from './keys.ts';
import { type Drawn, hostsOf, type Link, type Part, type Setting, type Spot } from './part.ts';

/** @param links among parts by their keys; others are left alone */
export function drawParts(
  graph: GraphInTheMaking,
  parts: readonly Part[],
  links: readonly Link[],
): ReadonlyMap<string, Drawn> {
  const drawn = new Map<string, Drawn>();
  const shared = sharedNames(parts);
  const groups = new Set(parts.flatMap(({ group }) => group ?? []));
  const leftOut = new LeftOut();
  for (const part of parts) {
    const known = recognise(part);
    const own = shared.has(part.name) && part.group !== null ? `${part.name} (${part.group})` : part.name;
    const config = configOf(part, known, leftOut);
    const id = graph.node(part.key, {
      name: own,
      kind: known.kind,
      ...(known.technology !== null && { technology: known.technology }),
      ...(groups.size > 1 && part.group !== null && { group: graph.group(part.group) }),
      ...(part.instances !== undefined && { instances: part.instances }),
      ...(part.description !== undefined && { description: part.description }),
      names: own === part.name ? part.names : [part.name, ...part.names],
      ...(config && { config }),
      origin: { how: 'stated', from: part.spot.file, at: part.spot.at },
    });
    drawn.set(part.key, { ...known, part, id });
  }
  leftOut.tell(graph);
  const common = commonSpots([...drawn.values()]);
  for (const { source, target, spot, how = 'stated', ...words } of links) {
    const [from, to] = [drawn.get(source), drawn.get(target)];
    if (from && to && from !== to) join(graph, from, to, spot, how, words);
  }
  for (const from of drawn.values())
    for (const setting of from.part.settings) {
      if (STORES.has(from.kind) && common.has(spotKey(setting))) continue;
      for (const host of hostsOf(setting)) {
        const targets = from.part.resolve(host);
        // What means several parts alike, or this one, says nothing.
        if (targets.includes(from.part.key)) continue;
        for (const key of targets) {
          const to = drawn.get(key);
          const protocol = PROTOCOLS[host.scheme ?? ''];
          if (to) join(graph, from, to, setting.spot, 'inferred', protocol ? { protocol } : {});
        }
      }
    }
  drawCarriers(graph, drawn);
  return drawn;
}

const STORES: ReadonlySet<NodeKind> = new Set(['database', 'cache', 'broker', 'storage']);
const spotKey = ({ key, spot }: Setting): string => JSON.stringify([key, spot.file, spot.at]);

/** Where settings stand that others than stores have too, as in an environment for all: of a store they say nothing. */
const commonSpots = (drawn: readonly Drawn[]): ReadonlySet<string> =>
  new Set(drawn.flatMap(({ kind, part }) => (STORES.has(kind) ? [] : part.settings.map(spotKey))));

const PROTOCOLS: Readonly<Record<string, string>> = {
  ...{ http: 'HTTP', https: 'HTTPS', grpc: 'gRPC', grpcs: 'gRPC', amqp: 'AMQP', amqps: 'AMQP', mqtt: 'MQTT' },
  ...{
    ws: 'WebSocket',
    wss: 'WebSocket',
    thrift: 'Thrift',
    ldap: 'LDAP',
    ldaps: 'LDAP',
    smtp: 'SMTP',
    nats: 'NATS',
  },
};

function join(
  graph: GraphInTheMaking,
  from: Drawn,
  to: Drawn,
  { file, at }: Spot,
  how: 'stated' | 'inferred',
  words: { protocol?: string; label?: string },
): void {
  const facts = { ...words, origin: { how, from: file, at } };
  for (const { kind, isBack } of waysBetween(from, to))
    if (isBack) graph.edge(to.id, from.id, kind, facts);
    else graph.edge(from.id, to.id, kind, facts);
}

type Way = { kind: EdgeKind; isBack?: true };

/** Who is named with a broker, and doesn't say what for, is taken to publish. */
function waysBetween(from: Drawn, to: Drawn): Way[] {
  const isStore = (kind: NodeKind) => kind === 'database' || kind === 'cache';
  if (isStore(to.kind))
    return [{ kind: from.kind === to.kind && from.technology === to.technology ? 'replicate' : 'query' }];
  if (to.kind !== 'broker' && to.kind !== 'topic' && to.kind !== 'queue') return [{ kind: 'call' }];
  if (from.kind === 'broker') return [{ kind: 'replicate' }];
  const { publishes, consumes } = messaging(from.part);
  const back: Way[] = consumes ? [{ kind: 'consume', isBack: true }] : [];
  return publishes || !consumes ? [{ kind: 'publish' }, ...back] : back;
}

function messaging({ name, settings }: Part): { publishes: boolean; consumes: boolean } {
  const ways = new Set(
    settings.flatMap(({ key, value }) =>
      value === '' ? [] : [MESSAGES.test(keyWords(key).join(' ')) ? directionOf(key) : null],
    ),
  );
  const runs = settings.map(({ value }) => value);
  const isConsumer =
    /(?:^|[-_.])(?:consumer|subscriber)s?$/i.test(name) ||
    (runs.includes('celery') && runs.includes('worker'));
  return { publishes: ways.has('publish'), consumes: ways.has('consume') || isConsumer };
}
/** Other settings have producers, readers and outputs of their own. */
const MESSAGES =
  /(?:^| )(?:kafka|rabbit|amqp|\w*mq\b|nats|pulsar|topic|queue|broker|consumer|producer|subscri|publish|group ?id\b|stream)/;

/** Names that several parts have. */
function sharedNames(parts: readonly Part[]): ReadonlySet<string> {
  const counts = Map.groupBy(parts, ({ name }) => name);
  return new Set([...counts].flatMap(([name, same]) => (same.length > 1 ? [name] : [])));
}

/** An image that is built here says nothing; what it is started with may. */
function recognise({ kind, technology, version, image, name, ports, settings }: Part): Recognised {
  if (kind !== undefined) return { kind, technology: technology ?? null, version: version ?? null };
  const known = kindOf({ image, name, port: ports.length === 1 ? ports[0] : undefined });
  if (known.technology !== null) return known;
  const keys = new Set(settings.map(({ key }) => key));
  // what sets a store up has its image, and is to have these too
  const sets =
    known.kind === 'worker'
      ? undefined
      : SETS.find(
          ({ kind, any }) => (kind === null || kind === known.kind) && any.some((key) => keys.has(key)),
        );
  return sets ? { ...kindOf({ technology: sets.technology }), version: known.version } : known;
}

/** Variables that an image of this technology is set up with; where a kind is said, also what asks it may have them. */
const SETS: readonly { technology: string; kind: NodeKind | null; any: readonly string[] }[] = [
  {
    technology: 'kafka',
    kind: null,
    any: ['KAFKA_PROCESS_ROLES', 'KAFKA_ADVERTISED_LISTENERS', 'KAFKA_BROKER_ID'],
  },
  { technology: 'rabbitmq', kind: 'broker', any: ['RABBITMQ_DEFAULT_USER', 'RABBITMQ_DEFAULT_PASS'] },
  { technology: 'mssql', kind: 'database', any: ['SA_PASSWORD', 'MSSQL_SA_PASSWORD'] },
  { technology: 'mysql', kind: 'database', any: ['MYSQL_ROOT_PASSWORD', 'MYSQL_DATABASE'] },
  { technology: 'mariadb', kind: 'database', any: ['MARIADB_ROOT_PASSWORD', 'MARIADB_DATABASE'] },
  { technology: 'postgresql', kind: 'database', any: ['POSTGRES_PASSWORD', 'POSTGRES_DB', 'POSTGRES_USER'] },
  { technology: 'mongodb', kind: 'database', any: ['MONGO_INITDB_ROOT_USERNAME', 'MONGO_INITDB_DATABASE'] },
];
