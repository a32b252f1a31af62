/** What a model in blocks of braces states, counted line by line without a parser: leaves, and who is joined to whom. */

export type Language = {
  /** Texts over several lines, comments. */
  noise: RegExp;
  /** Blocks in which nothing is declared. */
  skipped: RegExp;
  /** Its groups are `id` or `other`, and `title`. */
  element: RegExp;
  relation: RegExp;
};

export const STRUCTURIZR: Language = {
  noise: /\/\*[\s\S]*?\*\/|^\s*(?:#|\/\/).*$/gm,
  skipped: /^(?:views|archetypes|configuration|styles|(?:\w+ = )?deploymentEnvironment)\b/i,
  element:
    /^(?:(?<id>\w+) = )?(?:person|softwareSystem|externalSoftwareSystem|container|component|api|datastore)\s+"(?<title>[^"]*)"/i,
  relation: /^(?<from>[\w.]+)?\s*-> (?<to>[\w.]+)/,
};
export const LIKEC4: Language = {
  noise: /'''[\s\S]*?'''|(?<=description )'\n[^']*'|"""[\s\S]*?"""|\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm,
  skipped: /^(?:views|specification|deployment|metadata|style)\b/,
  element:
    /^(?:(?<id>[\w-]+) = (?!>)[\w-]+|(?!link|title|description|technology|navigateTo|icon|metadata|style|notation|summary|extend)\w+ (?<other>[\w-]+))(?:\s+(?:'|")(?<title>(?:[^'"\\]|\\.)*)(?:'|"))?.*$/,
  relation: /^(?<from>[\w.-]+?)?\s*(?:->|-\[\w+\]->)\s*(?<to>[\w.-]+)/,
};

type Element = { path: string[]; title: string; hasInside: boolean };
type Block = { element: Element | null; isSkipped: boolean };

/** The names of leaves and of what relations end on, and `from > to` of each distinct pair. */
export function modelIn(
  text: string,
  { noise, skipped, element, relation }: Language,
): { names: string[]; pairs: string[] } {
  const all: Element[] = [];
  const said: { from: string; to: string; within: string[] }[] = [];
  const blocks: Block[] = [];
  for (const raw of text.replace(noise, '').split('\n')) {
    const line = raw.trim();
    const around = blocks.findLast((block) => block.element)?.element ?? null;
    const isSkipped = blocks.some((block) => block.isSkipped) || skipped.test(line);
    let made: Element | null = null;
    const arrow = relation.exec(line)?.groups;
    const declared = arrow ? undefined : element.exec(line)?.groups;
    if (!isSkipped && arrow) {
      const own = around?.path ?? [];
      said.push({
        from: arrow.from && arrow.from !== 'this' ? arrow.from : own.join('.'),
        to: arrow.to === 'this' ? own.join('.') : arrow.to!,
        within: own,
      });
    } else if (!isSkipped && declared) {
      const id = declared.id ?? declared.other ?? `unnamed ${all.length}`;
      made = { path: [...(around?.path ?? []), id], title: declared.title ?? id, hasInside: false };
      if (around) around.hasInside = true;
      all.push(made);
    }
    if (/\{$/.test(line)) blocks.push({ element: made, isSkipped: skipped.test(line) });
    else if (line === '}') blocks.pop();
  }
  const find = (name: string, within: readonly string[]): Element => {
    for (let depth = within.length; depth >= 0; depth--) {
      const path = [...within.slice(0, depth), ...name.split('.')].join('.');
      const found = all.find((each) => each.path.join('.') === path);
      if (found) return found;
    }
    return all.find((each) => each.path.join('.').endsWith(name))!;
  };
  const joined = said.map(({ from, to, within }) => [find(from, within), find(to, within)] as const);
  const ends = new Set(joined.flat());
  return {
    names: all.filter((each) => !each.hasInside || ends.has(each)).map(({ title }) => title),
    pairs: [...new Set(joined.map(([from, to]) => `${from.title} > ${to.title}`))].sort(),
  };
}
