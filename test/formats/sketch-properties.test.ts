import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completions, parseSketch, writeSketch } from '../../src/formats/index.ts';
import {
  type Board,
  type BoardNode,
  EDGE_KINDS,
  emptyBoard,
  type Id,
  isCarrier,
  isEmptyPatch,
  MARK_STATUSES,
  type Mark,
  NODE_KINDS,
  normaliseName,
  RESERVED_IDS,
} from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { drawn, sketched } from './sketching.ts';

/** Names as people give them, those that mean something else in the language, and anything. */
const odd = fc.constantFrom(
  '“',
  ...[
    'x3',
    'kafka',
    'service',
    'a.config',
    'config',
    '-',
    '->',
    'a->b',
    'a - b',
    'call',
    'ok',
    '"',
    '\\',
    '#1',
  ],
  ...[
    'a;b',
    'a,b',
    '[a]',
    '!a',
    'a: b',
    'a:b',
    'x=1',
    ' a',
    'a ',
    'load balancer',
    '日本',
    'é',
    '\n',
    '\u2028',
    '__proto__',
  ],
);
const anyText = (maxLength: number) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.stringMatching(/^[a-z][a-z0-9._-]{0,7}$/) },
    { weight: 2, arbitrary: odd },
    { weight: 1, arbitrary: fc.constantFrom('orders', 'Orders', 'cart') },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength }) },
  );
const name = anyText(20);
const technology = fc.oneof(
  fc.constantFrom('Kafka', 'PostgreSQL', 'Redis', 'Go', 'Node.js', 'a (b)', ' '),
  name,
);
const optional = { requiredKeys: [] as [] };

const node = fc
  .tuple(
    fc.record({ name, kind: fc.constantFrom(...NODE_KINDS, 'service', 'service', 'topic') }),
    fc.record({ technology, instances: fc.integer({ min: 0, max: 100_000 }) }, optional),
    fc.option(
      fc.tuple(
        name,
        fc.option(name),
        fc.dictionary(
          name.filter((key) => !RESERVED_IDS.has(key)),
          fc.oneof(name, fc.constant('')),
          { maxKeys: 3 },
        ),
      ),
    ),
    fc.option(fc.nat(2)),
  )
  .map(([main, more, config]) => ({
    ...main,
    ...more,
    ...(config && {
      config: { system: config[0], ...(config[1] !== null && { version: config[1] }), values: config[2] },
    }),
  }));

const edge = fc.record({
  from: fc.nat(),
  to: fc.nat(),
  kind: fc.constantFrom(...EDGE_KINDS),
  protocol: fc.option(fc.oneof(fc.constantFrom('HTTP', 'gRPC', 'HTTP/2', 'call', '->'), name)),
  operations: fc.uniqueArray(
    fc.oneof(name, fc.constantFrom('GET /cart', 'POST /a, b', 'a # b', 'orders v2')),
    {
      maxLength: 3,
    },
  ),
});
const mark = fc.record({
  on: fc.nat(),
  status: fc.constantFrom(...MARK_STATUSES),
  hypothesis: fc.option(name),
});

const family = ({ name: called, kind }: Pick<BoardNode, 'name' | 'kind'>) =>
  `${isCarrier(kind)} ${normaliseName(called)}`;

/** Boards that the language holds whole but for places: see docs/sketch.md for what it does not. */
const sketchable: fc.Arbitrary<Board> = fc
  .tuple(
    fc.uniqueArray(node, { maxLength: 7, selector: family }),
    fc.uniqueArray(name, { maxLength: 3, selector: normaliseName }),
    fc.array(fc.option(fc.nat(2)), { minLength: 7, maxLength: 7 }),
    fc.array(edge, { maxLength: 10 }),
    fc.array(mark, { maxLength: 4 }),
  )
  .map(([nodes, groups, memberships, edges, marks]) => {
    const board = emptyBoard('b');
    for (const [i, called] of groups.entries()) board.groups[`g${i}`] = { id: `g${i}`, name: called };
    for (const [i, each] of nodes.entries()) {
      const group = `g${memberships[i]}`;
      board.nodes[`n${i}`] = {
        ...each,
        id: `n${i}`,
        position: [(i % 3) * 320, Math.floor(i / 3) * 160],
        ...(board.groups[group] && { group }),
      };
    }
    const ends = new Set<string>();
    for (const { from, to, kind, protocol, operations } of edges) {
      if (nodes.length < 2) break;
      const [source, target] = [`n${from % nodes.length}`, `n${to % nodes.length}`];
      const id = `${source}-${target}-${kind}`;
      if (source === target || ends.has(id)) continue;
      ends.add(id);
      board.edges[id] = {
        ...{ id, source, target, kind },
        ...(protocol !== null && { protocol }),
        ...(operations.length > 0 && { operations: operations.map((each) => ({ name: each })) }),
      };
    }
    const subjects = [
      ...Object.keys(board.nodes).map((id) => ({ type: 'node' as const, id })),
      ...Object.keys(board.edges).map((id) => ({ type: 'edge' as const, id })),
    ];
    for (const { on, status, hypothesis } of marks) {
      const subject = subjects[on % subjects.length];
      if (!subject) break;
      const made: Mark = { id: `m-${subject.id}`, subject, status, at: 1 };
      board.marks[made.id] = hypothesis === null ? made : { ...made, hypothesis };
    }
    return board;
  });

