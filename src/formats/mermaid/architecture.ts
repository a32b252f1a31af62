/** Mermaid's architecture diagrams: services with icons, in groups, with lines between their sides. */
import type { NodeKind } from '../../graph/index.ts';
import { type Drawing, draw, drawLine, emptyDrawing, type Heads, remark } from '../diagram/drawing.ts';
import { kindOfWord } from '../diagram/kinds.ts';
import { type Scan, scanOf } from '../diagram/scan.ts';
import { kindOf } from '../recognise.ts';
import { linesOf } from './text.ts';

type Line = { from: string; to: string; heads: Heads; title: string; at: number };

const THING =
  /(group|service|junction)[ \t]+([\w-]+)[ \t]*(?:\([ \t]*([\w:.-]+)[ \t]*\)|\("([^"\n]*)"\))?[ \t]*(?:\[([^\]\n]*)\])?[ \t]*(?:in[ \t]+([\w-]+))?/y;
const LINE =
  /([\w-]+)(?:\{group\})?[ \t]{0,20}:[ \t]{0,20}[LRTB][ \t]{0,20}(<?)[ \t]{0,20}-(?:-|\[([^\]\n]*)\]-)[ \t]{0,20}(>?)[ \t]{0,20}[LRTB][ \t]{0,20}:[ \t]{0,20}([\w-]+)(?:\{group\})?/y;

export function parseArchitecture(text: string, body: number): Drawing {
  const drawing = emptyDrawing();
  const scan = scanOf(text, body);
  const junctions = new Set<string>();
  const lines: Line[] = [];
  for (;;) {
    scan.take(/\s*/y);
    if (scan.isAtEnd()) break;
    const title = scan.take(/title[ \t]+([^\n]*)/y)?.[1];
    if (title !== undefined) drawing.title = linesOf(title).join(' ');
    else if (!scan.take(/(?:accTitle|accDescr|align)\b[^\n]*/y))
      readStatement(scan, { drawing, junctions, lines });
    if (!scan.take(/[ \t]*(?=\n|$)/y)) scan.fail(`the end of the line is expected, not ${scan.here()}`);
  }
  for (const { title, ...line } of crossings(lines, junctions, drawing))
    drawLine(drawing, { ...line, kind: null, operations: title ? [title] : [] });
  return drawing;
}

type Chart = { drawing: Drawing; junctions: Set<string>; lines: Line[] };

function readStatement(scan: Scan, { drawing, junctions, lines }: Chart): void {
  const at = scan.at();
  const thing = scan.take(THING);
  if (thing) {
    const [, what, key = '', icon, , label, frame] = thing;
    const name = linesOf((label ?? '').trim().replace(/^"(.*)"$/, '$1')).join(' ') || key;
    if (what === 'junction') junctions.add(key);
    else if (what === 'group') drawing.frames.set(key, { key, name, parent: frame });
    else drawing.parts.set(key, { key, name, ...seenIn(icon ?? ''), frame, at });
    return;
  }
  const line = scan.take(LINE);
  if (!line)
    return scan.fail(`a service, a group or a line such as a:R --> L:b is expected, not ${scan.here()}`);
  const [, from = '', start, title = '', end, to = ''] = line;
  for (const key of [from, to])
    if (!drawing.parts.has(key) && !drawing.frames.has(key) && !junctions.has(key))
      scan.fail(`“${key}” is not declared above`, at);
  lines.push({
    from,
    to,
    heads: { start: start === '<', end: end === '>' },
    title: linesOf(title).join(' '),
    at,
  });
}

const ICONS: Readonly<Record<string, NodeKind>> = {
  database: 'database',
  disk: 'storage',
  internet: 'external',
};

/** `database`, `logos:aws-lambda`: what its last words name. */
function seenIn(icon: string): { kind: NodeKind | null; hint: NodeKind | null; technology?: string } {
  const own = ICONS[icon];
  if (own) return { kind: null, hint: own };
  const known = kindOf({ technology: icon.replace(/^.*:/, '') });
  if (known.technology) return { kind: known.kind, hint: null, technology: known.technology };
  return { kind: null, hint: kindOfWord(icon) ?? null };
}

/** Lines as they run between parts. Where they meet in a junction, arrows out of it say which way. */
function crossings(lines: readonly Line[], junctions: ReadonlySet<string>, drawing: Drawing): Line[] {
  const roots = new Map([...junctions].map((key) => [key, key]));
  const rootOf = (key: string): string => {
    let root = key;
    while (roots.get(root) !== root) root = roots.get(root)!;
    roots.set(key, root);
    return root;
  };
  const plain: Line[] = [];
  const ends = new Map<string, { into: Line[]; out: Line[] }>();
  for (const line of lines)
    if (junctions.has(line.from) && junctions.has(line.to)) roots.set(rootOf(line.from), rootOf(line.to));
  for (const line of lines) {
    const [isFrom, isTo] = [junctions.has(line.from), junctions.has(line.to)];
    if (isFrom && isTo) continue;
    if (!isFrom && !isTo) {
      plain.push(line);
      continue;
    }
    const root = rootOf(isFrom ? line.from : line.to);
    const { into, out } = ends.get(root) ?? { into: [], out: [] };
    ends.set(root, { into, out });
    (isFrom ? line.heads.end : line.heads.start) ? out.push(line) : into.push(line);
  }
  const part = ({ from, to }: Line) => (junctions.has(from) ? to : from);
  for (const { into: met, out: left } of ends.values()) {
    // Where no arrow says which way, the order they are written in does, as of a line between two parts.
    const isBare = left.length === 0 && met.every(({ heads }) => !heads.start && !heads.end);
    const [into, out] = isBare
      ? [met.filter(({ from }) => !junctions.has(from)), met.filter(({ from }) => junctions.has(from))]
      : [met, left];
    if (out.length === 0 || into.length === 0)
      remark(
        drawing,
        'lines that meet in a junction and do not say which way, left out',
        into.length + out.length,
      );
    for (const entering of into)
      for (const leaving of out) {
        const title = entering.title || leaving.title;
        draw(drawing, {
          source: part(entering),
          target: part(leaving),
          kind: null,
          operations: title ? [title] : [],
          isHeadless: isBare,
          at: entering.at,
        });
      }
  }
  return plain;
}
