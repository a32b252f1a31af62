/**
 * Hosts that a value names. Liberal in what it finds, since only hosts of parts that are there come to anything; strict
 * where the name of a part may stand for something else: a user, a database, a bucket, a kind of store.
 */
import { mayNameCallees, saysHost } from './keys.ts';

export type NamedHost = {
  /** Lower case, without a dot at its end. */
  host: string;
  port: number | null;
  /** Of its address, lower case; of `jdbc:postgresql://`, `postgresql`. */
  scheme: string | null;
};

/** Longer values are certificates and pages. */
const MOST_VALUE = 50_000;
const HOST = '[a-z0-9](?:[a-z0-9._-]{0,250}[a-z0-9])?';
const IS_HOST = new RegExp(`^${HOST}$`, 'i');

/** An address; its end is not the next address of a list. */
const ADDRESS = /([a-z][a-z0-9+._-]*):\/\/\/?((?:(?!,[a-z][a-z0-9+._-]*:\/\/)[^\s/?#'"<>|\\;(){}])*)/gi;
/** Schemes that name no host of a network. */
const NO_HOSTS =
  /^(?:file|unix|ipc|inproc|classpath|mem|memory|data|jar|s3[an]?|gs|gcs|wasbs?|abfss?|oci|docker|topic|queue|exchange|config|env|secret|vault|ssm|git|chrome|about|android)$/;

const WITH_PORT = new RegExp(`(?<![\\w./:$-])(?:\\/\\/)?(${HOST}):(\\d{2,5})(?![\\w.-]|:\\d+\\.)`, 'gi');
/** Two digits after a name are more likely a version: `postgres:15`. */
const SHORT_PORTS = new Set([21, 22, 25, 53, 80, 88]);

/** `Host=orders-db;Username=…`, `host=db port=5432`, `Server=tcp:db,1433`. */
const PAIRED =
  /(?:^|[;\s&?])(?:host|hostaddr|server|data source|addr|address|network address|sentinel)\s*=\s*(?:tcp:)?([^;\s&:]+?)(?:[,:](\d{2,5}))?(?=[;\s&]|$)/gi;

/** A name of a cluster says by itself that it is one. */
const IN_CLUSTER = /(?<![\w.-])[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.svc(?:\.[a-z0-9.-]*[a-z0-9])?(?![\w-])/gi;

/** @param key of the setting: `--server`, `DB_HOST`, `spring.datasource.url`; empty where nothing says */
export function hostsIn(key: string, value: string): NamedHost[] {
  if (value === '' || value.length > MOST_VALUE || !mayNameCallees(key)) return [];
  const found = new Map<string, NamedHost>();
  const add = (host: string, port: string | undefined, scheme: string | null) => {
    const plain = host.toLowerCase().replace(/\.$/, '');
    if (!IS_HOST.test(plain)) return;
    const before = found.get(plain);
    found.set(plain, {
      host: plain,
      port: before?.port ?? (port ? Number(port) : null),
      scheme: before?.scheme ?? scheme,
    });
  };
  for (const [, scheme = '', authority = ''] of value.matchAll(ADDRESS)) {
    const plain = scheme.toLowerCase();
    if (NO_HOSTS.test(plain)) continue;
    for (const part of authority.slice(authority.lastIndexOf('@') + 1).split(',')) {
      const [, host = '', port] = /^([^:]*)(?::(\d+))?$/.exec(part) ?? [];
      add(host, port, plain);
    }
  }
  const rest = value.replace(ADDRESS, ' ');
  for (const [, host = '', port = ''] of rest.matchAll(WITH_PORT)) {
    const number = Number(port);
    if (number <= 65_535 && (port.length > 2 || SHORT_PORTS.has(number))) add(host, port, null);
  }
  if (rest.includes('='))
    for (const [, hosts = '', port] of rest.matchAll(PAIRED))
      hosts.split(',').forEach((host) => {
        add(host, port, null);
      });
  if (rest.includes('.svc')) for (const [host] of rest.matchAll(IN_CLUSTER)) add(host, undefined, null);
  if (saysHost(key))
    for (const item of rest.split(/[\s,;[\]"']+/)) {
      const bare = /^([^/]*)(?:\/.*)?$/.exec(item)?.[1] ?? '';
      if (/[a-z]/i.test(bare)) add(bare, undefined, null);
    }
  return [...found.values()];
}

/** `nc -z db 5432`, `wait-for db 5432`: a host, and its port as the next word. */
export function hostsBesidePorts(words: readonly string[]): NamedHost[] {
  return words.flatMap((word, i) => {
    const next = words[i + 1] ?? '';
    const isPair = IS_HOST.test(word) && /^\d{3,5}$/.test(next) && Number(next) <= 65_535;
    return isPair ? [{ host: word.toLowerCase(), port: Number(next), scheme: null }] : [];
  });
}
