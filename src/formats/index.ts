/**
 * Foreign text ↔ board: one file per format, one registry.
 *
 *   file ─► open (gzip, encoding, syntax) ─► the format that recognises it ─► board, readings, repairs
 *                                                                         └─► or faults, each with its place
 *
 * A format is added by one line in registry.ts.
 *
 * Pure: ids and the time come in as arguments; nothing here throws for what a file says.
 */
import type { FileFault } from './format.ts';

export { type ReadConfig, readConfig } from './config/index.ts';
export type {
  FileFault,
  FileInput,
  FilesRead,
  Format,
  Read,
  ReadContext,
  ReadProgress,
  ReadReply,
  ReadRequest,
} from './format.ts';
export { suffixOf } from './format.ts';
export { joinReads } from './join.ts';
export { bracketDepth, lineAndColumn, parseJson } from './json.ts';
export { lacksOf } from './lacks.ts';
export { MOST } from './limits.ts';
export { otlpSpans } from './otlp.ts';
export { embedInPng } from './png.ts';
export { readFile, readFiles } from './read.ts';
export { ACCEPTED, FORMATS, formatOf, isNamed } from './registry.ts';
export { type SketchPatch, sketchPatch } from './sketch/apply.ts';
export { completions } from './sketch/complete.ts';
export { hasWholeArrow } from './sketch/format.ts';
export { parseSketch } from './sketch/parse.ts';
export type { Statement } from './sketch/statement.ts';
export { writeSketch } from './sketch/write.ts';
export { embedInSvg } from './svg.ts';
export { type AnswersReply, type AnswersRequest, readAnswers } from './trace/answer.ts';
export { tallySpans } from './trace/count.ts';
export { observe, observeTally, type Sight } from './trace/observe.ts';
export { isKept, type Span } from './trace/span.ts';
export {
  type PathTimes,
  type Series,
  seriesKey,
  type TalliedHop,
  type TalliedPart,
  type Tally,
} from './trace/tally.ts';
export { isWorthReading } from './zip.ts';

/** One sentence for people: what is wrong, where, and how much more there is. */
export function describeFaults(faults: readonly FileFault[]): string {
  const [first] = faults;
  if (!first) return 'Nothing is wrong.';
  const where = first.path === '' ? '' : `, at ${first.path}`;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return `${first.file} can’t be read${where}: ${first.reason}${more}.`;
}
