/** The sketch language, for the command bar. */
import { completions, parseSketch, sketchPatch } from '../formats/index.ts';
import type { Board, EpochMs, Id, Point } from '../graph/index.ts';
import type { Sketch, Sketcher } from '../workspace/index.ts';

/** What no name has in it: an arrow, a group, a mark, configuration, a kind, a count, or several lines. */
const SIGNS = /[<>]|^\s*[[!]|\.config\b|\s+x\d+\s*$|^\s*[\w-]+:\S|\n/;

export function createSketcher(newId: () => Id, now: () => EpochMs): Sketcher {
  function read(board: Board, text: string, at: Point): Omit<Sketch, 'isSketch' | 'ghost'> {
    const parsed = parseSketch(text);
    const { patch, touched, faults } = sketchPatch(board, parsed.statements, { newId, now: now(), at });
    return { patch, touched, faults: [...(parsed.ok ? [] : parsed.faults), ...faults] };
  }
  return {
    read(board, text, at) {
      const sketch = read(board, text, at);
      const begun = finishedPart(text, sketch.faults);
      const finished = begun === null ? sketch : read(board, begun, at);
      const ghost = finished.faults.length === 0 ? finished.patch : sketch.patch;
      return { isSketch: SIGNS.test(text), ...sketch, ghost };
    },
    complete: (board, text, caret) => completions(text, caret, board),
  };
}

/** What stands before the one fault, where that is in the statement being typed: `a -> b` of `a -> b -gR`. */
function finishedPart(text: string, faults: Sketch['faults']): string | null {
  const [fault, ...others] = faults;
  const lines = text.split('\n');
  const last = lines.pop()!;
  if (!fault || others.length > 0 || fault.line !== lines.length + 1) return null;
  const end = fault.column - 1;
  if (last.indexOf(';', end) >= 0) return null;
  return [...lines, last.slice(0, end).replace(/[\s:]+$/, '')].join('\n');
}
