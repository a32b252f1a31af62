/**
 * What the parts of a mesh are called: each differently, also as names are matched (see binding), and with all the
 * names by which telemetry means this part and no other.
 */
import { normaliseName } from '../../graph/index.ts';
import { inNamespace, type Part } from './parts.ts';

export type Names = { name: string; names: readonly string[] };

/** By id of the part. */
export function namesOf(parts: readonly Part[]): ReadonlyMap<string, Names> {
  const shown = shownNames(parts);
  const claims = parts.map((part) => {
    const [name, own, besides] = [shown.get(part.id)!, inNamespace(part.name, part), part.besides];
    return {
      id: part.id,
      name,
      own: [name, ...(part.isNamed ? own : [])],
      besides: part.isNamed ? besides : [],
    };
  });
  const [owners, all] = [
    holders(claims, ({ own }) => own),
    holders(claims, (each) => [...each.own, ...each.besides]),
  ];
  const isOnly = (of: ReturnType<typeof holders>, name: string) => of.get(normaliseName(name))?.size === 1;
  return new Map(
    claims.map((claim) => {
      const names = new Set([
        ...claim.own.filter((name) => isOnly(owners, name)),
        ...claim.besides.filter((name) => isOnly(all, name)),
      ]);
      return [claim.id, { name: claim.name, names: [...names] }];
    }),
  );
}

type Claim = { id: string; own: readonly string[]; besides: readonly string[] };

function holders(claims: readonly Claim[], namesIn: (claim: Claim) => readonly string[]) {
  const found = new Map<string, Set<string>>();
  for (const claim of claims)
    for (const name of namesIn(claim)) {
      const key = normaliseName(name);
      found.set(key, (found.get(key) ?? new Set()).add(claim.id));
    }
  return found;
}

type Qualifier = 'namespace' | 'version' | 'type' | 'cluster';
const QUALIFIERS: readonly Qualifier[] = ['namespace', 'version', 'type', 'cluster'];

/** Those of one name are told apart by as little as does it; where nothing does, by number. */
function shownNames(parts: readonly Part[]): ReadonlyMap<string, string> {
  const shown = new Map<string, string>();
  const taken = new Set<string>();
  for (const same of Map.groupBy(parts, ({ name }) => normaliseName(name)).values()) {
    const used: Qualifier[] = [];
    const apart = (by: readonly Qualifier[]) =>
      new Set(same.map((part) => normaliseName(qualified(part, by)))).size;
    for (const qualifier of QUALIFIERS) if (apart([...used, qualifier]) > apart(used)) used.push(qualifier);
    let number = 1;
    for (const part of same) {
      const name = qualified(part, used);
      let free = name;
      while (taken.has(normaliseName(free))) free = `${name} ${++number}`;
      taken.add(normaliseName(free));
      shown.set(part.id, free);
    }
  }
  return shown;
}

function qualified(part: Part, by: readonly Qualifier[]): string {
  const said = (qualifier: Qualifier, before: string) =>
    by.includes(qualifier) && part[qualifier] !== null ? `${before}${part[qualifier]}` : '';
  return `${part.name}${said('namespace', '.')}${said('version', ' ')}${said('type', ' ')}${said('cluster', ' in ')}`;
}
