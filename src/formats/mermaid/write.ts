/** Board → a Mermaid flowchart. Shapes are for the eye; a class on each node says the kind. */
import type { Board, BoardNode, EdgeKind } from '../../graph/index.ts';
import { idsOf, naturalKind, outlineOf } from '../diagram/ids.ts';
import { kindWord } from '../diagram/kinds.ts';
import { labelLines, oneLine } from '../diagram/label.ts';
import { BRACKETS_OF } from './shapes.ts';
import { escaped } from './text.ts';

const RESERVED = new Set(
  'end graph flowchart subgraph direction default style linkstyle classdef class click call href'.split(' '),
);
const ARROWS: Readonly<Record<EdgeKind, string>> = {
  call: '-->',
  query: '-->',
  publish: '-.->',
  consume: '-.->',
  replicate: '==>',
};

export function writeMermaid(board: Board): string {
  const ids = idsOf(board, RESERVED);
  const { groups, free, edges } = outlineOf(board);
  const node = ({ id, name, kind, technology }: BoardNode) => {
    const [open, close] = BRACKETS_OF[kind];
    const lines = [name, ...(technology?.trim() ? [`[${oneLine(technology)}]`] : [])];
    return `${ids.get(`node ${id}`)}${open}${quoted(lines)}${close}:::${kindWord(kind)}`;
  };
  return [
    ...(board.title.trim() ? ['---', `title: ${JSON.stringify(oneLine(board.title))}`, '---'] : []),
    'flowchart LR',
    ...groups.flatMap(({ group, members }) => [
      `  subgraph ${ids.get(`group ${group.id}`)} [${quoted([group.name])}]`,
      ...members.map((member) => `    ${node(member)}`),
      '  end',
    ]),
    ...free.map((each) => `  ${node(each)}`),
    ...edges.map((edge) => {
      const lines = labelLines(edge, naturalKind(board, edge));
      const label = lines.length > 0 ? `|${quoted(lines)}|` : '';
      return `  ${ids.get(`node ${edge.source}`)} ${ARROWS[edge.kind]}${label} ${ids.get(`node ${edge.target}`)}`;
    }),
    '',
  ].join('\n');
}

const quoted = (lines: readonly string[]): string => `"${lines.map(escaped).join('<br/>')}"`;
