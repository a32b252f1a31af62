/**
 * Foreign text ↔ board: one file per format, one registry.
 *
 *   file ─► open (gzip, encoding, syntax) ─► the format that recognises it ─► board, readings, repairs
 *                                                                         └─► or faults, each with its place
 *
 * Pure: ids and the time come in as arguments; nothing here throws for what a file says.
 */
import { ACCESS_LOG } from './access-log/format.ts';
import { BOARD } from './board.ts';
import {
  type FileFault,
  type FileInput,
  type Format,
  type Read,
  type ReadContext,
  refuse,
} from './format.ts';
import { JAEGER } from './jaeger.ts';
import { KIALI } from './kiali/format.ts';
import { openFile } from './open.ts';
import { OTLP } from './otlp.ts';
import { PNG } from './png.ts';
import { SKETCH } from './sketch/format.ts';
import { SVG } from './svg.ts';
import { ZIPKIN } from './zipkin/format.ts';

export { isAccessLog } from './access-log/format.ts';
export type {
  FileFault,
  FileInput,
  Format,
  Read,
  ReadContext,
  ReadReply,
  ReadRequest,
} from './format.ts';
export { bracketDepth, lineAndColumn, parseJson } from './json.ts';
export { otlpSpans } from './otlp.ts';
export { embedInPng } from './png.ts';
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

/** Asked in this order: the first that recognises a file reads it. */
export const FORMATS: readonly Format[] = [
  ...[BOARD, OTLP, JAEGER, ZIPKIN, KIALI, ACCESS_LOG],
  ...[PNG, SVG, SKETCH],
];

/** Reads a file of any known format, recognised by what is in it. Never throws. */
export function readFile(file: FileInput, context: ReadContext): Read {
  const { name } = file;
  try {
    const unwrapped = openFile(file);
    if (!unwrapped.ok) return unwrapped;
    const format = FORMATS.find((each) => each.recognises(unwrapped.opened));
    if (format?.read) return format.read(unwrapped.opened, name, context);
    if (unwrapped.opened.type === 'text') {
      const { path, reason } = unwrapped.opened.notJson ?? NEITHER;
      return refuse(name, path, reason);
    }
    const known = [BOARD, OTLP, JAEGER, ZIPKIN, KIALI, ACCESS_LOG].map((each) => each.name).join(', ');
    return refuse(name, '', `is JSON, but of no kind that can be read here (${known})`);
  } catch (error) {
    // A fault in the reader, not in the file; the person who dropped the file still gets an answer.
    return refuse(name, '', `could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const NEITHER = {
  path: '1:1',
  reason:
    'is neither JSON, PNG, SVG nor any of them in gzip, nor an access log that is known, nor a sketch such as checkout -> payments',
};

/** One sentence for people: what is wrong, where, and how much more there is. */
export function describeFaults(faults: readonly FileFault[]): string {
  const [first] = faults;
  if (!first) return 'Nothing is wrong.';
  const where = first.path === '' ? '' : `, at ${first.path}`;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return `${first.file} can’t be read${where}: ${first.reason}${more}.`;
}
