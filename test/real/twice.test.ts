/** Every file of real systems that is a graph, imported onto a board again: nothing is new, changed or gone, and nobody is taken for another. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFile } from '../../src/formats/index.ts';
import {
  applyPatch,
  choicesFor,
  emptyBoard,
  importGraph,
  isEmptyPatch,
  reviewImport,
} from '../../src/graph/index.ts';

const DATA = '../shared/data';
/** Bytes; the few larger ones say the same at length. */
const LARGEST = 2_000_000;

test('a second import of the same file changes nothing', { timeout: 120_000 }, (ctx) => {
  if (!existsSync(DATA)) ctx.skip(`files of real systems left out: ${DATA} is not here`);
  let count = 0;
  const newId = () => `id-${count++}`;
  const graphs = readdirSync(DATA, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = `${DATA}/${name}`;
    const stat = statSync(path);
    if (!stat.isFile() || stat.size > LARGEST || /\.(?:md|csv|txt|png)$/.test(name)) return false;
    const bytes = new Uint8Array(readFileSync(path));
    const [first, again] = [0, 1].map(() => readFile({ name, bytes: bytes.slice() }, { newId, now: 0 }));
    if (!first?.ok || !again?.ok || first.whole) return false;
    const empty = emptyBoard('b');
    const { board } = applyPatch(empty, importGraph(empty, { ...first, graph: first.board, newId }));
    const choices = choicesFor(board, again.board);
    const { fresh, changed, gone } = reviewImport(board, again.board, choices);
    const none = { nodes: [], edges: [] };
    expect({ name, fresh, changed, gone }).toEqual({ name, fresh: none, changed: [], gone: none });
    const patch = importGraph(board, { ...again, graph: again.board, choices, newId });
    expect(isEmptyPatch(patch), name).toBe(true);
    return true;
  });
  expect(graphs.length).toBeGreaterThan(200);
});
