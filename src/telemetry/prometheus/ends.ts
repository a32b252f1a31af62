/** Ends of traffic → nodes of the board, and what is told of those that are none. */
import { type Board, bindingOf, type Id, isCarrier } from '../../graph/index.ts';
import type { End, Loose, Seen } from './traffic.ts';

/** By name, who goes by it loosely. */
export type Claims = ReadonlyMap<string, ReadonlySet<string>>;

/** Everybody who goes by a loose name in what was seen, besides those who are known to. */
export function claimsOf(seen: readonly Seen[], earlier: Claims = new Map()): Claims {
  const claims = new Map([...earlier].map(([name, who]) => [name, new Set(who)]));
  const known = new Set<End>();
  const take = (end: End) => {
    if (known.has(end)) return;
    known.add(end);
    for (const loose of end.loose ?? []) {
      const key = claimOf(loose);
      const who = claims.get(key) ?? new Set();
      claims.set(key, who.add(loose.of));
    }
  };
  for (const { traffic, served = [], figures = [] } of seen) {
    for (const { source, target } of traffic) {
      take(source);
      take(target);
    }
    for (const { by } of served) take(by);
    for (const { of } of figures) take(of);
  }
  return claims;
}

const claimOf = ({ name, among }: Loose): string => (among === undefined ? name : `${name} ${among}`);

/** Every name that stands for this end and no other, the surest first. */
export const namesOf = ({ names, loose = [] }: End, claims: Claims): string[] => [
  ...names,
  ...loose.flatMap((each) => ((claims.get(claimOf(each))?.size ?? 0) > 1 ? [] : [each.name])),
];

/** What a person is told it is called. */
export function shownName(end: End, claims: Claims): string {
  const loose = namesOf(end, claims).slice(end.names.length);
  if (end.plain !== undefined && loose.includes(end.plain)) return end.plain;
  return end.shown ?? loose[0] ?? end.names[0]!;
}

/** Finds the node that an end is: by its surest name that any node has, or none. */
export function createFinder(board: Pick<Board, 'nodes' | 'edges'>, claims: Claims): (end: End) => Id | null {
  const binding = bindingOf(board);
  const known = new Map<End, Id | null>();
  return (end) => {
    const found = known.get(end);
    if (found !== undefined) return found;
    let id: Id | null = null;
    for (const name of [...namesOf(end, claims), ...(end.within ?? [])]) {
      id = isCarrier(end.kind) ? binding.nodeLike(name, end.kind) : binding.node(name);
      if (id !== null) break;
    }
    known.set(end, id);
    return id;
  };
}
