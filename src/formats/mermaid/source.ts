/** What stands around a Mermaid diagram: Markdown, a title before it, directives and comments. All become blanks, so that places stay true. */
import { blanked, withLineFeeds } from '../diagram/scan.ts';

export type DiagramType = 'flowchart' | 'architecture' | 'c4' | 'sequence' | 'block';

const KEYWORDS: readonly (readonly [type: DiagramType, keyword: RegExp])[] = [
  // A direction or the end of the line: `graph G {` is another language.
  // A direction and the end of the line: `graph G {` is another language.
  ['flowchart', /(?:flowchart|graph)(?:-elk)?(?:[ \t]+(?:TB|TD|BT|RL|LR|[<>^v]))?[ \t]*(?:[;\n]|$)/y],
  ['architecture', /architecture(?:-beta)?[ \t]*(?:\n|$)/y],
  ['c4', /C4(?:Context|Container|Component|Dynamic|Deployment)\b/y],
  ['sequence', /sequenceDiagram\b/y],
  ['block', /block(?:-beta)?[ \t]*(?:\n|$)/y],
];
/** Diagrams of Mermaid's that say nothing of a system. */
const OTHERS =
  /(?:classDiagram(?:-v2)?|stateDiagram(?:-v2)?|erDiagram|journey|gantt|pie|quadrantChart|requirementDiagram|gitGraph|mindmap|timeline|zenuml|sankey(?:-beta)?|xychart(?:-beta)?|packet(?:-beta)?|kanban|radar(?:-beta)?|treemap(?:-beta)?)(?=[ \t]*(?:\n|$)|[ \t]+(?:title|showData|TB|LR)\b)/y;

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
  let other: { other: string } | null = null;
  const fences = [...text.matchAll(FENCE)];
  for (const fence of fences) {
    const from = fence.index + fence[0].length;
    const end = /\n[ \t]{0,3}(?:```|~~~|:::)/g;
    end.lastIndex = from - 1;
    const found = diagramAt(text.slice(from, end.exec(text)?.index));
    if (!found) continue;
    if ('other' in found) {
      other ??= found;
      continue;
    }
    const before = text.slice(0, from).replace(/[^\n]/g, ' ');
    return { ...found, text: before + found.text, body: from + found.body, others: fences.length - 1 };
  }
  return fences.length > 0 ? other : diagramAt(text);
}

const FENCE = /^[ \t]{0,3}(?:`{3,}|~{3,}|:::)[ \t]*\{?\.?mermaid\}?[^\n]*\n/gm;
const FRONT_MATTER = /\s*---[ \t]*\n((?:(?!---[ \t]*(?:\n|$))[^\n]*\n)*)---[ \t]*(?:\n|$)/y;
const BLANKS = /\s*/y;
/** `%%{init: {"theme": "dark"}}%%` */
const DIRECTIVE = /%%\{[^%]{0,10000}\}%%/g;
const COMMENT = /^[ \t]*%%[^\n]*/gm;

function diagramAt(all: string): Found | { other: string } | null {
  FRONT_MATTER.lastIndex = 0;
  const front = FRONT_MATTER.exec(all);
  const text = blanked(blanked(all, DIRECTIVE), COMMENT);
  BLANKS.lastIndex = front?.[0].length ?? 0;
  const start = BLANKS.lastIndex + BLANKS.exec(text)![0].length;
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
