/** Questions of a person's own, with the names of what they speak of put in. */
import type { Board, BoardNode, Subject } from '../../graph/index.ts';
import { escapeRegex } from './dialects/promql.ts';

/** What telemetry calls a part; how it is told to match it comes first. */
type Values = Readonly<Record<string, readonly string[]>>;

/** `$name` of a node, `$source` and `$target` of an edge; null where the subject is not drawn. */
export function valuesOf({ nodes, edges }: Pick<Board, 'nodes' | 'edges'>, subject: Subject): Values | null {
  const names = ({ name, match }: BoardNode) => [...(match?.names ?? []), name];
  if (subject.type === 'node') {
    const node = nodes[subject.id];
    return node ? { name: names(node) } : null;
  }
  const edge = edges[subject.id];
  const source = edge && nodes[edge.source];
  const target = edge && nodes[edge.target];
  return source && target ? { source: names(source), target: names(target) } : null;
}

const PLACEHOLDER = /\$(window|name|source|target)\b/y;

/**
 * Where a matcher takes a regular expression any of the names fits, elsewhere the first. Names cannot end the
 * text that they are put in: what they hold is escaped.
 */
export function fill(query: string, window: string, values: Values): string {
  let filled = '';
  let quote: string | null = null;
  let isRegex = false;
  for (let i = 0; i < query.length; ) {
    const char = query[i]!;
    PLACEHOLDER.lastIndex = i;
    const placeholder = PLACEHOLDER.exec(query);
    const names = placeholder && values[placeholder[1]!];
    if (placeholder && (names || placeholder[1] === 'window')) {
      filled += names ? written(names, quote, isRegex) : window;
      i += placeholder[0].length;
      continue;
    }
    const isEscape = char === '\\' && quote !== null && quote !== '`';
    if (quote === null && `"'\``.includes(char)) {
      quote = char;
      isRegex = /[=!]~\s*$/.test(filled);
    } else if (char === quote) quote = null;
    const taken = isEscape ? query.slice(i, i + 2) : char;
    filled += taken;
    i += taken.length;
  }
  return filled;
}

function written(names: readonly string[], quote: string | null, isRegex: boolean): string {
  const [first = ''] = names;
  if (quote === null) return first.replace(/[^a-zA-Z0-9_:]/g, '_');
  const text = isRegex ? `(?:${names.map(escapeRegex).join('|')})` : first;
  if (quote === '`') return text.replaceAll('`', isRegex ? '.' : '');
  return text.replace(/[\\"'\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));
}
