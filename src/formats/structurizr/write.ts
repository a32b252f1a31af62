/** Board → Structurizr's DSL. People for clients, software systems for all else; a tag on each says its kind. */
import type { Board, BoardNode, Id } from '../../graph/index.ts';
import { idsOf, joinedEdges, naturalKind, outlineOf } from '../diagram/ids.ts';
import { kindWord } from '../diagram/kinds.ts';
import { labelLines, oneLine } from '../diagram/label.ts';
import { quoted } from './lines.ts';

const RESERVED = new Set(
  'this element group person softwaresystem container component model workspace views archetypes'.split(' '),
);
const SHAPES: readonly (readonly [tag: string, shape: string])[] = [
  ['database', 'Cylinder'],
  ['cache', 'Cylinder'],
  ['storage', 'Cylinder'],
  ['topic', 'Pipe'],
  ['queue', 'Pipe'],
  ['broker', 'Pipe'],
  ['gateway', 'Hexagon'],
  ['client', 'Person'],
];

export function writeStructurizr(board: Board): string {
  const ids = idsOf(board, RESERVED);
  const { groups, free, edges } = outlineOf(board);
  const names = uniqueNames(board);
  const element = (node: BoardNode, indent: string) => {
    const { id, kind, description, technology, links } = node;
    const head = [kind === 'client' ? 'person' : 'softwareSystem', quoted(names.get(id)!)];
    const facts = [
      ...(technology?.trim()
        ? [`properties {\n${indent}    technology ${quoted(oneLine(technology))}\n${indent}  }`]
        : []),
      ...(links?.[0] !== undefined && !/\s/.test(links[0]) ? [`url ${quoted(links[0])}`] : []),
    ];
    const line = `${indent}${ids.get(`node ${id}`)} = ${head.join(' ')} ${quoted((description ?? '').trim())} ${quoted(kindWord(kind))}`;
    return facts.length === 0
      ? line
      : `${line} {\n${facts.map((fact) => `${indent}  ${fact}\n`).join('')}${indent}}`;
  };
  const relations = joinedEdges(edges).map((edge) => {
    const [source, target] = [edge.source, edge.target].map((id) => ids.get(`node ${id}`));
    const natural = naturalKind(board, edge);
    // Structurizr takes two relations that say the same for one, so the kind stands in the text as well.
    const description = labelLines({ ...edge, protocol: '' }, natural).join('\n');
    const words = [description, oneLine(edge.protocol ?? ''), edge.kind === natural ? '' : edge.kind];
    while (words.length > 0 && words.at(-1) === '') words.pop();
    return `    ${[source, '->', target, ...words.map(quoted)].join(' ')}`;
  });
  return [
    `workspace ${quoted(oneLine(board.title) || 'Board')} {`,
    '  model {',
    ...groups.flatMap(({ group, members }) => [
      `    group ${quoted(group.name)} {`,
      ...members.map((node) => element(node, '      ')),
      '    }',
    ]),
    ...free.map((node) => element(node, '    ')),
    ...relations,
    '  }',
    '  views {',
    '    systemLandscape {',
    '      include *',
    '      autoLayout lr',
    '    }',
    '    styles {',
    ...SHAPES.map(([tag, shape]) => `      element ${tag} {\n        shape ${shape}\n      }`),
    '    }',
    '  }',
    '}',
    '',
  ].join('\n');
}

/** A workspace has no two elements of one name on one level: later ones get a number. */
function uniqueNames({ nodes }: Board): ReadonlyMap<Id, string> {
  const taken = new Set<string>();
  const names = new Map<Id, string>();
  for (const { id, name } of Object.values(nodes)) {
    const base = name.trim() || 'unnamed';
    let free = base;
    for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${base} (${count})`;
    taken.add(free.toLowerCase());
    names.set(id, free);
  }
  return names;
}
