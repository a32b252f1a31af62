/** Ids for what a diagram names: short, of plain letters, made from names, each for one thing only. */
import { type Board, type BoardEdge, type BoardNode, edgeKindBetween, type Id } from '../../graph/index.ts';

const LONGEST = 40;

/** Of nodes and groups, which share one space of names. `reserved` words mean something else in the language. */
export function idsOf({ nodes, groups }: Board, reserved: ReadonlySet<string>): ReadonlyMap<Id, string> {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  const ids = new Map<Id, string>();
  const give = (id: Id, name: string, prefix: string) => {
    const plain = wordsIn(name);
    const base = plain === '' || /^\d/.test(plain) || reserved.has(plain) ? `${prefix}${plain}` : plain;
    let free = base;
    for (let count = next.get(base) ?? 2; taken.has(free); count++) {
      free = `${base}_${count}`;
      next.set(base, count + 1);
    }
    taken.add(free);
    ids.set(id, free);
  };
  // Nodes and groups may have the same board id.
  for (const { id, name } of Object.values(nodes)) give(`node ${id}`, name, 'n');
  for (const { id, name } of Object.values(groups)) give(`group ${id}`, name, 'g');
  return ids;
}

const wordsIn = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, LONGEST)
    .replace(/^_+|_+$/g, '');

/** The board in the order in which a diagram tells it: each group with its parts, parts without one, edges. */
export function outlineOf(board: Board) {
  const nodes = Object.values(board.nodes);
  const members = new Map<Id, BoardNode[]>();
  for (const node of nodes)
    if (node.group !== undefined) members.set(node.group, [...(members.get(node.group) ?? []), node]);
  return {
    groups: Object.values(board.groups).map((group) => ({ group, members: members.get(group.id) ?? [] })),
    free: nodes.filter(({ group }) => group === undefined),
    edges: Object.values(board.edges),
  };
}

/** The kind of edge that is understood between its ends without being said. */
export const naturalKind = ({ nodes }: Board, { source, target }: BoardEdge) =>
  edgeKindBetween(nodes[source]!.kind, nodes[target]!.kind);

/** One edge of a kind between two parts: what several carry, it carries. */
export function joinedEdges(edges: readonly BoardEdge[]): BoardEdge[] {
  const joined = new Map<string, BoardEdge>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.source, edge.target, edge.kind]);
    const known = joined.get(key);
    const protocol = known?.protocol?.trim() ? known.protocol : edge.protocol;
    const names = [...(known?.operations ?? []), ...(edge.operations ?? [])].map(({ name }) => name);
    joined.set(key, {
      ...(known ?? edge),
      ...(protocol !== undefined && { protocol }),
      operations: [...new Set(names)].map((name) => ({ name })),
    });
  }
  return [...joined.values()];
}
