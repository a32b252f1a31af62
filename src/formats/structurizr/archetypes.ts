/** Archetypes: kinds of elements and relations that a workspace makes of its own. */
import { type Lines, readFacts } from './facts.ts';
import type { Line } from './lines.ts';

export type Archetype = {
  base: string;
  description?: string | undefined;
  technology?: string | undefined;
  tags: string[];
};

const ELEMENT_WORDS = ['person', 'softwaresystem', 'container', 'component', 'element', 'group'] as const;
type ElementWord = (typeof ELEMENT_WORDS)[number];

const isElementWord = (word: string | undefined): word is ElementWord =>
  (ELEMENT_WORDS as readonly (string | undefined)[]).includes(word);

/** What a keyword makes: an element, a group, or neither. */
export function kindOfElement(
  keyword: string,
  archetypes: ReadonlyMap<string, Archetype>,
): ElementWord | undefined {
  // What groups were called before there were groups.
  if (keyword === 'enterprise') return 'group';
  const base = isElementWord(keyword) ? keyword : archetypes.get(keyword)?.base;
  return isElementWord(base) ? base : undefined;
}

/** `archetypes { api = container { technology "Java" } }`; one may be made of another. */
export function readArchetypes(lines: Lines, from: Line, archetypes: Map<string, Archetype>): void {
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
