/** Board → a digraph of Graphviz's. A class on each node, and on an edge of no natural kind, says the kind. */
import type { Board, BoardEdge, BoardNode, EdgeKind } from '../../graph/index.ts';
import { idsOf, naturalKind, outlineOf } from '../diagram/ids.ts';
import { kindWord } from '../diagram/kinds.ts';
import { labelLines, oneLine } from '../diagram/label.ts';
import { escaped } from './label.ts';
import { SHAPE_OF } from './shapes.ts';

const RESERVED = new Set(['node', 'edge', 'graph', 'digraph', 'subgraph', 'strict']);
const STYLE: Partial<Record<EdgeKind, string>> = {
  publish: 'dashed',
  consume: 'dashed',
  replicate: 'dotted',
};

export function writeDot(board: Board): string {
  const ids = idsOf(board, RESERVED);
  const { groups, free, edges } = outlineOf(board);
  const node = (each: BoardNode) => `${ids.get(`node ${each.id}`)} ${nodeAttributes(each)};`;
  return [
    'digraph {',
    `  graph [rankdir=LR${board.title.trim() ? `, labelloc=t, label=${quoted([board.title])}` : ''}];`,
    ...groups.flatMap(({ group, members }) => [
      `  subgraph cluster_${ids.get(`group ${group.id}`)} {`,
      `    label=${quoted([group.name])};`,
      ...(group.description?.trim() ? [`    tooltip=${quoted([group.description])};`] : []),
      ...members.map((member) => `    ${node(member)}`),
      '  }',
    ]),
    ...free.map((each) => `  ${node(each)}`),
    ...edges.map((edge) => {
      const [source, target] = [edge.source, edge.target].map((id) => ids.get(`node ${id}`));
      return `  ${source} -> ${target}${edgeAttributes(board, edge)};`;
    }),
    '}',
    '',
  ].join('\n');
}

function nodeAttributes({ name, kind, technology, description, links, instances }: BoardNode): string {
  const lines = [name, ...(technology?.trim() ? [`[${oneLine(technology)}]`] : [])];
  const [link] = links ?? [];
  return listed([
    ['label', quoted(lines)],
    ['class', kindWord(kind)],
    ['shape', SHAPE_OF[kind]],
    ['tooltip', description?.trim() ? quoted([description]) : undefined],
    ['URL', link === undefined ? undefined : quoted([link])],
    ['instances', instances],
  ]);
}

function edgeAttributes(board: Board, edge: BoardEdge): string {
  const natural = naturalKind(board, edge);
  // The class says the kind, so the label need not.
  const lines = labelLines(edge, edge.kind);
  const { description, kind } = edge;
  const list = listed([
    ['label', lines.length > 0 ? quoted(lines) : undefined],
    ['class', kind === natural ? undefined : kind],
    ['style', STYLE[kind]],
    ['tooltip', description?.trim() ? quoted([description]) : undefined],
  ]);
  return list === '[]' ? '' : ` ${list}`;
}

const listed = (
  attributes: readonly (readonly [key: string, value: string | number | undefined])[],
): string =>
  `[${attributes.flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`])).join(', ')}]`;

const quoted = (lines: readonly string[]): string => `"${lines.map(escaped).join('\\n')}"`;
