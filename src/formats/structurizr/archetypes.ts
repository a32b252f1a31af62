/** Archetypes: kinds of elements and relations that a workspace makes of its own. */
import type { Line, linesOf } from './lines.ts';
import type { Element } from './model.ts';

export type Archetype = {
  base: string;
  description?: string | undefined;
  technology?: string | undefined;
  tags: string[];
};

const ELEMENTS = new Set(['person', 'softwaresystem', 'container', 'component', 'element', 'group']);

/** What a keyword makes: an element, a group, or neither. */
export function kindOfElement(
  keyword: string,
  archetypes: ReadonlyMap<string, Archetype>,
): Element['what'] | 'group' | undefined {
  const base = ELEMENTS.has(keyword) ? keyword : archetypes.get(keyword)?.base;
  return base !== undefined && ELEMENTS.has(base) ? (base as Element['what'] | 'group') : undefined;
}

/** `archetypes { api = container { technology "Java" } }`; one may be made of another. */
export function readArchetypes(
  lines: ReturnType<typeof linesOf>,
  from: Line,
  archetypes: Map<string, Archetype>,
): void {
  for (let line = lines.next(); !line?.closes; line = lines.next()) {
    if (!line) return lines.fail('this { is never closed', from.at);
    const words = line.words.map(({ text }) => text);
    const [name, base] = words[1] === '=' ? [words[0]!, words[2] ?? ''] : [words[0] ?? '', words[0] ?? ''];
    const inherited = archetypes.get(base.toLowerCase().replace(/^--(.+)->$/, '$1'));
    const archetype: Archetype = inherited
      ? { ...inherited, tags: [...inherited.tags] }
      : { base: base.toLowerCase(), tags: [] };
    archetypes.set(name.toLowerCase(), archetype);
    if (line.opens) readFacts(lines, line, archetype);
  }
}

function readFacts(lines: ReturnType<typeof linesOf>, from: Line, archetype: Archetype): void {
  for (let line = lines.next(); !line?.closes; line = lines.next()) {
    if (!line) return lines.fail('this { is never closed', from.at);
    const [keyword = '', ...texts] = line.words.map(({ text }) => text);
    if (line.opens) lines.skip(line);
    else if (keyword.toLowerCase() === 'technology') archetype.technology = texts[0];
    else if (keyword.toLowerCase() === 'description') archetype.description = texts[0];
    else if (/^tags?$/i.test(keyword))
      archetype.tags.push(...texts.flatMap((text) => text.split(',')).flatMap((tag) => tag.trim() || []));
  }
}
