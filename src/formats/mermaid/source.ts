/** What stands around a Mermaid diagram: Markdown, a title before it, directives and comments. All become blanks, so that places stay true. */
import { blanked, withLineFeeds } from '../diagram/scan.ts';

export type DiagramType = 'flowchart' | 'architecture' | 'c4' | 'sequence' | 'block';

const KEYWORDS: readonly (readonly [type: DiagramType, keyword: RegExp])[] = [
  // A direction or the end of the line: `graph G {` is another language.
  [
    'flowchart',
    /(?:flowchart|graph)(?:-elk)?(?:[ \t]+(?:TB|TD|BT|RL|LR|[<>^v]))?[ \t]*(?:;|\n|$|(?=[ \t]\S)(?=[^{]*(?:\n|$)))/y,
  ],
  ['architecture', /architecture(?:-beta)?[ \t]*(?:\n|$)/y],
  ['c4', /C4(?:Context|Container|Component|Dynamic|Deployment)\b/y],
  ['sequence', /sequenceDiagram\b/y],
  ['block', /block(?:-beta)?[ \t]*(?:\n|$)/y],
];
/** Diagrams of Mermaid's that say nothing of a system. */
const OTHERS =
  /(?:classDiagram(?:-v2)?|stateDiagram(?:-v2)?|erDiagram|journey|gantt|pie|quadrantChart|requirementDiagram|gitGraph|mindmap|timeline|zenuml|sankey(?:-beta)?|xychart(?:-beta)?|packet(?:-beta)?|kanban|radar(?:-beta)?|treemap(?:-beta)?)(?=[ \t:]|\n|$)/y;

export type Found = {
  /** With line feeds only, else of the same length as the file. */
  text: string;
  type: DiagramType;
  title: string | null;
  /** Where the diagram's own statements begin. */
  body: number;
  /** How many other diagrams the file holds. */
  others: number;
};

/** The first diagram in the text that can be read; the name of one that can't; null where there is none. */
export function findDiagram(whole: string): Found | { other: string } | null {
  const text = withLineFeeds(whole);
  const fences = [...text.matchAll(FENCE)];
  if (fences.length === 0) return diagramAt(text, 0);
  const inside = fences.map((fence) => {
    const from = fence.index + fence[0].length;
    const end = /\n[ \t]{0,3}(?:```|~~~|:::)/g;
    end.lastIndex = from - 1;
    const to = end.exec(text)?.index ?? text.length;
    return diagramAt(`${text.slice(0, from).replace(/[^\n]/g, ' ')}${text.slice(from, to)}`, from);
  });
  const first = inside.find((found) => found && 'type' in found) ?? inside.find((found) => found);
  return first && 'type' in first ? { ...first, others: fences.length - 1 } : (first ?? null);
}

const FENCE = /^[ \t]{0,3}(?:`{3,}|~{3,}|:::)[ \t]*\{?\.?mermaid\}?[^\n]*\n/gm;
const FRONT_MATTER = /\s*---[ \t]*\n((?:(?!---[ \t]*(?:\n|$))[^\n]*\n)*)---[ \t]*(?:\n|$)/y;
const COMMENT = /^[ \t]*%%(?!\{)[^\n]*/gm;

function diagramAt(all: string, from: number): Found | { other: string } | null {
  FRONT_MATTER.lastIndex = from;
  const front = FRONT_MATTER.exec(all);
  let start = from + (front?.[0].length ?? 0);
  let text = blanked(all, COMMENT);
  for (;;) {
    start += /^\s*/.exec(text.slice(start, start + 100_000))![0].length;
    const close = text.startsWith('%%{', start) ? text.indexOf('}%%', start) : -1;
    if (close < 0) break;
    text = `${text.slice(0, start)}${text.slice(start, close + 3).replace(/[^\n]/g, ' ')}${text.slice(close + 3)}`;
    start = close + 3;
  }
  for (const [type, keyword] of KEYWORDS) {
    keyword.lastIndex = start;
    const match = keyword.exec(text);
    if (!match) continue;
    return { text, type, title: titleIn(front?.[1] ?? ''), body: start + match[0].length, others: 0 };
  }
  OTHERS.lastIndex = start;
  const other = OTHERS.exec(text)?.[0];
  return other === undefined ? null : { other };
}

/** The title of the front matter, which is YAML. */
function titleIn(front: string): string | null {
  const said = /^title:[ \t]*(.*)$/m.exec(front)?.[1]?.trim();
  if (!said) return null;
  if (/^".*"$/s.test(said)) {
    try {
      return String(JSON.parse(said));
    } catch {
      return said.slice(1, -1);
    }
  }
  return /^'.*'$/s.test(said) ? said.slice(1, -1).replaceAll("''", "'") : said;
}
