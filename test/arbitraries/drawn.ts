/**
 * Boards such as people draw: parts of different names, each joined to another, one edge of a kind between two, groups that
 * stand apart. What other programs' formats can be asked to keep.
 */
import fc from 'fast-check';
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  EDGE_KINDS,
  emptyBoard,
  MARK_STATUSES,
  type Mark,
  NODE_KINDS,
  normaliseName,
} from '../../src/graph/index.ts';

/** One line of text with all that languages of diagrams give a meaning. */
const line = (maxLength: number) =>
  fc
    .string({
      unit: fc.constantFrom(
        ...'abcdefghijklmnopqrstuvwxyzABCZ0123456789   -_./:;,()[]{}<>|"\'#&%$@!?=+*~^`\\éßłж試🚀',
      ),
      minLength: 1,
      maxLength,
    })
    .map((text) => text.replace(/ +/g, ' ').trim())
    .filter((text) => /[a-z0-9]/i.test(text));
const word = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9-]{0,9}$/);
const name = fc.oneof({ weight: 3, arbitrary: word }, { weight: 2, arbitrary: line(24) });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const part = fc.record({
  name,
  kind: fc.constantFrom(...NODE_KINDS),
  technology: maybe(word),
  instances: maybe(fc.integer({ min: 1, max: 20 })),
  description: maybe(line(40)),
  links: maybe(fc.constantFrom(['https://example.org/runbook'], ['http://example.org/a?b=c#d'])),
  config: maybe(fc.record({ system: word, values: fc.dictionary(word, word, { minKeys: 1, maxKeys: 2 }) })),
  group: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 2 }),
});
const traffic = fc.record({
  from: fc.nat(),
  to: fc.nat(),
  kind: fc.constantFrom(...EDGE_KINDS),
  protocol: maybe(fc.constantFrom('HTTP', 'gRPC', 'AMQP', 'TCP')),
  operations: fc.uniqueArray(line(16), { maxLength: 2 }),
  mark: fc.option(fc.record({ status: fc.constantFrom(...MARK_STATUSES), hypothesis: maybe(line(20)) }), {
    nil: undefined,
    freq: 3,
  }),
});

/** Fields that are not there are absent, never undefined. */
const present = <T>(record: object): T =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;

export const drawnBoard: fc.Arbitrary<Board> = fc
  .record({
    title: line(20),
    parts: fc.uniqueArray(part, { minLength: 2, maxLength: 6, selector: (each) => normaliseName(each.name) }),
    edges: fc.array(traffic, { maxLength: 6 }),
    groups: fc.uniqueArray(line(12), { minLength: 3, maxLength: 3, selector: normaliseName }),
    notes: fc.uniqueArray(line(40), { maxLength: 2 }),
  })
  .map(({ title, parts, edges, groups, notes }) => {
    const board = emptyBoard('drawn', title);
    const rows = [0, 0, 0, 0];
    parts.forEach(({ group, ...said }, i) => {
      const row = group ?? 3;
      const node = present<BoardNode>({
        ...{ ...said, id: `n${i}`, position: [rows[row]!++ * 320, row * 400] as [number, number] },
        group: group === undefined ? undefined : `g${group}`,
      });
      board.nodes[node.id] = node;
      if (group !== undefined) board.groups[`g${group}`] = { id: `g${group}`, name: groups[group]! };
    });
    const ring = parts.map((_, i) => ({
      from: i,
      to: i + 1,
      kind: 'call' as const,
      protocol: undefined,
      operations: [],
      mark: undefined,
    }));
    const seen = new Set<string>();
    for (const { from, to, kind, protocol, operations, mark } of [...edges, ...ring]) {
      const [source, target] = [`n${from % parts.length}`, `n${to % parts.length}`];
      if (source === target || seen.has(`${source} ${target}`)) continue;
      seen.add(`${source} ${target}`);
      const id = `e${seen.size}`;
      const carried = operations.length > 0 ? operations.map((each) => ({ name: each })) : undefined;
      board.edges[id] = present<BoardEdge>({ id, source, target, kind, protocol, operations: carried });
      if (mark)
        board.marks[`m${id}`] = present<Mark>({
          ...mark,
          id: `m${id}`,
          subject: { type: 'edge', id },
          at: 0,
        });
    }
    notes.forEach((text, i) => {
      board.notes[`t${i}`] = { id: `t${i}`, text, position: [i * 320, 2000], size: [240, 120] };
    });
    return board;
  });
