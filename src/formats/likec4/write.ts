/** Board → LikeC4: an element kind for each kind of part, boundaries for groups. */
import { type Board, type BoardNode, EDGE_KINDS, type NodeKind } from '../../graph/index.ts';
import { idsOf, joinedEdges, naturalKind, outlineOf } from '../diagram/ids.ts';
import { kindWord } from '../diagram/kinds.ts';
import { labelLines, oneLine } from '../diagram/label.ts';
import { quoted } from './tokens.ts';

const RESERVED = new Set([
  ...'specification model views view deployment element relationship tag color global import extend'.split(
    ' ',
  ),
  ...'this it title description summary technology notation notes link icon style metadata shape group'.split(
    ' ',
  ),
  ...'navigateto include exclude with where instance of dynamic parallel par likec4lib from to'.split(' '),
]);
const SHAPE_OF: Partial<Record<NodeKind, string>> = {
  ...{ client: 'person', topic: 'queue', queue: 'queue', broker: 'queue' },
  ...{ database: 'storage', cache: 'storage', storage: 'bucket' },
};

export function writeLikeC4(board: Board): string {
  const ids = idsOf(board, RESERVED);
  const { groups, free, edges } = outlineOf(board);
  const kinds = [...new Set(Object.values(board.nodes).map(({ kind }) => kind))].sort();
  const path = new Map<string, string>();
  for (const { id, group } of Object.values(board.nodes)) {
    const own = ids.get(`node ${id}`)!;
    path.set(id, group === undefined ? own : `${ids.get(`group ${group}`)}.${own}`);
  }
  const lines = [
    'specification {',
    ...kinds.map((kind) => `  element ${kindWord(kind)}${styled(kind)}`),
    ...(groups.length > 0 ? ['  element boundary'] : []),
    ...EDGE_KINDS.filter((kind) =>
      edges.some((edge) => edge.kind === kind && naturalKind(board, edge) !== kind),
    ).map((kind) => `  relationship ${kind}`),
    '}',
    'model {',
    ...groups.flatMap(({ group, members }) => [
      `  ${ids.get(`group ${group.id}`)} = boundary ${quoted(group.name)} {`,
      ...members.flatMap((node) => element(node, ids.get(`node ${node.id}`)!, '    ')),
      '  }',
    ]),
    ...free.flatMap((node) => element(node, ids.get(`node ${node.id}`)!, '  ')),
    ...joinedEdges(edges).flatMap((edge) => {
      const arrow = edge.kind === naturalKind(board, edge) ? '->' : `-[${edge.kind}]->`;
      const title = labelLines({ ...edge, protocol: '' }, edge.kind).join('\n');
      const protocol = oneLine(edge.protocol ?? '');
      const head = `  ${path.get(edge.source)} ${arrow} ${path.get(edge.target)}${title ? ` ${quoted(title)}` : ''}`;
      const facts = [fact('technology', protocol), fact('description', edge.description)].flat();
      return inBraces(head, facts, '  ');
    }),
    '}',
    'views {',
    '  view index {',
    `    title ${quoted(oneLine(board.title) || 'Board')}`,
    `    include ${['*', ...groups.map(({ group }) => `${ids.get(`group ${group.id}`)}.*`)].join(', ')}`,
    '  }',
    '}',
    '',
  ];
  return lines.join('\n');
}

const styled = (kind: NodeKind): string => {
  const shape = SHAPE_OF[kind];
  return shape ? ` {\n    style {\n      shape ${shape}\n    }\n  }` : '';
};

const fact = (word: string, text: string | undefined): string[] =>
  text?.trim() ? [`${word} ${quoted(text.trim())}`] : [];

function element(
  { name, kind, technology, description, links }: BoardNode,
  id: string,
  indent: string,
): string[] {
  const [link] = (links ?? []).filter((each) => !/[\s'"{}]/.test(each));
  const facts = [
    ...fact('technology', oneLine(technology ?? '')),
    ...fact('description', description),
    ...(link === undefined ? [] : [`link ${link}`]),
  ];
  return inBraces(`${indent}${id} = ${kindWord(kind)} ${quoted(name)}`, facts, indent);
}

const inBraces = (head: string, facts: readonly string[], indent: string): string[] =>
  facts.length === 0 ? [head] : [`${head} {`, ...facts.map((each) => `${indent}  ${each}`), `${indent}}`];
