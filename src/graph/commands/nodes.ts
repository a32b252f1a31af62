/** Commands on nodes, edges and notes: (board, args) → Patch. Ids come in as arguments. */

import { isCarrier, isStore } from '../binding.ts';
import type { Id } from '../fields.ts';
import { freePlace, sizeOfKind } from '../geometry.ts';
import { type Patch, sameValue } from '../patch.ts';
import type {
  Board,
  BoardEdge,
  BoardNode,
  Collection,
  EdgeKind,
  NodeKind,
  Note,
  Point,
  RecordOf,
} from '../schema.ts';
import { edgesAt } from '../traverse.ts';

/** `base`, or `base 2`, `base 3`… so that no two nodes share a name. */
function uniqueName(board: Board, base: string): string {
  const taken = new Set(Object.values(board.nodes).map((node) => node.name));
  if (!taken.has(base)) return base;
  for (let n = 2; ; n++) if (!taken.has(`${base} ${n}`)) return `${base} ${n}`;
}

/** Places a node; with `free`, at the nearest free place to `position`. */
export function addNode(
  board: Board,
  args: { id: Id; kind: NodeKind; name?: string; position: Point; group?: Id; free?: boolean },
): Patch {
  const { id, kind, group } = args;
  const position = args.free ? freePlace(board, args.position, sizeOfKind(kind)) : args.position;
  const node: BoardNode = { id, kind, name: args.name ?? uniqueName(board, kind), position };
  return { nodes: { added: { [id]: group === undefined ? node : { ...node, group } } } };
}

/** What traffic between two kinds most likely is. */
export function edgeKindBetween(source: NodeKind, target: NodeKind): EdgeKind {
  if (isCarrier(target)) return 'publish';
  if (isCarrier(source)) return 'consume';
  if (isStore(target)) return isStore(source) ? 'replicate' : 'query';
  return 'call';
}

/** Connects two nodes; connecting what is connected already changes nothing. */
export function connect(
  board: Board,
  args: { id: Id; source: Id; target: Id; kind?: EdgeKind; protocol?: string },
): Patch {
  const source = board.nodes[args.source];
  const target = board.nodes[args.target];
  if (!source || !target || source === target) return {};
  const kind = args.kind ?? edgeKindBetween(source.kind, target.kind);
  const exists = edgesAt(board.edges, source.id).some(
    (edge) => edge.source === source.id && edge.target === target.id && edge.kind === kind,
  );
  if (exists) return {};
  const edge: BoardEdge = { id: args.id, source: source.id, target: target.id, kind };
  return { edges: { added: { [edge.id]: args.protocol ? { ...edge, protocol: args.protocol } : edge } } };
}

export function addNote(
  _board: Board,
  args: { id: Id; text: string; position: Point; size?: [number, number] },
): Patch {
  const note: Note = { id: args.id, text: args.text, position: args.position, size: args.size ?? [200, 96] };
  return { notes: { added: { [note.id]: note } } };
}

/** Moves nodes and notes to new positions; what is locked stays. */
export function move(board: Board, args: { positions: Record<Id, Point> }): Patch {
  const nodes: Record<Id, [BoardNode, BoardNode]> = {};
  const notes: Record<Id, [Note, Note]> = {};
  for (const [id, position] of Object.entries(args.positions)) {
    const node = board.nodes[id];
    const note = board.notes[id];
    if ((node ?? note)?.locked) continue;
    if (node && !sameValue(node.position, position)) nodes[id] = [node, { ...node, position }];
    else if (note && !sameValue(note.position, position)) notes[id] = [note, { ...note, position }];
  }
  return { nodes: { updated: nodes }, notes: { updated: notes } };
}

/** Sets fields on records of one collection; a field set to undefined is taken away. */
export function setFields<C extends Collection>(
  board: Board,
  args: {
    collection: C;
    ids: readonly Id[];
    fields: { [K in keyof RecordOf<C>]?: RecordOf<C>[K] | undefined };
  },
): Patch {
  const updated: Record<Id, [RecordOf<C>, RecordOf<C>]> = {};
  for (const id of args.ids) {
    const from = (board[args.collection] as Record<Id, RecordOf<C>>)[id];
    if (!from) continue;
    const to = Object.fromEntries(
      Object.entries({ ...from, ...args.fields, id }).filter(([, value]) => value !== undefined),
    ) as RecordOf<C>;
    if (!sameValue(from, to)) updated[id] = [from, to];
  }
  return { [args.collection]: { updated } } as Patch;
}

/** Takes records away, and with a node its edges and the marks on them; what is locked stays. */
export function remove(
  board: Board,
  args: { nodes?: readonly Id[]; edges?: readonly Id[]; notes?: readonly Id[]; groups?: readonly Id[] },
): Patch {
  const nodes = (args.nodes ?? []).filter((id) => !board.nodes[id]?.locked);
  const notes = (args.notes ?? []).filter((id) => !board.notes[id]?.locked);
  const edges = new Set(args.edges);
  for (const node of nodes) for (const edge of edgesAt(board.edges, node)) edges.add(edge.id);
  const pick = <R>(records: Record<Id, R>, ids: Iterable<Id>) => {
    const picked: Record<Id, R> = {};
    for (const id of ids) if (records[id]) picked[id] = records[id];
    return picked;
  };
  return {
    nodes: { removed: pick(board.nodes, nodes) },
    edges: { removed: pick(board.edges, edges) },
    notes: { removed: pick(board.notes, notes) },
    groups: { removed: pick(board.groups, args.groups ?? []) },
  };
}
