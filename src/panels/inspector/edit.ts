/** Writing facts: every field of the inspector ends in one command and so in one undo step. */
import { type Collection, type Id, type RecordOf, setFields } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** What the two switches that hold a thing still are called. */
export const LOCKED = 'Locked: no hand moves or deletes it';
export const PINNED = 'Pinned: layout leaves it where it is';

type Fields<C extends Collection> = { [K in keyof RecordOf<C>]?: RecordOf<C>[K] | undefined };

export function editFields<C extends Collection>(
  workspace: Workspace,
  collection: C,
  ids: readonly Id[],
  fields: Fields<C>,
): void {
  const label = `edit ${Object.keys(fields)[0] ?? collection}`;
  workspace.run(label, (board) => setFields(board, { collection, ids, fields }));
}

/** An empty text is no text. */
export const textOrNone = (text: string): string | undefined => (text === '' ? undefined : text);
export const listOrNone = <T>(list: T[]): T[] | undefined => (list.length === 0 ? undefined : list);

/** Why a text can't be a link, or null. Anything but http and https could run in the page. */
export function linkFault(text: string): string | null {
  if (!/^https?:\/\//i.test(text)) return 'A link starts with http:// or https://';
  if (!URL.canParse(text)) return 'This is not a whole URL: https://host/path';
  return tooLong(text, 2000);
}

/** Why a text can't be a name, a technology, a protocol, or null. */
export const nameFault = (text: string): string | null => tooLong(text, 400);
/** Why a text can't be a description or a note, or null. */
export const textFault = (text: string): string | null => tooLong(text, 20_000);

/** The schema's own bounds, characters. */
const tooLong = (text: string, most: number): string | null =>
  text.length <= most
    ? null
    : `${text.length.toLocaleString('en')} characters; at most ${most.toLocaleString('en')} fit`;

/** Why a text can't be a number of instances, or null. Empty is "not stated". */
export function instancesFault(text: string): string | null {
  if (text === '') return null;
  const count = Number(text);
  return Number.isInteger(count) && count >= 0 && count <= 100_000
    ? null
    : 'A whole number from 0 to 100,000';
}
