/** All systems that the audit knows, and how a name in a config finds its key. */
import { editDistance } from '../../graph/index.ts';
import type { Key, System } from './entry.ts';
import { envoy } from './systems/envoy.ts';
import { goHttp } from './systems/go-http.ts';
import { grpcClient, grpcServer } from './systems/grpc.ts';
import { haproxy } from './systems/haproxy.ts';
import { hikaricp } from './systems/hikaricp.ts';
import { jvm } from './systems/jvm.ts';
import { kafkaBroker } from './systems/kafka-broker.ts';
import { kafkaConsumer } from './systems/kafka-consumer.ts';
import { kafkaProducer } from './systems/kafka-producer.ts';
import { mysql } from './systems/mysql.ts';
import { nginx } from './systems/nginx.ts';
import { nodeHttp } from './systems/node-http.ts';
import { postgresql } from './systems/postgresql.ts';
import { rabbitmq } from './systems/rabbitmq.ts';
import { redis } from './systems/redis.ts';
import { tomcat } from './systems/tomcat.ts';

export const CATALOGUE: readonly System[] = [
  kafkaConsumer,
  kafkaProducer,
  kafkaBroker,
  rabbitmq,
  hikaricp,
  tomcat,
  nginx,
  envoy,
  haproxy,
  grpcClient,
  grpcServer,
  goHttp,
  nodeHttp,
  postgresql,
  mysql,
  redis,
  jvm,
];

/** Case and separators don't matter: `maximumPoolSize`, `maximum-pool-size` and `MAXIMUM_POOL_SIZE` are one. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');

let byName: Map<string, System> | undefined;

/**
 * The systems that a config or a technology names: `nginx`, `bitnami/postgresql:15.4`, or several, parted by commas or plus
 * signs (`HikariCP, Kafka consumer`), as a service often has them. None where nothing is known of it.
 */
export function systemsOf(text: string): readonly System[] {
  const before = named.get(text);
  if (before) return before;
  if (named.size >= MOST_NAMED) named.clear();
  const found = namedIn(text);
  named.set(text, found);
  return found;
}

/** It is asked for each line of each config; a board has few such texts. */
const named = new Map<string, readonly System[]>();
const MOST_NAMED = 1000;

function namedIn(text: string): readonly System[] {
  byName ??= new Map(
    CATALOGUE.flatMap((system) =>
      [system.name, ...system.aliases].map((name) => [plainName(name), system] as const),
    ),
  );
  const systems = byName;
  const found = text.split(/[,+;&]/).flatMap((part) => {
    const unversioned = part.trim().replace(/[\s:]*v?\d[\w.-]*$/, '');
    const names = [part, unversioned, unversioned.slice(unversioned.lastIndexOf('/') + 1)];
    return names.map((name) => systems.get(plainName(name))).find((system) => system) ?? [];
  });
  return [...new Set(found)];
}

const indexed = new WeakMap<System, Map<string, Key>>();

function indexOf(system: System): Map<string, Key> {
  let index = indexed.get(system);
  if (!index) {
    index = new Map(
      system.keys.flatMap((key) =>
        [...(key.aliases ?? []), key.key].map((name) => [plainName(name), key] as const),
      ),
    );
    indexed.set(system, index);
  }
  return index;
}

export type Known = { system: System; key: Key };

/** The key of this name in one of the systems, with or without what may stand before it. */
export function findKey(name: string, systems: readonly System[]): Known | null {
  const plain = plainName(name);
  for (const system of systems) {
    const key = indexOf(system).get(plain) ?? afterPrefix(plain, system, 'all');
    if (key) return { system, key };
  }
  return null;
}

/** A name that says its system by itself: `spring.datasource.hikari.maximum-pool-size`, `-XX:NewRatio`. */
export function findQualified(name: string): Known | null {
  const plain = plainName(name);
  for (const system of CATALOGUE) {
    const key = afterPrefix(plain, system, 'told');
    if (key) return { system, key };
  }
  return null;
}

function afterPrefix(plain: string, system: System, which: 'all' | 'told'): Key | undefined {
  for (const prefix of prefixesOf(system, which)) {
    const key = plain.startsWith(prefix) ? indexOf(system).get(plain.slice(prefix.length)) : undefined;
    if (key) return key;
  }
  return undefined;
}

/** The last part of a name that says for which part of a file it holds: `backend api > timeout server`. */
export const bareName = (name: string): string =>
  name.includes(IN_BLOCK) ? name.slice(name.lastIndexOf(IN_BLOCK) + IN_BLOCK.length) : name;
/** True for what holds for a part of a file only. */
export const isInBlock = (name: string): boolean => name.includes(IN_BLOCK);
const IN_BLOCK = ' > ';

const prefixed = new WeakMap<System, { all: readonly string[]; told: readonly string[] }>();

/** What may stand before a system's keys: all of it, or only what tells the system by itself. */
function prefixesOf(system: System, which: 'all' | 'told'): readonly string[] {
  let known = prefixed.get(system);
  if (!known) {
    const told = (system.prefixes ?? []).map(plainName);
    known = { told, all: [...told, ...(system.ownPrefixes ?? []).map(plainName)] };
    prefixed.set(system, known);
  }
  return known[which];
}

/** How many characters at the beginning of a name are a prefix of the system's, the longest of them: 6 of `KAFKA_LINGER`. */
export function prefixLength(name: string, system: System, own: boolean): number {
  const plain = plainName(name);
  let left = 0;
  for (const prefix of prefixesOf(system, own ? 'all' : 'told'))
    if (prefix.length > left && prefix.length < plain.length && plain.startsWith(prefix))
      left = prefix.length;
  if (left === 0) return 0;
  let at = 0;
  while (left > 0) if (plainName(name[at++]!) !== '') left--;
  while (plainName(name[at]!) === '') at++;
  return at;
}

/** The key that a name is most likely a misspelling of; null where none is near. */
export function nearestKey(name: string, systems: readonly System[]): Known | null {
  const plain = plainName(name);
  let nearest: Known | null = null;
  let least = Math.max(1, Math.floor(plain.length / 8)) + 1;
  for (const system of systems) {
    for (const [known, key] of indexOf(system)) {
      if (Math.abs(known.length - plain.length) >= least) continue;
      const distance = editDistance(known, plain);
      if (distance < least) [nearest, least] = [{ system, key }, distance];
    }
  }
  return nearest;
}