/** All that the language holds of a board, told by names. */
function meaning(board: Board) {
  const called = (id: Id) => family(board.nodes[id]!);
  const end = (id: Id) =>
    `${called(board.edges[id]!.source)} ${board.edges[id]!.kind} ${called(board.edges[id]!.target)}`;
  const sorted = (lines: unknown[]) => lines.map((line) => JSON.stringify(line)).sort();
  return {
    nodes: sorted(
      Object.values(board.nodes)
        .map(({ id: _id, position: _position, group, config, ...node }) => ({
          ...node,
          name: node.name,
          group: group === undefined ? null : board.groups[group]!.name,
          config: config
            ? [
                config.system,
                config.version ?? null,
                Object.entries(config.values).sort(([a], [b]) => (a < b ? -1 : 1)),
              ]
            : null,
        }))
        .map((node) => Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)))),
    ),
    edges: sorted(
      Object.values(board.edges).map(({ id, protocol, operations }) => [
        end(id),
        protocol,
        operations?.map((o) => o.name),
      ]),
    ),
    marks: sorted(
      Object.values(board.marks).map(({ subject, status, hypothesis }) => [
        subject.type === 'node' ? called(subject.id) : end(subject.id),
        status,
        hypothesis,
      ]),
    ),
  };
}

const RUNS = { numRuns: 500 };

test('board → text → board keeps all that the language holds, and the text is stable', () => {
  fc.assert(
    fc.property(sketchable, (board) => {
      const text = writeSketch(board);
      const read = sketched(text);
      expect(read.faults).toEqual([]);
      expect(meaning(read.board)).toEqual(meaning(board));
      expect(writeSketch(read.board)).toBe(text);
    }),
    RUNS,
  );
});

test('the same text twice changes nothing the second time, nor does its own text on a board', () => {
  fc.assert(
    fc.property(sketchable, sketchable, (board, other) => {
      const own = sketched(writeSketch(board), board);
      expect(own.patch).toEqual({});
      const text = writeSketch(other);
      const once = sketched(text, board);
      const twice = sketched(text, once.board, 2000);
      expect(isEmptyPatch(twice.patch)).toBe(true);
      expect(twice.touched).toEqual(once.touched);
      for (const id in board.nodes) expect(once.board.nodes[id]?.position).toEqual(board.nodes[id]?.position);
    }),
    RUNS,
  );
});

/** Statements as hands type them: any pieces of the language in any order. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          ' -> ',
          '->',
          ' => ',
          ' ?> ',
          ' <- ',
          ' -gRPC-> ',
          ' -publish:"x"-> ',
          ', ',
          ': ',
          ':',
          '; ',
          '\n',
          ' ',
        ],
        ...[
          '[g: ',
          ']',
          '!',
          '!!',
          ' "why"',
          '"',
          ' (Java)',
          ' x3',
          '.config k=v',
          ' # no',
          'kafka:',
          'db:',
          '\r\n',
          '\\',
        ],
      ),
      fc.constantFrom('a', 'b', 'c', 'orders', 'Orders', '"a b"', 'kafka', 'x3', 'ok'),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 30 },
  )
  .map((list) => list.join(''));
const anything = fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 200 }));

test('any text is read without a throw, its faults lie in it, and what is good in it is drawn once', () => {
  fc.assert(
    fc.property(anything, boardArbitrary(), (text, board) => {
      const parsed = parseSketch(text);
      const lines = text.split('\n');
      if (!parsed.ok) expect(parsed.faults.length).toBeGreaterThan(0);
      for (const { line, column, length, reason } of parsed.ok ? [] : parsed.faults) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(length).toBeGreaterThanOrEqual(1);
        // A fault for what is missing stands one past the end.
        expect(column - 1 + length).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
        expect(reason).not.toBe('');
      }
      const once = drawn(parsed.statements, board);
      const twice = drawn(parsed.statements, once.board, 2000);
      expect(twice.patch).toEqual({});
      expect(twice.faults).toEqual(once.faults);
    }),
    { numRuns: 1000 },
  );
});

test('any board is written as text that is read without a fault', () => {
  fc.assert(
    fc.property(boardArbitrary(), (board) => {
      expect(parseSketch(writeSketch(board))).toMatchObject({ ok: true });
    }),
    RUNS,
  );
});

test('completions stand at the caret and never throw', () => {
  fc.assert(
    fc.property(anything, fc.nat(), sketchable, (text, place, board) => {
      const caret = place % (text.length + 1);
      const { from, to } = completions(text, caret, board);
      expect(from).toBeLessThanOrEqual(to);
      expect(to).toBe(caret);
      expect(from).toBeGreaterThanOrEqual(0);
    }),
    RUNS,
  );
});
