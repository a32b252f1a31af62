/** Tables of Markdown: found among other text, written for people, read back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MARKDOWN } from '../../src/formats/markdown/format.ts';
import { plainCell, writtenCell } from '../../src/formats/markdown/tables.ts';
import { type Board, loadBoard } from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { drop, edgeBetween, hops, opened, parts, refused } from './drop.ts';

const PAGE = `# The *shop*

What talks to what:

| Service | Depends on | Protocol |
|:--------|:----------:|----------|
| **web** | cart, [ledger](https://x.example) | \`HTTP\` |
| cart | Redis \\| main |

| Name | Kind | Replicas |
| - | - | - |
| ledger | database | 3 |

| Month | Incidents |
| ----- | --------- |
| May   | 3         |
`;

test('tables of edges and of parts are read, others are not', () => {
  const found = opened('shop.md', PAGE);
  expect(found.format).toBe('markdown');
  expect(found.board.title).toBe('The *shop*');
  expect(parts(found)).toEqual(['cache Redis | main', 'database ledger', 'service cart', 'service web']);
  expect(hops(found)).toEqual(['cart -query-> Redis | main', 'web -call-> cart', 'web -query-> ledger']);
  expect(edgeBetween(found, 'web', 'ledger')).toMatchObject({
    protocol: 'HTTP',
    origins: [{ how: 'stated', from: 'shop.md', at: 'line 7' }],
  });
  expect(drop('notes.md', '| Month | Incidents |\n|---|---|\n| May | 3 |').ok).toBe(false);
  expect(refused('notes.md', 'Nothing here.').reason).toMatch(/no table/);
});

test('what is written reads as it is meant', () => {
  const { board } = opened('shop.md', PAGE);
  expect(MARKDOWN.write!(board)).toBe(`# The \\*shop\\*

| Name | Kind | Technology | Instances |
| --- | --- | --- | --- |
| Redis \\| main | cache | Redis |  |
| cart | service |  |  |
| ledger | database |  | 3 |
| web | service |  |  |

| Source | Target | Kind | Protocol |
| --- | --- | --- | --- |
| cart | Redis \\| main | query |  |
| web | cart | call | HTTP |
| web | ledger | query | HTTP |
`);
});

test('any text is one cell that says the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const plain = text.trim().replace(/\s*[\r\n\u2028\u2029]+\s*/g, '\n');
      const written = writtenCell(text);
      expect(written).not.toMatch(/[\r\n]|(?<!\\)\|/);
      expect(plainCell(written)).toBe(plain);
    }),
  );
});

test('parts, edges and groups of any board are the same after they were written and read', () => {
  const distinct = (board: Board): Board => ({
    ...board,
    nodes: Object.fromEntries(
      Object.values(board.nodes).map((node, i) => [node.id, { ...node, name: `n${i} ${node.name}`.trim() }]),
    ),
    groups: Object.fromEntries(
      Object.values(board.groups).map((group, i) => [group.id, { ...group, name: `g${i}` }]),
    ),
  });
  const clean = (text: string | undefined) => text?.replace(/\s+/g, ' ').trim() || undefined;
  const said = ({ nodes, edges, groups }: Board) => ({
    nodes: Object.values(nodes)
      .map(({ name, kind, technology, instances, group }) =>
        JSON.stringify([clean(name), kind, clean(technology), instances, groups[group ?? '']?.name]),
      )
      .sort(),
    edges: [
      ...new Set(
        Object.values(edges).map(({ source, target, kind }) =>
          JSON.stringify([clean(nodes[source]!.name), kind, clean(nodes[target]!.name)]),
        ),
      ),
    ].sort(),
  });
  fc.assert(
    fc.property(boardArbitrary().map(distinct), (board) => {
      const text = MARKDOWN.write!(board);
      if (Object.keys(board.nodes).length === 0) return void refused('b.md', text);
      const found = opened('b.md', text);
      expect(found.format).toBe('markdown');
      expect(said(found.board)).toEqual(said(board));
      expect(loadBoard(JSON.parse(JSON.stringify(found.board)), 'x').ok).toBe(true);
    }),
  );
});

test('what a part is said to be in one table is not guessed from its name in another', () => {
  const text = '| Name | Kind |\n|-|-|\n| aZk | client |\n\n| Source | Target |\n|-|-|\n| aZk | b |\n';
  expect(Object.values(opened('b.md', text).board.nodes)[0]).toMatchObject({ name: 'aZk', kind: 'client' });
  expect(Object.values(opened('b.md', text).board.nodes)[0]).not.toHaveProperty('technology');
});
