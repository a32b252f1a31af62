/**
 * Which parts of a board a name in telemetry may mean, and why. These are proposals and nothing else: no figure is
 * ever bound by likeness, a person says who is who.
 */
import { isCarrier, normaliseName } from './binding.ts';
import { editDistance } from './edit-distance.ts';
import type { Id } from './fields.ts';
import type { Board, BoardNode, NodeKind } from './schema.ts';

/** What a name and a part have in common, the most telling first. */
export type Likeness =
  /** The very name: several parts have it, or the part is a queue where telemetry speaks of who handles it, or the other way round. */
  | { type: 'same' }
  /** An address whose host, or its first label, the part is called by. */
  | { type: 'host'; host: string }
  /** The part's name with words around it, such as a team before and a version behind. */
  | { type: 'words'; extra: readonly string[] }
  /** So many letters are different. */
  | { type: 'letters'; count: number };

export type Candidate = { node: Id; likeness: Likeness };

/** More than these are no help. */
const MOST = 4;

export type Matcher = {
  /** The parts that telemetry may mean by any of these names of one thing, the likeliest first. */
  candidates(names: readonly string[]): Candidate[];
  /** The one part that an address among the names leads to, or whose own address they are the host of; null where that is none or several. */
  atHost(names: readonly string[]): Id | null;
  /** True where several parts go by one of the names: then only a person can say which is meant. */
  isContested(names: readonly string[], kind: NodeKind): boolean;
};

/** Reads the parts' names once: there may be thousands of names to be looked at beside them. */
export function createMatcher(nodes: Board['nodes']): Matcher {
  const all = Object.values(nodes).map((node) => ({
    node,
    own: [node.name, ...(node.match?.names ?? [])].map(spell),
  }));
  const called = new Map<string, Set<Id>>();
  const keyOf = (name: string, kind: NodeKind) => `${isCarrier(kind) ? 'carrier' : 'part'} ${name}`;
  for (const { node, own } of all)
    for (const { plain } of own) {
      const key = keyOf(plain, node.kind);
      called.set(key, (called.get(key) ?? new Set()).add(node.id));
    }
  const standing = new Map<string, Set<Id>>();
  for (const { node, own } of all)
    for (const key of own.flatMap(standings))
      standing.set(key, (standing.get(key) ?? new Set()).add(node.id));
  return {
    candidates(names) {
      const told = names.map(spell);
      const found = all.flatMap(({ node, own }) => {
        const alike = told.flatMap((name) => own.flatMap((other) => likeness(name, other, node) ?? []));
        const best = alike.sort(byRank)[0];
        return best ? [{ node, likeness: best }] : [];
      });
      return found
        .sort((a, b) => byRank(a.likeness, b.likeness) || (a.node.name < b.node.name ? -1 : 1))
        .slice(0, MOST)
        .map(({ node, likeness: like }) => ({ node: node.id, likeness: like }));
    },
    atHost(names) {
      const told = names.map(spell);
      if (told.some(({ plain }) => standing.has(`name ${plain}`))) return null;
      const [only, ...others] = new Set(
        told.flatMap(meetings).flatMap((key) => [...(standing.get(key) ?? [])]),
      );
      return only !== undefined && others.length === 0 ? only : null;
    },
    isContested: (names, kind) =>
      names.some((name) => (called.get(keyOf(normaliseName(name), kind))?.size ?? 0) > 1),
  };
}

const RANK: Record<Likeness['type'], number> = { same: 0, host: 1, words: 2, letters: 3 };
const weight = (like: Likeness): number =>
  like.type === 'words' ? like.extra.length : like.type === 'letters' ? like.count : 0;
const byRank = (a: Likeness, b: Likeness): number => RANK[a.type] - RANK[b.type] || weight(a) - weight(b);

/** `core` is what is left without hollow words. */
type Spelled = {
  plain: string;
  words: readonly string[];
  host: string | null;
  core: string;
  digits: string;
};

function spell(name: string): Spelled {
  const plain = normaliseName(name);
  const words = plain.split(/[-/:@]+/).filter(Boolean);
  const core = words.filter((word) => !HOLLOW.test(word)).join('-');
  return { plain, words, host: hostOf(name), core, digits: plain.replace(/\D/g, '') };
}

const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/@\s]*@)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d+)?(?:\/.*)?$/;

