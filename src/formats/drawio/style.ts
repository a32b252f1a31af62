/** What a cell's style says of it: `shape=cylinder3;html=1;…`. */
import type { Heads } from '../diagram/drawing.ts';
import { kindOfWord } from '../diagram/kinds.ts';
import { withSigns } from '../entities.ts';
import { type NodeWords, nodeWords } from '../scene/words.ts';

export type Style = ReadonlyMap<string, string>;

/** A word without a value (`text`, `swimlane`, `ellipse`) is a key with an empty one. */
export function styleOf(text: string): Style {
  return new Map(
    text.split(';').map((part): [string, string] => {
      const equals = part.indexOf('=');
      return equals === -1 ? [part.trim(), ''] : [part.slice(0, equals).trim(), part.slice(equals + 1)];
    }),
  );
}

const SHAPES: readonly (readonly [RegExp, NodeWords])[] = [
  [/^(?:cylinder\d?|datastore|mxgraph\.flowchart\.(?:database|stored_data))$/, { kind: 'database' }],
  [/^(?:umlActor|actor|mxgraph\.c4\.person2?)$/, { kind: 'client' }],
  [/^cloud$/, { kind: 'external' }],
];

/** What its form or its icon is of. */
export function wordsOf(style: Style): NodeWords | undefined {
  const names = ['resIcon', 'prIcon', 'grIcon', 'shape'].flatMap((key) => style.get(key) ?? []);
  const forms = [...names, ...[...style].flatMap(([key, value]) => (value === '' ? key : []))];
  const form = SHAPES.find(([pattern]) => forms.some((each) => pattern.test(each)));
  if (form) return form[1];
  for (const name of [...names, style.get('image') ?? '']) {
    const icon = iconName(name);
    if (icon === null) continue;
    const kind = kindOfWord(icon);
    const words = nodeWords(icon);
    if (words.technology !== undefined) return words;
    if (kind) return { kind };
    if (words.kind) return words;
  }
  return undefined;
}

/** `mxgraph.aws4.lambda_function` → `lambda function`, `img/lib/azure2/databases/SQL_Database.svg` → `SQL Database`. */
function iconName(name: string): string | null {
  if (!/^mxgraph\.|\//.test(name) || name.startsWith('data:')) return null;
  const last =
    name
      .replace(/\.(?:svg|png)$/i, '')
      .split(/[./]/)
      .pop() ?? '';
  return last.replace(/[_-]+/g, ' ').trim() || null;
}

export function headsOf(style: Style): Heads {
  const has = (key: string, otherwise: string) => !['none', ''].includes(style.get(key) ?? otherwise);
  return { start: has('startArrow', 'none'), end: has('endArrow', 'classic') };
}

/** The text of a label that is HTML. */
export const withoutHtml = (html: string): string =>
  withSigns(
    html.replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6]|hr)(?:\s[^<>]*)?\/?>/gi, '\n').replace(/<[^<>]*>/g, ''),
  )
    .replace(/[ \u00a0]+\n/g, '\n')
    .trim();
