/**
 * What a part is, told by what files say of it: the image it runs, its name, the port it answers on, a technology by
 * name. An image says most, a port least. A tool that goes with a store (its exporter, its console, what fills it) is
 * not the store.
 */
import { isCarrier, isStore, type NodeKind } from '../graph/index.ts';
import { IMAGE_PATHS, TECHNOLOGIES, type Technology } from './technologies.ts';

export type Clues = {
  /** `docker.io/bitnami/postgresql:15.4-debian` */
  image?: string | undefined;
  name?: string | undefined;
  port?: number | undefined;
  /** As somebody calls it: "postgresql", "Apache Kafka 3.7". */
  technology?: string | undefined;
};

export type Recognised = {
  kind: NodeKind;
  /** As people write it; null where nothing tells. */
  technology: string | null;
  /** Of the image, where its tag is one. */
  version: string | null;
};

/** Never fails: a part of which nothing is known is a service. */
export function kindOf({ image, name, port, technology }: Clues): Recognised {
  const version = versionOf(image ?? '');
  const words = withoutObject(wordsOf(name ?? ''));
  const isTool = isHelper(words);
  const said = wordsOf(technology ?? '');
  const named = technologyIn(said);
  // `Kafka topics`: what of the technology it is.
  const ofIt = lastWords.get(said.at(-1)?.replace(/s$/, '') ?? '');
  if (named)
    return {
      kind: ofIt === 'topic' || ofIt === 'queue' ? ofIt : named.kind,
      ...{ technology: named.name, version: null },
    };
  const run = ownTechnology(image ?? '', words);
  if (run !== null && run !== 'tool' && !(isTool && run.kind !== 'service'))
    return { kind: kindBy(run, words), technology: run.name, version };
  const plain = { kind: kindByName(words), technology: null, version: null };
  if (isTool || run === 'tool')
    return isTool || plain.kind === 'worker' ? plain : { ...plain, kind: 'service' };
  const called = calledBy(words, plain.kind, (word) => isOfAnother(word, words, image ?? ''));
  if (called) return called;
  if (plain.kind !== 'service') return plain;
  const answering = TECHNOLOGIES.find(({ ports }) => port !== undefined && ports?.includes(port));
  return answering ? { kind: answering.kind, technology: answering.name, version: null } : plain;
}

const wordsOf = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

/** `orders-db-deployment` is called after the object of Kubernetes that it is. */
const OBJECTS = new Set(['deployment', 'deploy', 'statefulset', 'sts', 'daemonset', 'replicaset', 'pod']);
const withoutObject = (words: string[]): string[] =>
  words.length > 1 && OBJECTS.has(words.at(-1)!) ? words.slice(0, -1) : words;

let byWord: Map<string, Technology> | undefined;

/** `elasticsearch9` and `postgres-13` are known without their numbers. */
function technologyIn(words: readonly string[], isMeant = (_: Technology) => true): Technology | null {
  byWord ??= new Map(TECHNOLOGIES.flatMap((each) => each.words.map((word) => [word, each] as const)));
  const known = byWord;
  const joined = words.slice(1).map((word, i) => `${words[i]}${word}`);
  for (const word of [...joined, ...words]) {
    const found = known.get(word) ?? known.get(word.replace(/v?\d+$/, ''));
    if (found && isMeant(found)) return found;
  }
  return null;
}

/** The broker that words of a setting's name tell of, as people write it. */
export const brokerIn = (words: readonly string[]): string | null =>
  technologyIn(words, ({ kind }) => kind === 'broker')?.name ?? null;

