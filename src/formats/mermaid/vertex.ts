/** Nodes of a flowchart: `id`, `id["text"]`, `id@{ shape: cyl, label: "text" }`, `id:::class`. */
import type { NodeKind } from '../../graph/index.ts';
import type { Scan } from '../diagram/scan.ts';
import { BRACKETS, SHAPE_KINDS } from './shapes.ts';

export type Vertex = {
  id: string;
  text: string | null;
  /** Told by its shape; cylinders are drawn for anything that keeps data. */
  kind: NodeKind | null;
  classes: string[];
  at: number;
};

/** A hyphen unless it begins a link, a colon unless it begins a class, an @ unless it begins what a shape is. */
const ID = /[\p{L}\p{N}!#$%'*+.`?\\_/](?:[\p{L}\p{N}\p{M}!#$%&'*+.`?\\_/]|-(?![->.])|=(?!=)|:(?!::))*/uy;
const CLASS = /:::([\p{L}\p{N}_-]+)/uy;
const PAIR = /[\s,]*([a-z]+)[ \t]*:[ \t]*(?:"([^"]*)"|'([^']*)'|([^,}\n"']*))/iy;

/** The node that stands here; null where none does. */
export function takeVertex(scan: Scan): Vertex | null {
  const at = scan.at();
  const id = scan.take(ID)?.[0];
  if (id === undefined) return null;
  const vertex: Vertex = { id, text: null, kind: null, classes: [], at };
  const bracket = BRACKETS.find(([open]) => scan.text.startsWith(open, scan.at()));
  if (bracket) readBracket(scan, vertex, bracket);
  if (scan.take(/@\{/y)) readShape(scan, vertex);
  for (let named = scan.take(CLASS); named; named = scan.take(CLASS)) vertex.classes.push(named[1]!);
  return vertex;
}

function readBracket(scan: Scan, vertex: Vertex, [open, closes, kind]: (typeof BRACKETS)[number]): void {
  const at = scan.at();
  scan.goTo(at + open.length);
  const quoted = scan.take(/\s*"([^"]*)"\s*/y)?.[1];
  vertex.kind = kind;
  for (const close of closes)
    if (quoted !== undefined && scan.text.startsWith(close, scan.at())) {
      scan.goTo(scan.at() + close.length);
      vertex.text = quoted;
      return;
    }
  if (quoted !== undefined) scan.fail(`${closes[0]} is expected after this text, not ${scan.here()}`);
  const start = at + open.length;
  const ends = closes
    .map((close) => ({ close, end: scan.text.indexOf(close, start) }))
    .filter(({ end }) => end >= 0)
    .sort((a, b) => a.end - b.end);
  const [nearest] = ends;
  if (!nearest) return scan.fail(`this ${open} is never closed; end the text with ${closes[0]}`, at);
  vertex.text = scan.text.slice(start, nearest.end).trim();
  scan.goTo(nearest.end + nearest.close.length);
}

function readShape(scan: Scan, vertex: Vertex): void {
  const at = scan.at();
  for (let pair = scan.take(PAIR); pair; pair = scan.take(PAIR)) {
    const key = pair[1]!.toLowerCase();
    const value = (pair[2] ?? pair[3] ?? pair[4] ?? '').trim();
    if (key === 'label') vertex.text = value;
    if (key === 'shape') vertex.kind = SHAPE_KINDS.get(value.toLowerCase()) ?? null;
  }
  if (!scan.take(/[\s,]*\}/y))
    scan.fail('this @{ … } is not understood; write it as @{ shape: cyl, label: "text" }', at);
}
