/**
 * The investigation written down: what was seen, what was tried, what came of it, and what is still unknown. Every number
 * with its source and window.
 *
 *   board + snapshots ─► analysis ─► sections ─► blocks ─► Markdown · HTML
 */
import { compareSnapshots } from '../compare/index.ts';
import { ranked } from '../investigation.ts';
import { changes } from './changes.ts';
import type { Block, Report } from './document.ts';
import { experiments } from './experiments.ts';
import { findings } from './findings.ts';
import type { Concluded, ReportInput } from './input.ts';
import { summary } from './summary.ts';
import { suspects } from './suspects.ts';
import { timeline } from './timeline.ts';
import { unknown } from './unknown.ts';

export type { Report } from './document.ts';
export { toHtml } from './html.ts';
export type { ReportInput } from './input.ts';
export { toMarkdown } from './markdown.ts';

export function reportOf(input: ReportInput): Report {
  const { board, usual, now, q, madeAt, timeText } = input;
  const concluded: Concluded = {
    ...input,
    suspects: ranked(input),
    comparisons: usual && now ? compareSnapshots(board, usual, now, { q }) : [],
  };
  const blocks: Block[] = [
    { type: 'heading', level: 1, text: board.title },
    { type: 'text', text: `Investigation as of ${timeText(madeAt)}.` },
    ...summary(concluded),
    { type: 'picture', words: `${board.title}: the system with its figures and marks` },
    ...timeline(input),
    ...changes(concluded),
    ...findings(input),
    ...suspects(concluded),
    ...experiments(input),
    ...unknown(concluded),
  ];
  return { title: board.title, blocks };
}
