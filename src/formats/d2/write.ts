/** Board → D2: classes for kinds, containers for groups. */
import { type Board, type BoardNode, EDGE_KINDS, type NodeKind } from '../../graph/index.ts';
import { idsOf, joinedEdges, naturalKind, outlineOf } from '../diagram/ids.ts';
import { kindWord } from '../diagram/kinds.ts';
import { labelLines, oneLine } from '../diagram/label.ts';
import { quoted } from './lex.ts';
import { BOUNDARY } from './settle.ts';
import { RESERVED } from './tree.ts';

const SHAPE_OF: Readonly<Record<NodeKind, string>> = {
  client: 'person',
  gateway: 'hexagon',
  service: 'rectangle',
  worker: 'step',
  function: 'oval',
  broker: 'parallelogram',
  topic: 'queue',
  queue: 'queue',
  database: 'cylinder',
  cache: 'cylinder',
  storage: 'stored_data',
  'load balancer': 'diamond',
  external: 'cloud',
};
const DASHES: Readonly<Record<string, number>> = { publish: 5, consume: 5, replicate: 2 };

export function writeD2(board: Board): string {
  const ids = idsOf(board, new Set([...RESERVED, 'null', 'true', 'false']));
  const { groups, free, edges } = outlineOf(board);
  const node = (each: BoardNode, indent: string) => part(each, ids.get(`node ${each.id}`)!, indent);
  const path = (id: string) => {
    const { group } = board.nodes[id]!;
    const own = ids.get(`node ${id}`)!;
    return group === undefined ? own : `${ids.get(`group ${group}`)}.${own}`;
  };
  const kinds = [...new Set(Object.values(board.nodes).map(({ kind }) => kind))].sort();
  const traffic = EDGE_KINDS.filter((kind) =>
    edges.some((edge) => edge.kind === kind && naturalKind(board, edge) !== kind),
  );
  return [
    'direction: right',
    'classes: {',
    ...kinds.map((kind) => `  ${kindWord(kind)}: {shape: ${SHAPE_OF[kind]}}`),
    ...traffic.map((kind) => `  ${kind}: {style.stroke-dash: ${DASHES[kind] ?? 0}}`),
    ...(groups.length > 0 ? [`  ${BOUNDARY}: {style.fill: transparent}`] : []),
    '}',
    ...groups.flatMap(({ group, members }) => [
      `${ids.get(`group ${group.id}`)}: ${quoted(group.name)} {`,
      `  class: ${BOUNDARY}`,
      ...tooltip(group.description, '  '),
      ...members.flatMap((member) => node(member, '  ')),
      '}',
    ]),
    ...free.flatMap((each) => node(each, '')),
    ...joinedEdges(edges).map((edge) => {
      const label = labelLines(edge, edge.kind).join('\n');
      const isNatural = edge.kind === naturalKind(board, edge);
      const said = [...(label ? [quoted(label)] : []), ...(isNatural ? [] : [`{class: ${edge.kind}}`])].join(
        ' ',
      );
      return `${path(edge.source)} -> ${path(edge.target)}${said && `: ${said}`}`;
    }),
    '',
  ].join('\n');
}

/** D2 takes a tooltip for Markdown. */
const tooltip = (text: string | undefined, indent: string): string[] =>
  text?.trim()
    ? [`${indent}tooltip: ${quoted(text.trim().replaceAll('&', '&amp;').replaceAll('<', '&lt;'))}`]
    : [];

function part(
  { name, kind, technology, description, links }: BoardNode,
  id: string,
  indent: string,
): string[] {
  const said = oneLine(technology ?? '');
  // A name that ends like one with a technology says that it has none.
  const label = said || /\n/.test(name) ? `${name}\n[${said}]` : name;
  const [link] = links ?? [];
  return [
    `${indent}${id}: ${quoted(label)} {`,
    `${indent}  class: ${kindWord(kind)}`,
    ...tooltip(description, `${indent}  `),
    ...(link === undefined ? [] : [`${indent}  link: ${quoted(link)}`]),
    `${indent}}`,
  ];
}
