/** Diagrams that nobody here drew, beside counts that nothing of ours made. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import { opened } from '../formats/drop.ts';
import { countedByMermaid } from '../formats/mermaid-oracle.ts';
import { LIKEC4, modelIn, STRUCTURIZR } from './models.ts';

const DATA = join(import.meta.dirname, '../../../shared/data');
const LEFT_OUT = 'left out: ../shared/data is not here';
const filesIn = (folder: string, suffix: string): string[] => {
  const path = join(DATA, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
};
const text = (path: string) => readFileSync(path, 'utf8');
const nameOf = (path: string) => path.split('/').pop()!;
const sizes = ({ nodes, edges, groups }: Board) =>
  [nodes, edges, groups].map((map) => Object.keys(map).length);
/** `from > to` of each distinct pair. */
const pairsOf = ({ nodes, edges }: Board): string[] => [
  ...new Set(
    Object.values(edges).map(({ source, target }) => `${nodes[source]!.name} > ${nodes[target]!.name}`),
  ),
];
/** Names are written with blanks, dashes and underscores in one place and without in another. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9>]/g, '');

test('Mermaid’s own examples have as many parts, lines and frames as Mermaid finds in them', async (ctx) => {
  const paths = filesIn('mermaid-examples', '.mmd');
  if (paths.length === 0) return ctx.skip(LEFT_OUT);
  for (const path of paths) {
    const counted = await countedByMermaid(text(path));
    const { board, format } = opened(nameOf(path), text(path));
    expect(format).toBe('mermaid');
    expect([path, ...sizes(board)]).toEqual([
      path,
      counted.parts.length,
      counted.lines.size,
      counted.frames.length,
    ]);
  }
});

test('microSecEnD’s pictures hold the services, entities and flows that its models list', (ctx) => {
  const paths = filesIn('microsecend', '.txt');
  if (paths.length === 0) return ctx.skip(LEFT_OUT);
  expect(paths.length).toBeGreaterThan(8);
  for (const path of paths) {
    type Flow = { sender: string; receiver: string };
    const model: Record<'services' | 'external_entities', { name: string }[]> & {
      information_flows: Flow[];
    } = JSON.parse(text(path.replace(/\.txt$/, '.json')));
    const { board, format } = opened(nameOf(path), text(path));
    const listed = [...model.services, ...model.external_entities].map(({ name }) => plain(name)).sort();
    const called = Object.values(board.nodes)
      .map(({ name }) => plain(name))
      .sort();
    expect([path, format, ...called]).toEqual([path, 'dot', ...listed]);
    const found = pairsOf(board).map((pair) => plain(pair));
    // Three of the pictures leave out what a person does, and most add the answers to a person.
    const entities = new Set(model.external_entities.map(({ name }) => name));
    const between = model.information_flows.filter(({ sender }) => !entities.has(sender));
    expect(between.length).toBeGreaterThan(3);
    for (const { sender, receiver } of between)
      expect(found, path).toContain(plain(`${sender} > ${receiver}`));
    // Just what its own lines say.
    const drawn = [...text(path).matchAll(/^\s*(\w+) -> (\w+)/gm)].map(([, from, to]) => `${from} > ${to}`);
    expect(found.sort(), path).toEqual([...new Set(drawn.map(plain))].sort());
  }
});

test('elements and relations of Structurizr’s examples', (ctx) => {
  const paths = filesIn('structurizr/dsl', 'workspace.dsl');
  if (paths.length === 0) return ctx.skip(LEFT_OUT);
  for (const path of paths) {
    // Those that extend another file say little themselves.
    if (/\bextends\b/.test(text(path))) continue;
    const { names, pairs } = modelIn(text(path), STRUCTURIZR);
    const { board } = opened('workspace.dsl', text(path));
    expect([path, ...Object.values(board.nodes).map(({ name }) => name)].sort()).toEqual(
      [path, ...names].sort(),
    );
    expect(pairsOf(board).sort(), path).toEqual(pairs);
  }
});

test('elements and relations of LikeC4’s examples', (ctx) => {
  const paths = [
    'likec4/apps/playground/src/examples/bigbank/bigbank.c4',
    'likec4/examples/multi-project/boutique/model.c4',
  ];
  if (!existsSync(join(DATA, 'likec4'))) return ctx.skip(LEFT_OUT);
  for (const path of paths) {
    const { names, pairs } = modelIn(text(join(DATA, path)), LIKEC4);
    const { board } = opened(nameOf(path), text(join(DATA, path)));
    expect([path, ...Object.values(board.nodes).map(({ name }) => name)].sort()).toEqual(
      [path, ...names].sort(),
    );
    expect(pairsOf(board).sort(), path).toEqual(pairs);
  }
});