/** Beside the name of a store these words mean what works on it. */
const TOOLS = new Set([
  ...['exporter', 'ui', 'gui', 'web', 'admin', 'express', 'commander', 'console', 'insight', 'insights'],
  ...['manager', 'loader', 'client', 'cli', 'tools', 'toolbox', 'shell', 'connect', 'connector', 'rest'],
  ...[
    'operator',
    'backup',
    'restore',
    'init',
    'setup',
    'seed',
    'seeder',
    'migrate',
    'migration',
    'migrations',
  ],
  ...['agent', 'monitor', 'metrics', 'producer', 'consumer', 'publisher', 'subscriber', 'bridge', 'sink'],
  ...[
    'source',
    'adapter',
    'mirror',
    'topics',
    'creator',
    'browser',
    'dashboard',
    'explorer',
    'lag',
    'offset',
  ],
  ...[
    'generator',
    'test',
    'tests',
    'benchmark',
    'reloader',
    'sidecar',
    'checker',
    'provisioner',
    'board',
    'dashboards',
  ],
  ...['streams', 'streaming', 'meta', 'api', 'graphql', 'controller', 'webui', 'dump', 'importer', 'indexer'],
  ...['replicator', 'hq'],
]);

/** At either end of a name stands what the part is; in the middle may stand what it works with. */
function calledBy(
  words: readonly string[],
  plain: NodeKind,
  isOfAnother: (word: string) => boolean,
): Recognised | null {
  const at = (start: number, end?: number): Technology | null => {
    const [first, second, ...more] = words.slice(start, end);
    const pair = second === undefined || more.length > 0 ? null : technologyIn([`${first}${second}`]);
    const word = (start < 0 ? second : undefined) ?? first ?? '';
    const single = isOfAnother(word) ? null : technologyIn([word]);
    return pair ?? (single && (single.kind !== 'service' || words.length === 1) ? single : null);
  };
  const [last, first] = [at(-2), at(0, 2)];
  const found = last ?? first;
  if (!found) return null;
  // `kafka-topic` is the topic, `redis-worker` works with Redis.
  const kind = last || plain === 'service' ? found.kind : plain;
  const isOfIt = kind === found.kind || (isAsked(kind) && isAsked(found.kind));
  return { kind, technology: isOfIt ? found.name : null, version: null };
}
/** Stores and what carries messages start nothing. */
export const isAsked = (kind: NodeKind): boolean => isStore(kind) || isCarrier(kind);

/** A name that says what is done with a store, rather than that it is one: `kafka-init`, `create-topics`. */
function isHelper(words: readonly string[]): boolean {
  const [first, last] = [words[0], words.at(-1)];
  if (last === undefined || first === undefined) return false;
  if (technologyIn([words.slice(-2).join('')])) return false;
  return (words.length > 1 && TOOLS.has(last)) || STARTERS.has(first);
}
/** `Valkey consumer`, `kafka-ui` */
export const isToolName = (text: string): boolean => isHelper(wordsOf(text));
const STARTERS = new Set(['init', 'setup', 'create', 'seed', 'migrate', 'wait', 'configure']);

/** The name of an image without registry, folder, tag and digest; variables in it are nothing. */
function partsOf(image: string): { path: string; base: string } {
  const path = image
    .replace(/\$\{[^}]*\}|\$\w+/g, '')
    .replace(/@sha\d+:.*$/, '')
    .replace(/:[^/]*$/, '')
    .toLowerCase();
  return { path, base: path.slice(path.lastIndexOf('/') + 1).replace(/^cp-/, '') };
}

function imageTechnology(image: string): Technology | 'tool' | null {
  const { path, base } = partsOf(image);
  const special = IMAGE_PATHS.find(([pattern]) => pattern.test(path));
  if (special) return technologyIn([special[1]]);
  const words = wordsOf(base);
  const isHelped = words.length > 1 && words.some((word) => TOOLS.has(word));
  const store = technologyIn(words, ({ kind }) => kind !== 'service');
  if (store) return isHelped ? 'tool' : store;
  // What others are built upon and look into is the image itself only where its name begins with it.
  return isHelped ? null : (technologyIn(words.slice(0, 1)) ?? technologyIn([words.join('')]));
}

