/**
 * What tells two boards apart, in the words of the system: parts and traffic by their names, whatever their ids. Where they
 * stand, and when what was measured, is not part of it.
 */
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  choicesFor,
  counterpart,
  darkOf,
  edgesBetween,
  type Id,
  normaliseName,
} from '../graph/index.ts';

export type Difference = {
  /** Only in the second, only in the first, in both but not alike. */
  change: 'added' | 'removed' | 'changed';
  what: 'part' | 'edge' | 'note' | 'mark' | 'title';
  name: string;
  /** What it is; of a change, each fact as it was and is. */
  facts: readonly string[];
};

/** Parts and traffic of the second that the first does not draw. */
export function lackingIn(board: Board, told: Board): Difference[] {
  const seen = calledAs(board, told);
  const dark = darkOf(board, seen);
  return [
    ...dark.nodes.map((node) => partOf('added', node)),
    ...dark.edges.map((edge) => trafficOf('added', edge, seen)),
  ];
}

/** Whom only an address tells by the names of the first board: as import would take them. */
function calledAs(board: Board, other: Board): Board {
  const nodes = { ...other.nodes };
  for (const [id, known] of choicesFor(board, other)) {
    const { match: _, ...node } = nodes[id]!;
    if (known !== null) nodes[id] = { ...node, name: board.nodes[known]!.name };
  }
  return { ...other, nodes };
}

/** All that tells the second from the first. */
export function differences(a: Board, second: Board): Difference[] {
  const b = calledAs(a, second);
  const nodes = new Map(
    Object.values(b.nodes).map((node) => [node.id, node.id in a.nodes ? node.id : counterpart(a, node)]),
  );
  const kept = new Set(nodes.values());
  const edges = new Map(Object.values(b.edges).map((edge) => [edge.id, sameEdge(a, edge, nodes)]));
  const carried = new Set([...edges.values()].flat());
  const title: Difference[] =
    a.title === b.title || a.id !== b.id
      ? []
      : [{ change: 'changed', what: 'title', name: `${a.title} → ${b.title}`, facts: [] }];
  return [
    ...title,
    ...Object.values(b.nodes).flatMap((node) => {
      const old = a.nodes[nodes.get(node.id) ?? ''];
      return old ? changed('part', old.name, factsOf(old, a), factsOf(node, b)) : [partOf('added', node)];
    }),
    ...Object.values(a.nodes).flatMap((node) => (kept.has(node.id) ? [] : [partOf('removed', node)])),
    ...Object.values(b.edges).flatMap((edge) => {
      const [old, ...others] = edges.get(edge.id)!;
      if (old === undefined) return [trafficOf('added', edge, b)];
      // through a queue on one side and straight on the other there is nothing to compare
      if (others.length > 0) return [];
      return changed('edge', endsOf(a.edges[old]!, a), carriedBy(a.edges[old]!), carriedBy(edge));
    }),
    ...Object.values(a.edges).flatMap((edge) =>
      carried.has(edge.id) ? [] : [trafficOf('removed', edge, a)],
    ),
    ...listed('note', notesOf(a), notesOf(b)),
    ...listed('mark', marksOf(a), marksOf(b)),
  ];
}

/** The drawn edges that this one is: of its kind between the same parts, or whatever carries traffic between them. */
function sameEdge(board: Board, edge: BoardEdge, nodes: ReadonlyMap<Id, Id | null>): Id[] {
  const [source, target] = [nodes.get(edge.source) ?? null, nodes.get(edge.target) ?? null];
  const own = board.edges[edge.id];
  if (own && own.source === source && own.target === target) return [own.id];
  const between = edgesBetween(board, source, target);
  const alike = between.filter((each) => each.kind === edge.kind);
  return (alike.length > 0 ? alike.slice(0, 1) : between).map(({ id }) => id);
}

const partOf = (change: Difference['change'], { name, kind }: BoardNode): Difference => {
  return { change, what: 'part', name, facts: [kind] };
};

const trafficOf = (change: Difference['change'], edge: BoardEdge, board: Board): Difference => {
  return { change, what: 'edge', name: endsOf(edge, board), facts: [edge.kind] };
};

const endsOf = ({ source, target }: BoardEdge, { nodes }: Board): string =>
  `${nodes[source]!.name} → ${nodes[target]!.name}`;

type Facts = Record<string, string | undefined>;

const factsOf = (
  { name, kind, technology, instances, description, group, config }: BoardNode,
  board: Board,
): Facts => ({
  // ways to write a name are no difference
  name: normaliseName(name),
  kind,
  technology: technology?.toLowerCase(),
  instances: instances === undefined ? undefined : String(instances),
  description,
  group: group === undefined ? undefined : board.groups[group]?.name,
  config: config && [config.system, config.version].filter(Boolean).join(' '),
  ...Object.fromEntries(Object.entries(config?.values ?? {}).map(([key, value]) => [`config ${key}`, value])),
});

const carriedBy = ({ kind, protocol, operations, description }: BoardEdge): Facts => ({
  kind,
  protocol,
  operations: operations
    ?.map(({ name }) => name)
    .sort()
    .join(', '),
  description,
});

function changed(what: 'part' | 'edge', name: string, before: Facts, after: Facts): Difference[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const facts = [...keys].flatMap((key) => {
    const [was, is] = [before[key] || 'none', after[key] || 'none'];
    return was === is ? [] : [`${key}: ${was} → ${is}`];
  });
  return facts.length > 0 ? [{ change: 'changed', what, name, facts }] : [];
}

const notesOf = ({ notes }: Board): string[] => Object.values(notes).map(({ text }) => text);

const marksOf = (board: Board): string[] =>
  Object.values(board.marks).map(({ subject, status, hypothesis }) => {
    const edge = board.edges[subject.id];
    const name = edge ? endsOf(edge, board) : (board.nodes[subject.id]?.name ?? subject.id);
    return [`${name} ${status}`, hypothesis].filter(Boolean).join(': ');
  });

function listed(what: 'note' | 'mark', before: readonly string[], after: readonly string[]): Difference[] {
  const only = (change: Difference['change'], here: readonly string[], there: readonly string[]) =>
    here
      .filter((name) => !there.includes(name))
      .map((name): Difference => ({ change, what, name, facts: [] }));
  return [...only('added', after, before), ...only('removed', before, after)];
}
