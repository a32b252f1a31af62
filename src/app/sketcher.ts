/** The sketch language, for the command bar. */
import { completions, parseSketch, sketchPatch } from '../formats/index.ts';
import type { EpochMs, Id } from '../graph/index.ts';
import type { Sketcher } from '../workspace/index.ts';

/** What no name has in it: an arrow, a group, a mark, configuration, a kind, a count, or several lines. */
const SIGNS = /[<>]|^\s*[[!]|\.config\b|\s+x\d+\s*$|^\s*[\w-]+:\S|\n/;

export const createSketcher = (newId: () => Id, now: () => EpochMs): Sketcher => ({
  read(board, text, at) {
    const parsed = parseSketch(text);
    const { patch, touched, faults } = sketchPatch(board, parsed.statements, { newId, now: now(), at });
    return {
      isSketch: SIGNS.test(text),
      patch,
      touched,
      faults: [...(parsed.ok ? [] : parsed.faults), ...faults],
    };
  },
  complete: (board, text, caret) => completions(text, caret, board),
});
