/** What the name of a setting says of its value: that it is a host, that it is none, that it is a topic or a queue. */

const split = new Map<string, readonly string[]>();
const MOST_REMEMBERED = 20_000;

/** `KAFKA_BROKER_LIST`, `kafka.brokerList` and `--kafka-broker-list` are the same three words; numbers are none. */
export function keyWords(key: string): readonly string[] {
  let words = split.get(key);
  if (!words) {
    words = key
      .slice(-300)
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((word) => word !== '');
    if (split.size > MOST_REMEMBERED) split.clear();
    split.set(key, words);
  }
  return words;
}

const HOST_WORDS = new Set([
  ...[
    'host',
    'hosts',
    'hostname',
    'hostnames',
    'addr',
    'addrs',
    'address',
    'addresses',
    'url',
    'urls',
    'uri',
  ],
  ...[
    'uris',
    'server',
    'servers',
    'endpoint',
    'endpoints',
    'broker',
    'brokers',
    'bootstrap',
    'nodes',
    'seeds',
  ],
  ...[
    'peers',
    'upstream',
    'upstreams',
    'svc',
    'master',
    'slaveof',
    'replicaof',
    'sentinels',
    'contactpoints',
  ],
  ...[
    'connect',
    'dsn',
    'ensemble',
    'members',
    'voters',
    'initialpeers',
    'backends',
    'targets',
    'pass',
    'instances',
  ],
]);
/** `DB_HOST_NAME`, `KAFKA_BROKER_LIST`, `cassandra.contact-points`, `proxy_pass`, `ConnectionStrings__Redis`. */
const HOST_PHRASES =
  /(?:host|dns|server host) name$|(?:broker|server|host|node|seed) list$|contact points$|seed (?:hosts|nodes|provider)$|initial (?:members|cluster|master nodes)$|(?:proxy|grpc|fastcgi|uwsgi|scgi|memcached|redis) pass$|base (?:url|path)$|connection strings?\b|dns sd configs names$/;
/** `PGHOST`, `DBURL` */
const JOINED_HOST = /^[a-z]{2,}(?:host|hosts|hostname|addr|url|uri)$/;
/** A bare `-h`, and the `-S` of sqlcmd. */
const HOST_FLAG = /^-[hHS]$/;

/** True where a bare word as the value is a host: `DB_HOST=orders`, and not `POSTGRES_DB=orders`. */
export function saysHost(key: string): boolean {
  if (HOST_FLAG.test(key)) return true;
  const words = keyWords(key);
  const last = words.at(-1);
  if (last === undefined) return false;
  // `pass` alone is a password.
  if (last !== 'pass' && HOST_WORDS.has(last)) return true;
  if (last === 'service' && words.length > 1) return !OWN_NAMES.test(words.join(' '));
  return JOINED_HOST.test(last) || HOST_PHRASES.test(words.join(' '));
}
/** By which telemetry is told what it comes from. */
const OWN_NAMES = /^(?:dd|otel|elastic|datadog|jaeger|newrelic|apm|k service|current|own|this)\b/;

/** Settings of which hosts are no callees: who may call, where a browser comes back to, what this part itself answers to. */
const NO_CALLEES = new Set([
  ...['allowed', 'allow', 'allowlist', 'whitelist', 'cors', 'origin', 'origins', 'trusted', 'advertised'],
  ...[
    'listeners',
    'listener',
    'listen',
    'bind',
    'redirect',
    'callback',
    'image',
    'images',
    'cookie',
    'label',
  ],
  ...['referer', 'referers', 'vhost', 'exclude', 'excluded', 'ignore', 'ignored', 'blocked'],
]);
const NO_CALLEE_PHRASES =
  /\b(?:no proxy|server name|virtual host|service name|container name|host header)\b|\b(?:images?|tags?|labels?)$|\bimage (?:name|version)$/;

/** False where hosts in the value would be nobody that is called. */
export function mayNameCallees(key: string): boolean {
  const words = keyWords(key);
  return !words.some((word) => NO_CALLEES.has(word)) && !NO_CALLEE_PHRASES.test(words.join(' '));
}

/** `KAFKA_TOPIC`, `orders.queue.name`, `input-topics`; null for what only has to do with one. */
export function carrierKind(key: string): 'topic' | 'queue' | null {
  const words = [...keyWords(key)];
  if (words.at(-1) === 'name' || words.at(-1) === 'names') words.pop();
  const last = words.at(-1);
  if (last === 'topic' || last === 'topics') return 'topic';
  return last === 'queue' || last === 'queues' ? 'queue' : null;
}

const PUBLISHING = new Set([
  ...['producer', 'producers', 'produce', 'publish', 'publisher', 'publishers', 'output', 'outbound', 'out'],
  ...['sink', 'send', 'sender', 'destination', 'target', 'write', 'writer', 'emit'],
]);
const CONSUMING = new Set([
  ...['consumer', 'consumers', 'consume', 'subscribe', 'subscriber', 'subscribers', 'subscription', 'input'],
  ...['inbound', 'listener', 'source', 'receive', 'receiver', 'read', 'reader'],
]);
const GROUP_PHRASES = /\b(?:consumer group|group id|groupid)\b/;

/** Which way messages go, where a setting's name says it. */
export function directionOf(key: string): 'publish' | 'consume' | null {
  const words = keyWords(key);
  if (words.some((word) => CONSUMING.has(word)) || GROUP_PHRASES.test(words.join(' '))) return 'consume';
  return words.some((word) => PUBLISHING.has(word)) ? 'publish' : null;
}
