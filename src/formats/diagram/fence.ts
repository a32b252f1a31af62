/** Diagrams in Markdown pages. */

const FENCE = /^[ \t]{0,3}(`{3,}|~{3,}|:::)[ \t]*\{?[.:]?([\w-]+)\}?[^\n]*\n/gm;

/** The first piece of code in one of these languages, with blanks for all that is around it; null where there is none. */
export function fencedIn(text: string, languages: readonly string[]): string | null {
  for (const fence of text.matchAll(FENCE)) {
    if (!languages.includes(fence[2]!.toLowerCase())) continue;
    const from = fence.index + fence[0].length;
    const end = new RegExp(`^[ \\t]{0,3}${fence[1]}`, 'gm');
    end.lastIndex = from;
    const to = end.exec(text)?.index ?? text.length;
    const blank = (piece: string) => piece.replace(/[^\n]/g, ' ');
    return blank(text.slice(0, from)) + text.slice(from, to) + blank(text.slice(to));
  }
  return null;
}
