/** What a drawing keeps of a board, whatever ids it has: records as text, told apart by all that they say. */
import type { Board, Subject } from '../../src/graph/index.ts';

/** A board as a drawing can hold it: one edge of a kind between two parts, one mark on each, groups with somebody in them. */
export function drawable(board: Board): Board {
  const edges = new Map<string, string>();
  for (const { id, source, target, kind } of Object.values(board.edges)) {
    const key = JSON.stringify([source, target, kind]);
    if (!edges.has(key)) edges.set(key, id);
  }
  const nodes = Object.values(board.nodes).map((node, i) => [
    node.id,
    { ...node, technology: `${node.technology ?? ''} t${i}` },
  ]);
  const used = new Set(Object.values(board.nodes).map(({ group }) => group));
  return {
    ...board,
    nodes: Object.fromEntries(nodes),
    edges: Object.fromEntries([...edges.values()].map((id) => [id, board.edges[id]!])),
    groups: Object.fromEntries(Object.entries(board.groups).filter(([id]) => used.has(id))),
  };
}

/** As text, with the keys of every object in one order. */
const textOf = (value: unknown, clean: (text: string) => string): string =>
  JSON.stringify(value, (_key, each) => {
    if (typeof each === 'string') return clean(each);
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
  });

/** @param clean what the format makes of any text */
export function kept(board: Board, clean = (text: string) => text) {
  const sorted = (all: object[]) => all.map((each) => textOf(each, clean)).sort();
  const markOf = (subject: Subject) => {
    const found = Object.values(board.marks).find(
      (mark) => mark.subject.type === subject.type && mark.subject.id === subject.id,
    );
    return found && [found.status, found.hypothesis, found.evidence, found.at];
  };
  const { nodes, edges, groups, notes } = board;
  const nodeText = ({ id, origins: _origins, group, ...rest }: Board['nodes'][string]) => ({
    ...rest,
    group: group === undefined ? null : groups[group]!.name,
    mark: markOf({ type: 'node', id }),
  });
  const called = (id: string) => [nodes[id]!.name, nodes[id]!.technology];
  return {
    nodes: sorted(Object.values(nodes).map(nodeText)),
    edges: sorted(
      Object.values(edges).map(({ id, source, target, origins: _origins, route: _route, ...rest }) => ({
        ...rest,
        ends: [called(source), called(target)],
        mark: markOf({ type: 'edge', id }),
      })),
    ),
    groups: sorted(
      Object.values(groups).map(({ name, description, collapsed }) => [name, description, collapsed]),
    ),
    notes: sorted(
      Object.values(notes).map(({ text, position, size, z, locked }) => [text, position, size, z, locked]),
    ),
  };
}
