/** Sketches onto boards as the command bar does, with ids that count up and are never the same twice. */
import { expect } from 'vitest';
import { parseSketch, type SketchPatch, type Statement, sketchPatch } from '../../src/formats/index.ts';
import { applyPatch, type Board, type BoardNode, emptyBoard } from '../../src/graph/index.ts';

let count = 0;

type Sketched = SketchPatch & { board: Board };

/** The board with these statements on it. */
export function drawn(statements: readonly Statement[], board: Board, now = 1000): Sketched {
  const made = sketchPatch(board, statements, { newId: () => `new-${count++}`, now, at: [100, 200] });
  const applied = applyPatch(board, made.patch);
  expect(applied.refused).toEqual([]);
  return { ...made, board: applied.board };
}

/** Likewise, from text that has no fault. */
export function sketched(text: string, board: Board = emptyBoard('b'), now = 1000): Sketched {
  const parsed = parseSketch(text);
  if (!parsed.ok) expect.unreachable(`${text}\n${JSON.stringify(parsed.faults)}`);
  return drawn(parsed.statements, board, now);
}

/** The one node of this name. */
export function nodeNamed(board: Board, name: string): BoardNode {
  const found = Object.values(board.nodes).filter((node) => node.name === name);
  expect(found, name).toHaveLength(1);
  return found[0]!;
}

/** `source kind target` of every edge, in order. */
export const edgeLines = (board: Board): string[] =>
  Object.values(board.edges).map(
    ({ source, kind, target }) => `${board.nodes[source]!.name} ${kind} ${board.nodes[target]!.name}`,
  );
