/** What a file adds to what the board has already: where it was said, and what nobody had said before. Never where it stands. */
import { normaliseName } from '../binding.ts';
import type { Id } from '../fields.ts';
import { counterpart } from '../observed.ts';
import type { Board, BoardEdge, BoardNode, Origin } from '../schema.ts';

/**
 * Who on the board a node of another graph is: of its name, where the very same place of the same file has told of it;
 * failing that by name, as counterpart has it. So a file whose parts share names finds each of them again.
 */
export function knownOn(board: Pick<Board, 'nodes' | 'edges'>): (node: BoardNode) => Id | null {
  const told = new Map<string, Id | null>();
  for (const node of Object.values(board.nodes))
    for (const key of placesOf(node)) told.set(key, told.has(key) ? null : node.id);
  return (node) =>
    placesOf(node)
      .map((key) => told.get(key) ?? null)
      .find((id) => id !== null) ?? counterpart(board, node);
}

const placesOf = ({ name, origins = [] }: BoardNode): string[] =>
  origins.flatMap(({ from, at }) => (at === undefined ? [] : [JSON.stringify([name, from, at])]));

/**
 * The board's node with what the other one knows of it. What a person or a file has said before stands, but for what the
 * same file says otherwise now: its own settings, and how many instances it asks for.
 */
export function withNode(node: BoardNode, other: BoardNode): BoardNode {
  const next = { ...node };
  const isSameFile = sharesFile(node.origins, other.origins);
  if (other.technology !== undefined) next.technology ??= other.technology;
  if (other.description !== undefined) next.description ??= other.description;
  if (other.instances !== undefined && (node.instances === undefined || isSameFile))
    next.instances = other.instances;
  const config = configOf(node.config, other.config, isSameFile);
  if (config) next.config = config;
  const links = union(node.links, other.links);
  if (links) next.links = links;
  const origins = originsOf(node.origins, other.origins);
  if (origins) next.origins = origins;
  return next;
}

/** Somebody has said that they are one: from now on it goes by the other one's names, too. */
export function alsoCalled(node: BoardNode, other: BoardNode): BoardNode {
  const listed = node.match?.names ?? [];
  const own = new Set([node.name, ...listed].map(normaliseName));
  const names = [other.name, ...(other.match?.names ?? [])].filter((name) => !own.has(normaliseName(name)));
  return names.length > 0 ? { ...node, match: { names: [...listed, ...new Set(names)] } } : node;
}

export function withEdge(edge: BoardEdge, other: BoardEdge): BoardEdge {
  const next = { ...edge };
  if (other.protocol !== undefined) next.protocol ??= other.protocol;
  if (other.description !== undefined) next.description ??= other.description;
  const known = new Set((edge.operations ?? []).map(({ name }) => name));
  const operations = (other.operations ?? []).filter(({ name }) => !known.has(name));
  if (operations.length > 0) next.operations = [...(edge.operations ?? []), ...operations];
  const links = union(edge.links, other.links);
  if (links) next.links = links;
  const origins = originsOf(edge.origins, other.origins);
  if (origins) next.origins = origins;
  return next;
}

type Config = BoardNode['config'];

function configOf(own: Config, other: Config, isSameFile: boolean): Config {
  if (!own || !other) return own ?? other;
  const values = isSameFile ? { ...own.values, ...other.values } : { ...other.values, ...own.values };
  return { ...other, ...own, values };
}

function union(own: string[] | undefined, other: string[] | undefined): string[] | undefined {
  if (!own || !other) return own ?? other;
  return [...new Set([...own, ...other])];
}

/** The files that something is from. */
export const filesOf = (origins: readonly Origin[] | undefined): ReadonlySet<string> =>
  new Set(origins?.map(({ from }) => from));

function sharesFile(own: Origin[] | undefined, other: Origin[] | undefined): boolean {
  const files = filesOf(own);
  return other?.some(({ from }) => files.has(from)) ?? false;
}

/** What a file says now takes the place of what it said before; so the same file again changes nothing, whatever came since. */
function originsOf(own: Origin[] | undefined, other: Origin[] | undefined): Origin[] | undefined {
  if (!own || !other) return own ?? other;
  const anew = Map.groupBy(other, ({ from }) => from);
  const known = filesOf(own);
  const placed = new Set<string>();
  const kept = own.flatMap((origin) => {
    const now = anew.get(origin.from);
    if (!now) return [origin];
    const isFirst = !placed.has(origin.from);
    placed.add(origin.from);
    return isFirst ? now : [];
  });
  return [...kept, ...other.filter(({ from }) => !known.has(from))].slice(0, 50);
}
