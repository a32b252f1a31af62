/**
 * Mentions ↔ nodes. A name is looked up on the board first, then among what the sketch itself makes. What
 * carries messages and what handles them are kept apart, as in the binding of telemetry: `service:orders`
 * and `topic:orders` are two nodes.
 */
import {
  type Board,
  type BoardNode,
  bindingOf,
  type Id,
  isCarrier,
  type NodeKind,
  normaliseName,
} from '../../graph/index.ts';
import { edgeKindOf } from './arrow.ts';
import type { EdgeMention, NodeMention, SketchFault, Statement } from './statement.ts';
import { wordOfName } from './words.ts';

export type Names = {
  /** The node of every mention that has exactly one. */
  ids: ReadonlyMap<NodeMention, Id>;
  /** All nodes, as the sketch says they are; new ones without a place yet. */
  nodes: Record<Id, BoardNode>;
  /** New nodes, in order of their first mention. */
  fresh: Id[];
  faults: SketchFault[];
};

export function resolveNames(board: Board, statements: readonly Statement[], newId: () => Id): Names {
  const ids = new Map<NodeMention, Id>();
  const nodes = { ...board.nodes };
  const made = new Set<Id>();
  const faults: SketchFault[] = [];
  const find = finderOf(board);
  const mentions = statements.flatMap((statement) => statement.nodes);
  /** New nodes of whose kind nothing is said yet. */
  const open = new Set<Id>();

  const make = (mention: NodeMention, kind: NodeKind): Id => {
    const id = newId();
    nodes[id] = { id, name: mention.name, kind, position: [0, 0] };
    made.add(id);
    find.remember(mention.name, kind, id);
    return id;
  };
  const settle = (mention: NodeMention, found: Id | 'several' | null, kind: () => Id) => {
    if (found === 'several')
      faults.push({
        ...mention.at,
        reason: `several parts are called “${mention.name}”; give them different names first`,
      });
    else ids.set(mention, found ?? kind());
  };

  // Stated kinds first, so that it makes no difference where in the text a kind is stated.
  for (const mention of mentions)
    if (mention.kind) {
      const { kind, name } = mention;
      settle(mention, find(name, kind), () => make(mention, kind));
    }
  for (const mention of mentions)
    if (!mention.kind) {
      const found = find(mention.name, 'service') ?? find(mention.name, 'topic');
      settle(mention, found, () => {
        const word = wordOfName(mention.name);
        const id = make(mention, word?.kind ?? 'service');
        if (word?.technology) nodes[id] = { ...nodes[id]!, technology: word.technology };
        if (!word) open.add(id);
        return id;
      });
    }
  for (const mention of mentions) {
    const id = ids.get(mention);
    if (id !== undefined) nodes[id] = described(nodes[id]!, mention);
  }
  for (const edge of statements.flatMap((statement) => statement.edges)) guessKinds(edge, ids, nodes, open);
  const fresh = new Set(mentions.flatMap((mention) => ids.get(mention) ?? []).filter((id) => made.has(id)));
  return { ids, nodes, fresh: [...fresh], faults };
}

function described(node: BoardNode, { kind, technology, instances }: NodeMention): BoardNode {
  const next = { ...node };
  if (kind) next.kind = kind;
  if (technology) next.technology = technology;
  if (instances !== undefined) next.instances = instances;
  return next;
}

/** What arrows say of new parts that no kind was stated for. */
function guessKinds(
  { source, target, kind }: EdgeMention,
  ids: ReadonlyMap<NodeMention, Id>,
  nodes: Record<Id, BoardNode>,
  open: Set<Id>,
): void {
  const from = ids.get(source);
  const to = ids.get(target);
  if (from === undefined || to === undefined || kind === 'natural') return;
  const become = (id: Id, guess: NodeKind) => {
    if (open.delete(id)) nodes[id] = { ...nodes[id]!, kind: guess };
  };
  const traffic = edgeKindOf(kind, nodes[from]!.kind, nodes[to]!.kind);
  if (traffic === 'query') become(to, 'database');
  if (traffic === 'consume') become(from, 'topic');
  if (traffic !== 'publish' || isCarrier(nodes[to]!.kind)) return;
  if (open.has(to)) become(to, 'topic');
  else become(from, 'topic');
}

/** Finds by name as telemetry is bound, and knows when several nodes have it. */
function finderOf(board: Board) {
  const binding = bindingOf(board);
  const key = (name: string, kind: NodeKind) =>
    `${isCarrier(kind) ? 'carrier' : 'part'} ${normaliseName(name)}`;
  const made = new Map<string, Id>();
  let taken: Set<string> | null = null;
  const isTaken = (wanted: string): boolean => {
    taken ??= new Set(
      Object.values(board.nodes).flatMap(({ name, match, kind }) =>
        [name, ...(match?.names ?? [])].map((each) => key(each, kind)),
      ),
    );
    return taken.has(wanted);
  };
  const find = (name: string, kind: NodeKind): Id | 'several' | null => {
    const known = binding.nodeLike(name, kind);
    if (known !== null) return known;
    return isTaken(key(name, kind)) ? 'several' : (made.get(key(name, kind)) ?? null);
  };
  return Object.assign(find, {
    remember: (name: string, kind: NodeKind, id: Id) => void made.set(key(name, kind), id),
  });
}
