/**
 * The investigation written down: what was seen, what was tried, what came of it, and what is still unknown. Every number
 * with its source and window.
 *
 *   board + snapshots ─► analysis ─► sections ─► blocks ─► Markdown · HTML
 */
import type { EpochMs, Symptom } from '../../graph/index.ts';
import type { Known } from '../investigation.ts';
import { changes } from './changes.ts';
import type { Block, Report } from './document.ts';
import { experiments } from './experiments.ts';
import { findings } from './findings.ts';
import { summary } from './summary.ts';
import { suspects } from './suspects.ts';
import { timeline } from './timeline.ts';
import { unknown } from './unknown.ts';

export type { Report } from './document.ts';
export { toHtml } from './html.ts';
export { toMarkdown } from './markdown.ts';

export type ReportInput = Known & {
  /** What the experiments look at; null where there is none. */
  symptom: Symptom | null;
  madeAt: EpochMs;
  /** A time in words, with its zone. */
  timeText(at: EpochMs): string;
};

export function reportOf(input: ReportInput): Report {
  const { board, madeAt, timeText } = input;
  const blocks: Block[] = [
    { type: 'heading', level: 1, text: board.title },
    { type: 'text', text: `Investigation as of ${timeText(madeAt)}.` },
    ...summary(input),
    { type: 'picture', words: `${board.title}: the system with its figures and marks` },
    ...timeline(input),
    ...changes(input),
    ...findings(input),
    ...suspects(input),
    ...experiments(input),
    ...unknown(input),
  ];
  return { title: board.title, blocks };
}