/** The host of what is written as an address: with a scheme, a port or dots; null for a bare word. */
function hostOf(name: string): string | null {
  const text = name.trim().toLowerCase();
  const host = ADDRESS.exec(text)?.[1];
  return host !== undefined && (host !== text || host.includes('.')) ? host : null;
}

const isNumeric = (host: string): boolean => /^[\d.]+$|^\[/.test(host);

function likeness(told: Spelled, own: Spelled, { kind }: BoardNode): Likeness | null {
  if (told.plain === '' || own.plain === '') return null;
  if (told.plain === own.plain) return { type: 'same' };
  const host = likeHost(told, own) ?? likeHost(own, told);
  if (host !== null) return { type: 'host', host };
  return likeWords(told.words, own.words, kind) ?? likeLetters(told, own);
}

/** `catalog.shop.svc:8080` is at the host of `catalog.shop.svc`, and `catalog` is what the host is called. */
function likeHost({ host }: Spelled, other: Spelled): string | null {
  if (host === null) return null;
  if (host === (other.host ?? other.plain)) return host;
  return labelOf(host) === other.plain ? host : null;
}

/** The first label of a host that is a name. */
const labelOf = (host: string): string | null =>
  isNumeric(host) ? null : normaliseName(host.split('.')[0]!);

/**
 * Under which keys a part is found by likeHost without a look at every other part; `meetings` are those that a name
 * looks under.
 */
function standings({ plain, host }: Spelled): string[] {
  const own = [`name ${plain}`, `host ${host ?? plain}`];
  if (host === null) return own;
  const label = labelOf(host);
  return [...own, `address ${host}`, ...(label === null ? [] : [`address label ${label}`])];
}

function meetings({ plain, host }: Spelled): string[] {
  const met = [`address ${host ?? plain}`, `address label ${plain}`];
  if (host === null) return met;
  const label = labelOf(host);
  return [...met, `host ${host}`, ...(label === null ? [] : [`name ${label}`])];
}

/** Words that say nothing of which part it is. */
const HOLLOW = /^(?:v?\d+|svc|service|srv|server|app|prod|production|staging|dev|test|live|default|main)$/;
/** Words that say that it is another part than the one without them. */
const PARTS: Readonly<Record<string, readonly NodeKind[]>> = {
  db: ['database'],
  database: ['database'],
  postgres: ['database'],
  postgresql: ['database'],
  mysql: ['database'],
  mongo: ['database'],
  cache: ['cache'],
  redis: ['cache', 'database'],
  queue: ['queue', 'broker'],
  topic: ['topic', 'broker'],
  kafka: ['broker', 'topic'],
  rabbitmq: ['broker', 'queue'],
  worker: ['worker'],
  consumer: ['worker'],
  gateway: ['gateway'],
  proxy: ['gateway', 'load balancer'],
};

/** One name's words stand in a row in the other's, and what is around them does not make it another part. */
function likeWords(told: readonly string[], own: readonly string[], kind: NodeKind): Likeness | null {
  const [long, short] = told.length >= own.length ? [told, own] : [own, told];
  if (long.length === short.length || short.every((word) => HOLLOW.test(word))) return null;
  for (let at = 0; at + short.length <= long.length; at++) {
    if (!short.every((word, i) => word === long[at + i])) continue;
    const extra = [...long.slice(0, at), ...long.slice(at + short.length)];
    const isOther = extra.some((word) => PARTS[word] && !PARTS[word].includes(kind));
    return isOther ? null : { type: 'words', extra };
  }
  return null;
}

/** In a word of so many letters one may be wrong, in one of so many two. */
const ONE_OF = 4;
const TWO_OF = 8;

/** Slips of a pen. Other digits are no slip: `shard-1` is not `shard-2`. */
function likeLetters(told: Spelled, own: Spelled): Likeness | null {
  const [a, b] = [told.core, own.core];
  const shorter = Math.min(a.length, b.length);
  const most = shorter >= TWO_OF ? 2 : shorter >= ONE_OF ? 1 : 0;
  if (most === 0 || Math.abs(a.length - b.length) > most || told.digits !== own.digits) return null;
  const count = editDistance(a, b);
  if (count === 0) return { type: 'words', extra: told.words.filter((word) => !own.words.includes(word)) };
  return count <= most ? { type: 'letters', count } : null;
}
