/** What the review of an import says, against what the import then does. */
import { expect, it } from 'vitest';
import {
  applyPatch,
  type Board,
  choicesFor,
  emptyBoard,
  importGraph,
  type Origin,
  removeGone,
  reviewImport,
  squashPatches,
} from '../../src/graph/index.ts';
import { changedRows, summaryOf } from '../../src/panels/review/words.ts';

const origins = (how: Origin['how'], from: string): Origin[] => [{ how, from }];

function boardOf(id: string, names: readonly string[], lines: readonly string[], of: Origin[]): Board {
  const board = emptyBoard(id);
  for (const name of names)
    board.nodes[id + name] = { id: id + name, name, kind: 'service', position: [0, 0], origins: of };
  for (const line of lines) {
    const [source, target] = line.split(' ') as [string, string];
    board.edges[id + line] = {
      ...{ id: id + line, source: id + source, target: id + target, kind: 'call', origins: of },
    };
  }
  return board;
}

const planned = (board: Board, graph: Board) => {
  const choices = choicesFor(board, graph);
  const told = reviewImport(board, graph, choices);
  return { told, patch: importGraph(board, { graph, readings: [], choices, newId: () => 'new' }) };
};

it('counts what is new, and names what changes, but not what is only named once more', () => {
  const board = boardOf('b', ['web', 'cart'], ['web cart'], origins('stated', 'drawing.mmd'));
  const graph = boardOf(
    'g',
    ['web', 'cart', 'db'],
    ['web cart', 'cart db'],
    origins('stated', 'compose.yaml'),
  );
  graph.nodes.gcart = { ...graph.nodes.gcart!, technology: 'Go' };
  const { told, patch } = planned(board, graph);
  const rows = changedRows(board, told, patch);
  expect(rows).toEqual([{ type: 'node', id: 'bcart', name: 'cart', words: 'technology Go' }]);
  expect(summaryOf(told, patch, { changed: rows.length, figures: 0 })).toMatch(
    /^1 new part, 1 new edge, 1 changed\. Places, pins/,
  );
});

it('tells of what was inferred and is seen now', () => {
  const board = boardOf('b', ['web', 'cart'], ['web cart'], origins('inferred', 'compose.yaml'));
  const graph = boardOf('g', ['web', 'cart'], ['web cart'], origins('observed', 'trace.json'));
  const { told, patch } = planned(board, graph);
  expect(changedRows(board, told, patch)).toEqual([
    { type: 'edge', id: 'bweb cart', name: 'web → cart', words: 'seen in traffic for the first time' },
  ]);
});

it('says of what is gone that it is kept, or removed', () => {
  const board = boardOf('b', ['web', 'cart'], ['web cart'], origins('stated', 'compose.yaml'));
  const graph = boardOf('g', ['web'], [], origins('stated', 'compose.yaml'));
  const { told, patch } = planned(board, graph);
  expect(summaryOf(told, patch, { changed: 0, figures: 0 })).toMatch(/^2 gone from the files, kept\./);
  const removing = squashPatches([patch, removeGone(applyPatch(board, patch).board, told)]);
  expect(summaryOf(told, removing, { changed: 0, figures: 3 })).toBe(
    '2 removed, figures of 3 parts and edges.',
  );
  expect(summaryOf({ ...told, gone: { nodes: [], edges: [] } }, patch, { changed: 0, figures: 0 })).toBe(
    'Nothing would change.',
  );
});
