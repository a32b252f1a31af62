/** Diagrams that nobody here drew, beside counts that nothing of ours made. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import { opened } from '../formats/drop.ts';
import { countedByMermaid } from '../formats/mermaid-oracle.ts';

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
