/** Writing facts: every field of the inspector ends in one command and so in one undo step. */
import { type Collection, type Id, type RecordOf, setFields } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';

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
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== 'http' && scheme !== 'https') return 'A link starts with http:// or https://';
  return URL.canParse(text) ? null : 'This is not a whole URL: https://host/path';
}

/** Why a text can't be a number of instances, or null. Empty is "not stated". */
export function instancesFault(text: string): string | null {
  if (text === '') return null;
  const count = Number(text);
  return Number.isInteger(count) && count >= 0 && count <= 100_000
    ? null
    : 'A whole number from 0 to 100,000';
}
