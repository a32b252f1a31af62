/** What the review of an import says of each row. Pure. */
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  type Id,
  type Pairing,
  type Patch,
  type Review,
  subjectName,
} from '../../graph/index.ts';

/** How a part of the files was found on the board; that it was not found the list beside it says. */
export const BY: Record<Pairing['by'], string> = {
  name: 'by name',
  alias: 'by another name of it',
  address: 'by its address',
  hand: 'as you say',
  nothing: '',
};

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/**
 * One sentence of everything: `2 new parts, 3 new edges, 1 changed.`
 * @param changed as many as changedRows tells of
 */
export function summaryOf(
  { fresh, changed: touched, gone }: Review,
  patch: Patch,
  { changed, figures }: { changed: number; figures: number },
): string {
  const lost = gone.nodes.length + gone.edges.length;
  const removed =
    Object.keys(patch.nodes?.removed ?? {}).length + Object.keys(patch.edges?.removed ?? {}).length;
  const said = [
    ...(fresh.nodes.length > 0 ? [count(fresh.nodes.length, 'new part')] : []),
    ...(fresh.edges.length > 0 ? [count(fresh.edges.length, 'new edge')] : []),
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(removed > 0 ? [`${removed} removed`] : lost > 0 ? [`${lost} gone from the files, kept`] : []),
    ...(figures > 0 ? [`figures of ${count(figures, 'part or edge', 'parts and edges')}`] : []),
  ];
  if (said.length === 0)
    return touched.length > 0 ? 'Nothing changes but where it is told of.' : 'Nothing would change.';
  const stays = removed > 0 ? '' : ' Places, pins, marks and notes stay as they are.';
  return `${said.join(', ')}.${stays}`;
}

const FIELDS: Record<string, string> = {
  config: 'settings',
  match: 'names',
  operations: 'operations',
  links: 'links',
  description: 'a description',
};

export type ChangedRow = { type: 'node' | 'edge'; id: Id; name: string; words: string };

/** What of a part or edge changes; where it is only that one more file tells of it, that is not worth a row. */
export function changedRows(board: Board, { changed, traffic }: Review, patch: Patch): ChangedRow[] {
  const confirmed = new Set(traffic?.confirmed);
  return changed.flatMap(({ type, id, fields }) => {
    const [before, after] = (type === 'node' ? patch.nodes : patch.edges)?.updated?.[id] ?? [];
    const told = fields.flatMap((field) =>
      field === 'origins' || !before || !after ? [] : [wordsOf(field, before, after)],
    );
    if (confirmed.has(id)) told.unshift('seen in traffic for the first time');
    if (told.length === 0) return [];
    const name = subjectName(board, { type, id });
    return [{ type, id, name, words: told.join(', ') }];
  });
}

function wordsOf(field: string, before: BoardNode | BoardEdge, after: BoardNode | BoardEdge): string {
  const [from, to] = [before, after].map((record) => record[field as keyof typeof record]);
  const isPlain = (value: unknown) => typeof value === 'string' || typeof value === 'number';
  if (field === 'instances' && isPlain(from)) return `instances ${from} → ${to}`;
  if (FIELDS[field]) return FIELDS[field];
  return isPlain(to) ? `${field} ${to}` : field;
}
