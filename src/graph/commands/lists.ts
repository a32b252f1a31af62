/** Commands on what several nodes and edges can share: links, names in telemetry, operations, a description. */

import type { Id } from '../fields.ts';
import { type Patch, squashPatches } from '../patch.ts';
import type { Board, BoardEdge, BoardNode } from '../schema.ts';
import { setFields } from './nodes.ts';

/** What the command speaks of. */
export type Targets = { nodes?: readonly Id[]; edges?: readonly Id[]; groups?: readonly Id[] };
export type ItemList = 'links' | 'names' | 'operations';
/** One line of a list; its text is what tells it from the others. Only operations have descriptions. */
export type Item = { name: string; description?: string | undefined };

type Holder = BoardNode | BoardEdge;
type Fields = { [K in 'links' | 'match' | 'operations']?: BoardEdge[K] | undefined };

/** The items of a list, in their order; `names` are those of telemetry. */
export function itemsOf(record: Holder, list: ItemList): readonly Item[] {
  if (list === 'operations') return ('operations' in record && record.operations) || [];
  const texts = list === 'links' ? record.links : record.match?.names;
  return texts?.map((name) => ({ name })) ?? [];
}

function fieldsOf(list: ItemList, items: Item[]): Fields {
  const any = items.length > 0;
  const names = items.map(({ name }) => name);
  if (list === 'operations') return { operations: any ? items : undefined };
  return list === 'links' ? { links: any ? names : undefined } : { match: any ? { names } : undefined };
}

/** Writes the list of every target that has such a list and whose list changes; null leaves one as it is. */
function eachList(
  board: Board,
  targets: Targets,
  list: ItemList,
  change: (items: readonly Item[]) => Item[] | null,
): Patch {
  const fields = (record: Holder | undefined): Fields | null => {
    const items = record ? change(itemsOf(record, list)) : null;
    return items && fieldsOf(list, items);
  };
  const patches: Patch[] = [];
  for (const id of (list === 'operations' ? null : targets.nodes) ?? []) {
    const to = fields(board.nodes[id]);
    if (to) patches.push(setFields(board, { collection: 'nodes', ids: [id], fields: to }));
  }
  for (const id of targets.edges ?? []) {
    const to = fields(board.edges[id]);
    if (to) patches.push(setFields(board, { collection: 'edges', ids: [id], fields: to }));
  }
  return squashPatches(patches);
}

type ItemArgs = Targets & { list: ItemList; name: string };

const holds = (items: readonly Item[], name: string) => items.some((item) => item.name === name);

/** Adds an item at the end of every list that has none of this name. */
export const addItem = (board: Board, { list, name, ...targets }: ItemArgs): Patch =>
  eachList(board, targets, list, (items) => (holds(items, name) ? null : [...items, { name }]));

/** Takes an item off every list that holds it. */
export const removeItem = (board: Board, { list, name, ...targets }: ItemArgs): Patch =>
  eachList(board, targets, list, (items) =>
    holds(items, name) ? items.filter((item) => item.name !== name) : null,
  );

/** Renames an item in every list that holds it; where the new name stands already, the two become that one. */
export const renameItem = (board: Board, { list, name, to, ...targets }: ItemArgs & { to: string }): Patch =>
  eachList(board, targets, list, (items) => {
    if (name === to || !holds(items, name)) return null;
    if (holds(items, to)) return items.filter((item) => item.name !== name);
    const first = items.findIndex((item) => item.name === name);
    return items.flatMap((item, i) =>
      item.name !== name ? [item] : i === first ? [{ ...item, name: to }] : [],
    );
  });

/** Describes an operation on every edge that carries it; an empty text takes the description away. */
export const describeOperation = (
  board: Board,
  args: { edges: readonly Id[]; name: string; description: string },
): Patch =>
  eachList(board, { edges: args.edges }, 'operations', (items) =>
    items.map((item) => {
      if (item.name !== args.name) return item;
      return args.description === ''
        ? { name: item.name }
        : { name: item.name, description: args.description };
    }),
  );

/** Describes nodes, edges and groups alike; an empty text takes the description away. */
export function setDescription(board: Board, { text, ...targets }: Targets & { text: string }): Patch {
  const fields = { description: text === '' ? undefined : text };
  return squashPatches(
    (['nodes', 'edges', 'groups'] as const).map((collection) =>
      setFields(board, { collection, ids: targets[collection] ?? [], fields }),
    ),
  );
}
