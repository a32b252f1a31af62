/**
 * The board as it is drawn: each collapsed group as one card in the middle of its members, and what runs between
 * inside and outside as edges of that card. Commands, files and peers know the board alone.
 */

import type { Id } from './fields.ts';
import { boundsOf, centreOf, nodeRect, sizeOfKind } from './geometry.ts';
import { sameValue } from './patch.ts';
import type { Board, BoardEdge, BoardNode, Mark, Point } from './schema.ts';

export type Projection = {
  /** What is drawn: the board itself where nothing is collapsed. */
  readonly board: Board;
  /** Cards that stand for a group, with its id. */
  readonly groups: ReadonlyMap<Id, Id>;
  /** Edges that stand for several at once, with theirs. One that stands for one alone keeps its id. */
  readonly edges: ReadonlyMap<Id, readonly Id[]>;
  /** What is drawn in place of a node or an edge that is not; null where nothing is, as inside of a card. */
  readonly hidden: { readonly nodes: ReadonlyMap<Id, Id>; readonly edges: ReadonlyMap<Id, Id | null> };
  readonly of: Board;
  readonly open: Id | null;
};

const NOTHING: ReadonlyMap<never, never> = new Map<never, never>();

/**
 * @param open a group that is looked into: drawn with all that is in it, collapsed or not
 * @param last the projection before, whose records are kept where they would be the same
 */
export function projectBoard(
  board: Board,
  open: Id | null = null,
  last: Projection | null = null,
): Projection {
  if (last?.of === board && last.open === open) return last;
  const members = membersOf(board, open);
  if (members.size === 0)
    return {
      board,
      groups: NOTHING,
      edges: NOTHING,
      hidden: { nodes: NOTHING, edges: NOTHING },
      of: board,
      open,
    };
  const isSameGraph =
    last?.open === open &&
    last.of.nodes === board.nodes &&
    last.of.edges === board.edges &&
    last.of.groups === board.groups;
  const graph = isSameGraph ? last : projectGraph(board, members, last);
  const marks = marksOf(board, graph);
  const { nodes, edges, groups } = graph.board;
  return { ...graph, board: { ...board, nodes, edges, groups, marks }, of: board, open };
}

/** The members of each collapsed group that has any. */
function membersOf({ nodes, groups }: Board, open: Id | null): Map<Id, BoardNode[]> {
  const members = new Map<Id, BoardNode[]>();
  const isCollapsed = (id: Id) => groups[id]?.collapsed === true && id !== open;
  if (!Object.keys(groups).some(isCollapsed)) return members;
  for (const id in nodes) {
    const { group } = nodes[id]!;
    if (group === undefined || !isCollapsed(group)) continue;
    const list = members.get(group);
    if (list) list.push(nodes[id]!);
    else members.set(group, [nodes[id]!]);
  }
  return members;
}

function projectGraph(board: Board, members: Map<Id, BoardNode[]>, last: Projection | null) {
  const nodes = { ...board.nodes };
  const groups = { ...board.groups };
  const cards = new Map<Id, Id>();
  const hiddenNodes = new Map<Id, Id>();
  for (const [group, list] of members) {
    const id = unused(`group ${group}`, board.nodes);
    cards.set(id, group);
    delete groups[group];
    for (const member of list) {
      hiddenNodes.set(member.id, id);
      delete nodes[member.id];
    }
    nodes[id] = kept(cardOf(id, board.groups[group]!.name, list), last?.board.nodes[id]);
  }
  const { edges, merged, hidden } = projectEdges(board.edges, hiddenNodes, last);
  return {
    board: { ...board, nodes, edges, groups },
    groups: cards,
    edges: merged,
    hidden: { nodes: hiddenNodes, edges: hidden },
  };
}

/** Drawn as one of the members' own kind where they are all of one kind. */
function cardOf(id: Id, name: string, members: readonly BoardNode[]): BoardNode {
  const kind = members.every((member) => member.kind === members[0]!.kind) ? members[0]!.kind : 'service';
  const { width, height } = sizeOfKind(kind);
  const [x, y] = centreOf(boundsOf(members.map(nodeRect))!);
  const position: Point = [Math.round(x - width / 2), Math.round(y - height / 2)];
  return {
    id,
    name,
    kind,
    technology: `${members.length} ${members.length === 1 ? 'part' : 'parts'}`,
    position,
  };
}

/** What runs inside of a card is not drawn; what crosses its border is, once for each neighbour and kind. */
function projectEdges(edges: Board['edges'], hiddenNodes: ReadonlyMap<Id, Id>, last: Projection | null) {
  const drawn: Board['edges'] = {};
  const hidden = new Map<Id, Id | null>();
  const bundles = new Map<string, BoardEdge[]>();
  for (const id in edges) {
    const edge = edges[id]!;
    const source = hiddenNodes.get(edge.source) ?? edge.source;
    const target = hiddenNodes.get(edge.target) ?? edge.target;
    if (source === edge.source && target === edge.target) drawn[id] = edge;
    else if (source === target) hidden.set(id, null);
    else {
      const key = JSON.stringify([source, target, edge.kind]);
      const bundle = bundles.get(key);
      if (bundle) bundle.push(edge);
      else bundles.set(key, [edge]);
    }
  }
  const merged = new Map<Id, readonly Id[]>();
  for (const bundle of bundles.values()) {
    const [first] = bundle as [BoardEdge];
    const source = hiddenNodes.get(first.source) ?? first.source;
    const target = hiddenNodes.get(first.target) ?? first.target;
    const isOne = bundle.length === 1;
    const id = isOne ? first.id : unused(`${source} ${first.kind} ${target}`, edges);
    const { route: _laidElsewhere, ...facts } = first;
    const edge: BoardEdge = isOne ? { ...facts, source, target } : { id, source, target, kind: first.kind };
    drawn[id] = kept(edge, last?.board.edges[id]);
    if (isOne) continue;
    merged.set(
      id,
      bundle.map((each) => each.id),
    );
    for (const each of bundle) hidden.set(each.id, id);
  }
  return { edges: drawn, merged, hidden };
}

const WEIGHT = { cleared: 0, suspected: 1, confirmed: 2 } as const;

/** A mark on what is not drawn stands on what is drawn in its place: of several the gravest. */
function marksOf(board: Board, { hidden }: Pick<Projection, 'hidden'>): Board['marks'] {
  const marks: Board['marks'] = {};
  const onCards = new Map<string, Mark>();
  for (const id in board.marks) {
    const mark = board.marks[id]!;
    const { type } = mark.subject;
    const place = (type === 'node' ? hidden.nodes : hidden.edges).get(mark.subject.id);
    if (place === undefined) marks[id] = mark;
    if (place == null) continue;
    const key = `${type} ${place}`;
    const other = onCards.get(key);
    if (other && WEIGHT[other.status] >= WEIGHT[mark.status]) continue;
    if (other) delete marks[other.id];
    const shown = { ...mark, subject: { type, id: place } };
    onCards.set(key, shown);
    marks[id] = shown;
  }
  return marks;
}

const kept = <R>(next: R, before: R | undefined): R =>
  before !== undefined && sameValue(before, next) ? before : next;

function unused(id: Id, taken: Record<Id, unknown>): Id {
  let free = id;
  while (free in taken) free += '′';
  return free;
}
