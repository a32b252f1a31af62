/** What a report is made of, before it is Markdown or HTML. Texts are plain: whoever writes them down escapes them. */
export type Block =
  | { type: 'heading'; level: 1 | 2 | 3; text: string }
  | { type: 'text'; text: string }
  | { type: 'list'; items: readonly string[] }
  /** The first cell of each row names it; a column of figures stands at the right. */
  | {
      type: 'table';
      head: readonly string[];
      rows: readonly (readonly string[])[];
      figures?: readonly number[];
    }
  | { type: 'picture'; words: string };

export type Report = { title: string; blocks: readonly Block[] };

/** A section, left out where it has nothing to say. */
export const section = (text: string, blocks: readonly Block[], level: 2 | 3 = 2): Block[] =>
  blocks.length === 0 ? [] : [{ type: 'heading', level, text }, ...blocks];

export const list = (items: readonly string[]): Block[] =>
  items.length === 0 ? [] : [{ type: 'list', items }];

export const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  figures: readonly number[] = [],
): Block[] => (rows.length === 0 ? [] : [{ type: 'table', head, rows, figures }]);
