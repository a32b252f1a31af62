/** What a diagram as text keeps of a board, in a form that two boards can be compared by. */
import fc from 'fast-check';
import { type Board, type BoardNode, edgeKindBetween } from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';

const oneLine = (text = '') => text.replace(/\s+/g, ' ').trim();

/** In the order of a diagram: each group with its parts, then parts without one. */
function inOrder({ nodes, groups }: Board): BoardNode[] {
  const all = Object.values(nodes);
  return [
    ...Object.keys(groups).flatMap((id) => all.filter(({ group }) => group === id)),
    ...all.filter(({ group }) => group === undefined),
  ];
}

type Drawn = { nodes: unknown[]; edges: unknown[]; groups: unknown[] };

/** @param isRead true where the order of the nodes is that of the text */
export function drawn(board: Board, isRead = false): Drawn {
  const nodes = isRead ? Object.values(board.nodes) : inOrder(board);
  const place = new Map(nodes.map(({ id }, i) => [id, i]));
  const edges = new Map<string, { protocol: string; operations: string[] }>();
  for (const { source, target, kind, protocol, operations = [] } of Object.values(board.edges)) {
    const key = `${place.get(source)} -${kind}-> ${place.get(target)}`;
    const known = edges.get(key) ?? { protocol: '', operations: [] };
    known.protocol ||= oneLine(protocol);
    const names = operations.map(({ name }) => oneLine(name)).filter(Boolean);
    edges.set(key, { ...known, operations: [...new Set([...known.operations, ...names])] });
  }
  return {
    nodes: nodes.map(({ name, kind, technology, group }) => ({
      ...{ name: name.trim(), kind, technology: oneLine(technology) },
      group: group === undefined ? null : board.groups[group]!.name.trim(),
    })),
    edges: [...edges].sort(([a], [b]) => (a < b ? -1 : 1)),
    groups: Object.values(board.groups).map(({ name }) => name.trim()),
  };
}

/** Names that mean something in one language or another. */
const ODD = fc.constantFrom(
  ...[
    '"',
    "'",
    '\\',
    '`',
    '#',
    ';',
    ':',
    '|',
    '->',
    '-->',
    '<-',
    '--',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
  ],
  ...[
    'a"b',
    "it's",
    'a\\',
    'a\\nb',
    'a\nb',
    '\ta',
    'a;b',
    'a|b',
    'a -> b',
    'a.b',
    '*',
    '&',
    'a & b',
    'a&amp;b',
  ],
  ...[
    '&lt;br/&gt;',
    '<br/>',
    '<b>x</b>',
    '#quot;',
    '#35;',
    '&#35;',
    '&#x41;',
    '%%',
    '%%{init}%%',
    '---',
    '//',
    '/*',
  ],
  ...[
    'end',
    'graph',
    'subgraph',
    'node',
    'edge',
    'digraph',
    'strict',
    'model',
    'this',
    'workspace',
    'extend',
    '_',
  ],
  ...[
    'fa:fa-car',
    'a:::b',
    'a@{',
    '[a]',
    '[HTTP]',
    '[]',
    '[publish]',
    '[publish: x]',
    'HTTP',
    'publish: x',
    '__proto__',
  ],
  ...[
    '1. a',
    '- a',
    '2',
    'constructor',
    'é',
    '日本',
    '👩‍💻',
    'a  b',
    '$x',
    '$' + '{x}',
    '{{x}}',
    '"""',
    "'''",
    '|md x|',
  ],
);
const odd = (text: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 2, arbitrary: text }, { weight: 1, arbitrary: ODD });

/** Random boards whose parts and groups have names, and odd ones. */
export const drawable: fc.Arbitrary<Board> = boardArbitrary().chain((board) => {
  const names = fc.infiniteStream(odd(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })));
  return fc.tuple(names, fc.infiniteStream(fc.boolean())).map(([stream, isNatural]) => {
    const next = () => stream.next().value as string;
    const named = (text: string) => (text.trim() === '' ? `x${next()}x` : text);
    const nodes = Object.values(board.nodes).map((node) => ({ ...node, name: named(next()) }));
    const groups = Object.values(board.groups).map((group) => ({ ...group, name: named(group.name) }));
    const byId = Object.fromEntries(nodes.map((node) => [node.id, node]));
    const edges = Object.values(board.edges).map((edge) => ({
      ...edge,
      ...(isNatural.next().value && {
        kind: edgeKindBetween(byId[edge.source]!.kind, byId[edge.target]!.kind),
      }),
      ...(edge.operations && { operations: edge.operations.map((each) => ({ ...each, name: next() })) }),
    }));
    const of = <R extends { id: string }>(records: R[]) =>
      Object.fromEntries(records.map((record) => [record.id, record]));
    return { ...board, nodes: of(nodes), groups: of(groups), edges: of(edges) };
  });
});
