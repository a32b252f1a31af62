/** Facts in braces: of a relation, of an archetype, and properties of an element. */
import type { Element } from '../diagram/model.ts';
import type { Line, linesOf } from './lines.ts';

export type Lines = ReturnType<typeof linesOf>;
export type Facts = { description?: string | undefined; technology?: string | undefined; tags: string[] };

/** `a, b` "c" */
export const tagsIn = (texts: readonly string[]) =>
  texts.flatMap((text) => text.split(',')).flatMap((tag) => tag.trim() || []);

/** What stands in braces after a relation, or after an archetype. */
export function readFacts(lines: Lines, from: Line, facts: Facts): void {
  for (;;) {
    const line = lines.next();
    if (!line) return lines.fail('this { is never closed', from.at);
    if (line.closes) return;
    const [keyword = '', ...texts] = line.words.map(({ text }) => text);
    if (line.opens) lines.skip(line);
    else if (keyword.toLowerCase() === 'description') facts.description = texts[0];
    else if (keyword.toLowerCase() === 'technology') facts.technology = texts[0];
    else if (/^tags?$/i.test(keyword)) facts.tags.push(...tagsIn(texts));
  }
}

/** Of properties only a technology says what an element is. */
export function readProperties(lines: Lines, from: Line, element: Element | null): void {
  for (;;) {
    const line = lines.next();
    if (!line) return lines.fail('this { is never closed', from.at);
    if (line.closes) return;
    if (line.opens) lines.skip(line);
    const [key, value] = line.words;
    if (element && key?.text.toLowerCase() === 'technology' && value) element.technology ??= value.text;
  }
}
