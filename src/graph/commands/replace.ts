/** Finding and replacing text in the names of nodes and groups. */

import type { Id } from '../fields.ts';
import { nameSchema } from '../fields.ts';
import { type Patch, squashPatches } from '../patch.ts';
import type { Board } from '../schema.ts';
import { setFields } from './nodes.ts';

export type Replacement = {
  collection: 'nodes' | 'groups';
  id: Id;
  from: string;
  to: string;
  /** Why the new name can't be taken; then it is left as it is. */
  fault?: 'empty' | 'too long';
};

export type ReplaceArgs = { find: string; replace: string; matchCase: boolean };

/** What replacing would do, by name. Nothing is found by an empty text. */
export function findReplacements(board: Board, { find, replace, matchCase }: ReplaceArgs): Replacement[] {
  if (find === '') return [];
  const pattern = new RegExp(find.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), matchCase ? 'gu' : 'giu');
  return (['nodes', 'groups'] as const)
    .flatMap((collection) =>
      Object.values(board[collection]).flatMap(({ id, name }): Replacement[] => {
        if (name.search(pattern) < 0) return [];
        // a function, so that `$&` in the text stands for itself
        const to = name.replace(pattern, () => replace).trim();
        const found = { collection, id, from: name, to };
        if (to === '') return [{ ...found, fault: 'empty' }];
        return nameSchema.safeParse(to).success ? [found] : [{ ...found, fault: 'too long' }];
      }),
    )
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** Replaces in every name in which the text is found. */
export function replaceNames(board: Board, args: ReplaceArgs): Patch {
  return squashPatches(
    findReplacements(board, args)
      .filter(({ fault }) => !fault)
      .map(({ collection, id, to }) => setFields(board, { collection, ids: [id], fields: { name: to } })),
  );
}