/** An image of `details` with Envoy in it is no Envoy. */
function ownTechnology(image: string, words: readonly string[]): Technology | 'tool' | null {
  const run = imageTechnology(image);
  if (run === null || run === 'tool' || (run.kind !== 'gateway' && run.kind !== 'load balancer')) return run;
  const built = wordsOf(partsOf(image).base);
  return built.length > 2 && sharesWord(words, built) && !words.some((word) => run.words.includes(word))
    ? null
    : run;
}

/** True for the `mysql` of `ratings-mysql` where the image is of ratings: it says with what they work. */
function isOfAnother(word: string, words: readonly string[], image: string): boolean {
  const built = wordsOf(partsOf(image).base);
  return !built.includes(word) && sharesWord(words, built);
}
/** Shorter ones are versions. */
const sharesWord = (words: readonly string[], others: readonly string[]): boolean =>
  words.some((each) => each.length > 2 && others.includes(each));

/** `15.4` of `postgres:15.4-alpine`; null for `latest`, for names, and where it counts the distribution's own. */
function versionOf(image: string): string | null {
  if (/(?:^|\/)(?:confluentinc|docker\.redpanda\.com)\//.test(image)) return null;
  const tag = /:v?(\d[\w.]*)[^/:]*$/.exec(image.replace(/@.*$/, ''))?.[1];
  return tag === undefined || /^[0-9a-f]{7,}$/.test(tag) ? null : tag;
}

/** A proxy before several parts is called by what it does. */
function kindBy({ kind }: Technology, words: readonly string[]): NodeKind {
  const said = kindByName(words);
  const isEither = (each: NodeKind) => each === 'gateway' || each === 'load balancer';
  if (isEither(kind) && isEither(said)) return said;
  return kind === 'service' && said !== 'database' && said !== 'cache' && said !== 'broker' ? said : kind;
}

const LAST_WORDS: readonly (readonly [NodeKind, readonly string[]])[] = [
  ['database', ['db', 'database', 'rdbms', 'sql', 'datastore']],
  ['cache', ['cache']],
  ['broker', ['broker', 'mq', 'messagebus', 'messagebroker', 'eventbus', 'servicebus', 'kafkacluster']],
  ['queue', ['queue', 'dlq']],
  ['topic', ['topic']],
  ['load balancer', ['lb', 'loadbalancer', 'balancer']],
  ['gateway', ['gateway', 'gw', 'ingress', 'apigateway', 'ingressgateway', 'proxy', 'router']],
  ['worker', ['worker', 'workers', 'consumer', 'cron', 'cronjob', 'job', 'beat', 'scheduler', 'migrate']],
  ['worker', ['migration', 'migrations', 'seed', 'seeder', 'init', 'setup', 'loader', 'provisioner']],
  ['storage', ['bucket', 'blobstore', 'blobstorage', 'objectstore', 'objectstorage', 'filestorage', 's3']],
  ['storage', ['cloudstorage', 'datalake', 'nfs']],
  ['database', ['datawarehouse']],
  ['client', ['mobileapp', 'iosapp', 'androidapp', 'spa', 'enduser', 'endusers']],
  ['client', ['loadgenerator', 'loadgen', 'loadtest', 'loadtester', 'client', 'browser', 'simulator', 'sim']],
  ['function', ['lambda', 'function']],
];
const lastWords = new Map(LAST_WORDS.flatMap(([kind, words]) => words.map((word) => [word, kind] as const)));
const LOAD = /^(?:load-(?:gen|test|generator|tester)|traffic-gen|k6|locust|jmeter|gatling|wrk2?)(?:-|$)/;

function kindByName(words: readonly string[]): NodeKind {
  const name = words.join('-');
  if (LOAD.test(name) || /-load-(?:gen|test|generator)$/.test(name)) return 'client';
  const last = words.at(-1)?.replace(/\d+$/, '') || (words.at(-2) ?? '');
  const said =
    lastWords.get(words.slice(-2).join('')) ??
    lastWords.get(last) ??
    (/^[a-z]{3,}db$/.test(last) ? 'database' : undefined);
  return said ?? (STARTERS.has(words[0] ?? '') ? 'worker' : 'service');
}
