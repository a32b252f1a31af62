/** Mermaid's block diagrams: nodes in rows of columns, blocks around them, links between them. */
import { checkDepth, type Drawing, drawLine, emptyDrawing } from '../diagram/drawing.ts';
import { kindOfWords } from '../diagram/kinds.ts';
import { readLabel } from '../diagram/label.ts';
import { type Scan, scanOf } from '../diagram/scan.ts';
import { nameAndTechnology } from './flowchart.ts';
import { takeLink } from './link.ts';
import { linesOf } from './text.ts';
import { takeVertex } from './vertex.ts';

const PASSING =
  /(?:columns|style|classDef|class|accTitle|accDescr|title)\b[^\n]*|space(?::\d+)?(?![\p{L}\p{N}_-])/uy;
/** An arrow in place of a node is decoration: `x<["text"]>(right)`. */
const ARROW = /[\p{L}\p{N}_-]{1,100}<\[[ \t]*"[^"]*"[ \t]*\]>\([^()\n]{0,100}\)(?::\d+)?/uy;
const WIDTH = /:\d+/y;

type Chart = { drawing: Drawing; scan: Scan; open: { key: string; at: number }[] };

export function parseBlock(text: string, body: number): Drawing {
  const chart: Chart = { drawing: emptyDrawing(), scan: scanOf(text, body), open: [] };
  const { scan, open, drawing } = chart;
  for (;;) {
    scan.take(/[\s;]*/y);
    if (scan.isAtEnd()) break;
    if (scan.take(PASSING) || scan.take(ARROW)) continue;
    const at = scan.at();
    const block = scan.take(/block(?::([\p{L}\p{N}_-]+))?(?=[\s:])/uy);
    if (block) {
      checkDepth(open.length, at);
      const key = block[1] ?? `block ${drawing.frames.size + 1}`;
      const label = scan.take(/(?::\d+)?[ \t]*(?:\["([^"]*)"\])?/y)?.[1];
      drawing.frames.set(key, { key, name: linesOf(label ?? key).join(' '), parent: open.at(-1)?.key });
      open.push({ key, at });
    } else if (scan.take(/end(?![\p{L}\p{N}_-])/uy)) {
      if (!open.pop()) scan.fail('this end closes no block', at);
    } else readRow(chart);
  }
  const [unclosed] = open;
  if (unclosed) scan.fail('this block is never closed; end it with a line that says end', unclosed.at);
  return drawing;
}

/** `a["A"]:2`, `a --> b` */
function readRow(chart: Chart): void {
  const { scan, drawing } = chart;
  let from = readPart(chart);
  for (;;) {
    const before = scan.at();
    scan.take(/[ \t]*/y);
    const link = takeLink(scan);
    if (!link) return scan.goTo(before);
    scan.take(/\s*/y);
    const to = readPart(chart);
    const { text, heads, at, stroke } = link;
    if (stroke !== 'invisible') drawLine(drawing, { from, to, heads, at, ...readLabel(linesOf(text)) });
    from = to;
  }
}

function readPart({ scan, drawing, open }: Chart): string {
  const vertex = takeVertex(scan) ?? scan.fail(`a node is expected here, not ${scan.here()}`);
  scan.take(WIDTH);
  const { text, kind, classes, at } = vertex;
  // A node without brackets may have its width at the end of its id.
  const id = text === null ? vertex.id.replace(/:\d+$/, '') : vertex.id;
  const known = drawing.parts.get(id);
  if (drawing.frames.has(id) || (known && text === null)) return id;
  const said = nameAndTechnology(linesOf(text ?? id), id);
  drawing.parts.set(id, {
    ...{ key: id, at: known?.at ?? at, hint: kind, frame: known?.frame ?? open.at(-1)?.key },
    ...said,
    kind: kindOfWords(classes) ?? said.kind ?? null,
  });
  return id;
}
