/**
 * Telemetry's names and the board's parts, side by side: what is seen and not drawn, what is drawn and not seen, and
 * what may be what. Pure; it proposes, and binds nothing.
 */
import {
  type Board,
  type BoardNode,
  counterpart,
  createMatcher,
  type Dark,
  darkOf,
  formatRate,
  type Id,
  ignoredBy,
  type Likeness,
  type Matcher,
  normaliseName,
  type PerSecond,
  type SeenGraph,
  type SourceConfig,
  type UnboundTraffic,
} from '../../../graph/index.ts';

/** What one source tells of. */
export type View = { source: SourceConfig; graph: SeenGraph; unbound: readonly UnboundTraffic[] };

export type DarkRow = {
  node: BoardNode;
  /** Everything that telemetry calls it. */
  names: readonly string[];
  /** The sources that see it. */
  sources: readonly Id[];
  /** Who calls it, whom it calls, how often: `gateway → · → bank, 12 /s`. */
  traffic: string;
  /** Several parts go by its name. */
  contested: boolean;
};

export type Matching = {
  /** All sources' graphs as one. */
  seen: SeenGraph;
  dark: Dark;
  rows: readonly DarkRow[];
  /** Proposes who a row's names may mean. */
  matcher: Matcher;
  /** Drawn, and neither named nor measured. */
  silent: readonly BoardNode[];
  /** Set aside, by the sources that tell of it. */
  ignored: ReadonlyMap<string, readonly Id[]>;
};

const namesOf = ({ name, match }: BoardNode): readonly string[] => [name, ...(match?.names ?? [])];

/** @param isMeasured whether there are figures of a node */
export function matchingOf(
  board: Pick<Board, 'nodes' | 'edges' | 'sources'>,
  views: readonly View[],
  isMeasured: (node: Id) => boolean,
): Matching {
  const { seen, from } = together(views);
  const ignored = new Map<string, Id[]>();
  for (const source of Object.values(board.sources))
    for (const name of ignoredBy(source)) ignored.set(name, [...(ignored.get(name) ?? []), source.id]);
  const dark = darkOf(board, seen, ignored.keys());
  const heard = new Set(Object.values(seen.nodes).map((node) => counterpart(board, node)));
  const matcher = createMatcher(board.nodes);
  const traffic = trafficWords(seen, views);
  const rows = dark.nodes.map((node): DarkRow => {
    const names = namesOf(node);
    const contested = matcher.isContested(names, node.kind);
    return { node, names, sources: from.get(node.id) ?? [], traffic: traffic(node), contested };
  });
  const silent =
    views.length === 0
      ? []
      : Object.values(board.nodes).filter(({ id }) => !heard.has(id) && !isMeasured(id));
  return {
    ...{ seen, dark, ignored, matcher },
    rows: rows.sort((a, b) => byName(a.node, b.node)),
    silent: silent.sort(byName),
  };
}

const byName = (a: BoardNode, b: BoardNode): number => a.name.localeCompare(b.name);

/** What several sources call alike is one part; and who told of it. */
function together(views: readonly View[]): { seen: SeenGraph; from: ReadonlyMap<Id, readonly Id[]> } {
  let seen: SeenGraph = { nodes: {}, edges: {} };
  const from = new Map<Id, Id[]>();
  for (const { source, graph } of views) {
    const known = seen;
    const ids = new Map(
      Object.values(graph.nodes).map((node) => [node.id, counterpart(known, node) ?? node.id]),
    );
    for (const id of new Set(ids.values())) from.set(id, [...(from.get(id) ?? []), source.id]);
    const drawn = new Set(Object.values(known.edges).map((edge) => keyOf(edge)));
    const edges = Object.values(graph.edges)
      .map((edge) => ({ ...edge, source: ids.get(edge.source)!, target: ids.get(edge.target)! }))
      .filter((edge) => !drawn.has(keyOf(edge)));
    seen = {
      nodes: {
        ...Object.fromEntries(Object.values(graph.nodes).map((node) => [node.id, node])),
        ...known.nodes,
      },
      edges: { ...known.edges, ...Object.fromEntries(edges.map((edge) => [edge.id, edge])) },
    };
    for (const [own, id] of ids) if (own !== id) delete seen.nodes[own];
  }
  return { seen, from };
}

const keyOf = ({ source, target }: { source: Id; target: Id }): string => `${source}\n${target}`;

/** Neighbours named; of more the rest is counted. */
const NAMED = 3;

/** What is said of a part's traffic; the sources are read once. */
function trafficWords({ nodes, edges }: SeenGraph, views: readonly View[]): (node: BoardNode) => string {
  const callers = new Map<Id, string[]>();
  const called = new Map<Id, string[]>();
  const put = (map: Map<Id, string[]>, id: Id, other: Id) => {
    const names = map.get(id) ?? [];
    map.set(id, names);
    names.push(nodes[other]!.name);
  };
  for (const { source, target } of Object.values(edges)) {
    put(callers, target, source);
    put(called, source, target);
  }
  const rates = new Map<string, PerSecond>();
  for (const { source, target, rate } of views.flatMap(({ unbound }) => unbound))
    for (const name of rate === null ? [] : new Set([source, target].map(normaliseName)))
      rates.set(name, (rates.get(name) ?? 0) + (rate ?? 0));
  return (node) => {
    const known = [...new Set(namesOf(node).map(normaliseName))].flatMap((name) => rates.get(name) ?? []);
    const [from, to] = [callers.get(node.id), called.get(node.id)];
    return [
      ...(from ? [`from ${several(from)}`] : []),
      ...(to ? [`to ${several(to)}`] : []),
      ...(known.length > 0 ? [formatRate(known.reduce((sum, rate) => sum + rate, 0))] : []),
    ].join(', ');
  };
}

function several(names: readonly string[]): string {
  const all = [...new Set(names)].sort();
  return all.length <= NAMED
    ? all.join(' and ')
    : `${all.slice(0, NAMED).join(', ')} and ${all.length - NAMED} more`;
}

/** Why a part is proposed. */
export function whyWords(likeness: Likeness, { kind }: Pick<BoardNode, 'kind'>): string {
  switch (likeness.type) {
    case 'same':
      return `a ${kind} of this name`;
    case 'host':
      return `at the host ${likeness.host}`;
    case 'words':
      return likeness.extra.length === 0 ? 'the same words' : `but for ${likeness.extra.join(', ')}`;
    case 'letters':
      return likeness.count === 1 ? 'one letter apart' : `${likeness.count} letters apart`;
  }
}
