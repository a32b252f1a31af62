/** Kinds ↔ the words that diagrams have for them: classes, tags, icons, shapes and stereotypes. */
import { NODE_KINDS, type NodeKind, normaliseName } from '../../graph/index.ts';
import { isToolName, kindOf } from '../recognise.ts';

/** A kind as one word without spaces: a class, a tag, an element kind. `load balancer` → `loadBalancer`. */
export const kindWord = (kind: NodeKind): string =>
  kind.replace(/ (.)/g, (_all, letter: string) => letter.toUpperCase());

/** Other words, normalised as names are. */
const OTHER_WORDS: Readonly<Record<string, NodeKind>> = {
  person: 'client',
  user: 'client',
  actor: 'client',
  customer: 'client',
  staff: 'client',
  browser: 'client',
  'web-browser': 'client',
  mobile: 'client',
  'mobile-app': 'client',
  'mobile-device': 'client',
  'mobile-device-portrait': 'client',
  'mobile-device-landscape': 'client',
  'single-page-application': 'client',
  spa: 'client',
  phone: 'client',
  'external-entity': 'external',
  'external-system': 'external',
  'external-service': 'external',
  'third-party': 'external',
  'existing-system': 'external',
  'external-website': 'external',
  thirdparty: 'external',
  api: 'service',
  app: 'service',
  application: 'service',
  microservice: 'service',
  server: 'service',
  backend: 'service',
  'api-gateway': 'gateway',
  'web-server': 'gateway',
  proxy: 'gateway',
  'reverse-proxy': 'gateway',
  ingress: 'gateway',
  loadbalancer: 'load balancer',
  lambda: 'function',
  job: 'worker',
  cron: 'worker',
  consumer: 'worker',
  scheduler: 'worker',
  'message-broker': 'broker',
  'message-bus': 'broker',
  'event-bus': 'broker',
  'event-stream': 'topic',
  stream: 'topic',
  datastore: 'database',
  'data-store': 'database',
  table: 'database',
  cylinder: 'database',
  disk: 'storage',
  bucket: 'storage',
  'object-storage': 'storage',
  'file-storage': 'storage',
};

const WORDS: ReadonlyMap<string, NodeKind> = new Map([
  ...NODE_KINDS.map((kind) => [normaliseName(kindWord(kind)), kind] as const),
  ...NODE_KINDS.map((kind) => [normaliseName(kind), kind] as const),
  ...Object.entries(OTHER_WORDS),
]);

/** The kind that a class, a tag or a stereotype says; undefined for one that says none. */
export const kindOfWord = (word: string): NodeKind | undefined =>
  WORDS.get(normaliseName(word)) ?? WORDS.get(normaliseName(word.replace(/([a-z])([A-Z])/g, '$1-$2')));

/** The kind that the first word says which says one. */
export function kindOfWords(words: readonly string[]): NodeKind | null {
  for (const word of words) {
    const kind = kindOfWord(word);
    if (kind) return kind;
  }
  return null;
}

/** Who is drawn without a word on what they are: where nothing asks them, they are those who ask. */
const PEOPLE = /(?:^|[ -])(?:users?|customers?|visitors?|shoppers?|admins?|administrators?)$/i;
const isPeople = (name: string): boolean => PEOPLE.test(name.replace(/[^\p{L}\p{N} -]/gu, '').trim());

export type Seen = {
  name: string;
  kind: NodeKind | null;
  hint?: NodeKind | null;
  technology?: string | undefined;
  /** An arrow ends on it. */
  isReached?: boolean;
};

/** What a part is: what is said, else what technology, name and shape tell; a service where nothing does. */
export function recognised({ name, kind, hint, technology, isReached = true }: Seen): {
  kind: NodeKind;
  technology?: string | undefined;
} {
  if (kind) return { kind, technology };
  const run = technology === undefined ? null : kindOf({ technology });
  if (run && run.kind !== 'service') return { kind: run.kind, technology };
  const called = kindOf({ name });
  const unnamed = !isReached && isPeople(name) ? 'client' : 'service';
  const known = called.kind === 'service' ? (hint ?? unnamed) : called.kind;
  return { kind: known, technology: technology ?? called.technology ?? undefined };
}

/** The last line of several, where it names a technology; `Apache` above `Kafka` is one name. */
export function technologyBelow(lines: readonly string[]): string | undefined {
  const last = lines.at(-1) ?? '';
  const isOneName = lines.length === 2 && VENDORS.test(lines[0]!);
  return lines.length > 1 && !isOneName && isTechnology(last) ? last : undefined;
}
const VENDORS =
  /^(?:apache|amazon|aws|azure|microsoft|ms|google|gcp|cloud|oracle|ibm|confluent|elastic|open|redis|the)$/i;

/** True for a line that names a technology and says little else: `PostgreSQL 16`, `Redis`. */
export const isTechnology = (line: string): boolean =>
  line.length <= 40 &&
  !/^[•*–-]|[\s-](?:cached|backed|based|powered|compatible)$/i.test(line) &&
  !isToolName(line) &&
  line.split(/\s+/).filter((word) => /[a-z]/i.test(word)).length <= 2 &&
  kindOf({ technology: line }).technology !== null;
