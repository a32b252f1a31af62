/** What was seen as nodes and edges, on a plain grid. */
import {
  type BoardEdge,
  type BoardNode,
  type Id,
  type NodeKind,
  normaliseName,
  type Point,
  sizeOfKind,
} from '../../graph/index.ts';
import type { Graph } from '../drawn.ts';
import { type Claims, claimsOf, namesOf, shownName } from './ends.ts';
import type { End, Seen } from './traffic.ts';

/** One part: all ends that share a sure name with it. */
type Part = { name: string; kind: NodeKind; technology?: string; names: Set<string> };

/** @param newId makes ids that are not on the board */
export function draw(all: readonly Seen[], newId: () => Id): Graph {
  const claims = claimsOf(all);
  const partOf = partsOf(endsOf(all), claims);
  const drawn = [...new Set(partOf.values())].sort((a, b) => (a.name < b.name ? -1 : 1));
  const columns = Math.ceil(Math.sqrt(drawn.length));
  const ids = new Map(drawn.map((part) => [part, newId()]));
  const nodes = drawn.map((part, i) => nodeOf(part, ids.get(part)!, gridPlace(i, columns)));
  const edges = new Map<string, BoardEdge>();
  for (const { source: from, target: to, kind } of all.flatMap(({ traffic }) => traffic)) {
    const source = ids.get(partOf.get(from)!)!;
    const target = ids.get(partOf.get(to)!)!;
    const key = JSON.stringify([source, target, kind]);
    if (source !== target && !edges.has(key)) edges.set(key, { id: newId(), source, target, kind });
  }
  return { nodes, edges: withoutBypasses(nodes, [...edges.values()]) };
}

/**
 * A service graph knows of no queue: it tells of messages as going straight from publisher to consumer. Where another
 * dialect knows the queue between them, they go through it.
 */
function withoutBypasses(nodes: readonly BoardNode[], edges: readonly BoardEdge[]): BoardEdge[] {
  const carriers = new Set(nodes.filter(({ kind }) => CARRIERS.has(kind)).map(({ id }) => id));
  const leads = new Set(edges.map(({ source, target }) => `${source} ${target}`));
  const isBypass = ({ source, target, kind }: BoardEdge) =>
    kind === 'publish' &&
    !carriers.has(target) &&
    [...carriers].some((carrier) => leads.has(`${source} ${carrier}`) && leads.has(`${carrier} ${target}`));
  return edges.filter((edge) => !isBypass(edge));
}

/** First by sure names; then what goes loosely by the sure name of another is that. Two loose names join nothing. */
function partsOf(ends: ReadonlySet<End>, claims: Claims): Map<End, Part> {
  const sure = new Map<string, Part>();
  const partOf = new Map<End, Part>();
  for (const end of ends) {
    const keys = end.names.map((name) => keyOf(end.kind, name));
    const known = keys.flatMap((key) => sure.get(key) ?? [])[0];
    const part = known ?? { name: shownName(end, claims), kind: end.kind, names: new Set<string>() };
    for (const key of keys) if (!sure.has(key)) sure.set(key, part);
    take(part, end);
    partOf.set(end, part);
  }
  for (const end of ends) {
    const own = partOf.get(end)!;
    const others = [...namesOf(end, claims), ...(end.loose ?? []).map(({ of }) => of)];
    const target = others
      .map((name) => sure.get(keyOf(end.kind, name)))
      .find((part) => part !== undefined && part !== own);
    if (!target) continue;
    for (const [other, part] of partOf)
      if (part === own) {
        partOf.set(other, target);
        take(target, other);
      }
    for (const [key, part] of sure) if (part === own) sure.set(key, target);
  }
  return partOf;
}

function take(part: Part, end: End): void {
  part.kind = surer(part.kind, end.kind);
  if (end.technology !== undefined) part.technology ??= end.technology;
  for (const name of end.names) part.names.add(name);
}

const endsOf = (all: readonly Seen[]): Set<End> =>
  new Set(
    all.flatMap(({ traffic, served = [] }) => [
      ...traffic.flatMap(({ source, target }) => [source, target]),
      ...served.map(({ by }) => by),
    ]),
  );

const CARRIERS: ReadonlySet<NodeKind> = new Set(['queue', 'topic', 'broker']);

/** A service and its queue may share a name. */
const keyOf = (kind: NodeKind, name: string): string =>
  `${CARRIERS.has(kind) ? 'carrier' : 'part'} ${normaliseName(name)}`;

/** What calls or serves as a service is one, whatever its callers take it for; anything else says more than "external". */
function surer(a: NodeKind, b: NodeKind): NodeKind {
  if (a === b || b === 'external') return a;
  if (a === 'external') return b;
  return a === 'service' || b === 'service' ? 'service' : a;
}

function nodeOf({ name, kind, technology, names }: Part, id: Id, position: Point): BoardNode {
  const others = [...names].filter((other) => normaliseName(other) !== normaliseName(name));
  return {
    id,
    name,
    kind,
    position,
    ...(technology !== undefined && { technology }),
    ...(others.length > 0 && { match: { names: others } }),
  };
}

const GAP = 72;

function gridPlace(i: number, columns: number): Point {
  const { width, height } = sizeOfKind('service');
  return [(i % columns) * (width + GAP), Math.floor(i / columns) * (height + GAP)];
}
