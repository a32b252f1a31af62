/** What holds of every format that there is, and of those that will be: each is asked what it says of itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS, type Format, readFile, readFiles } from '../../src/formats/index.ts';
import { type Board, serializeBoard } from '../../src/graph/index.ts';
import { drawnBoard } from '../arbitraries/drawn.ts';
import { bytesOf } from './drop.ts';

type Aspect = NonNullable<Format['keeps']>[number];

const context = () => {
  let count = 0;
  return { newId: () => `id-${count++}`, now: 0 };
};
const isRead = ({ read, readMany }: Format) => (read ?? readMany) !== undefined;
const both = FORMATS.filter((format) => isRead(format) && format.write);

function readBack({ id, write }: Format, board: Board): Board {
  const read = readFile({ name: 'written', bytes: bytesOf(write!(board)) }, context(), id);
  if (!read.ok)
    expect.unreachable(`${id} does not read what it wrote: ${JSON.stringify(read.faults)}\n${write!(board)}`);
  return (read as Extract<typeof read, { ok: true }>).board;
}

const nodesOf = (board: Board) => Object.values(board.nodes);
const edgesOf = (board: Board) => Object.values(board.edges);
const ends = (board: Board, { source, target }: { source: string; target: string }) =>
  `${board.nodes[source]!.name} → ${board.nodes[target]!.name}`;
const ofNodes = (what: (node: Board['nodes'][string], board: Board) => unknown) => (board: Board) =>
  nodesOf(board).map((node) => [node.name, what(node, board) ?? null]);
const ofEdges = (what: (edge: Board['edges'][string]) => unknown) => (board: Board) =>
  edgesOf(board).map((edge) => [ends(board, edge), what(edge) ?? null]);

/** Relative to the first part by name: a drawing may be moved as a whole. */
function placesOf(board: Board): unknown[] {
  const [first] = nodesOf(board).sort((a, b) => (a.name < b.name ? -1 : 1));
  return nodesOf(board).map(({ name, position: [x, y] }) => [
    name,
    Math.round(x - first!.position[0]),
    Math.round(y - first!.position[1]),
  ]);
}

/** What it is to keep an aspect: this is the same before and after, in any order. */
const ASPECTS: Record<Aspect, (board: Board) => unknown[]> = {
  names: (board) => nodesOf(board).map(({ name }) => name),
  kinds: ofNodes(({ kind }) => kind),
  technologies: ofNodes(({ technology }) => technology),
  instances: ofNodes(({ instances }) => instances),
  descriptions: ofNodes(({ description }) => description),
  links: ofNodes(({ links }) => links),
  config: ofNodes(({ config }) => config && [config.system, Object.entries(config.values).sort()]),
  'telemetry names': ofNodes(({ match }) => match?.names),
  edges: (board) => edgesOf(board).map((edge) => ends(board, edge)),
  'edge kinds': ofEdges(({ kind }) => kind),
  operations: ofEdges(({ operations }) => operations?.map(({ name }) => name).sort()),
  protocols: ofEdges(({ protocol }) => protocol),
  groups: ofNodes(({ group }, { groups }) => group && groups[group]?.name),
  places: placesOf,
  notes: (board) => Object.values(board.notes).map(({ text }) => text),
  marks: (board) =>
    Object.values(board.marks).map(({ subject, status, hypothesis }) => [
      subject.type === 'edge' ? ends(board, board.edges[subject.id]!) : board.nodes[subject.id]!.name,
      status,
      hypothesis ?? null,
    ]),
  figures: (board) =>
    Object.values(board.snapshots).flatMap(({ readings }) => readings.map(({ value }) => value)),
  everything: (board) => [serializeBoard(board)],
};

const inAnyOrder = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).sort();

it('every format has an id of its own, and says in words what it reads, writes, keeps and loses', () => {
  expect(new Set(FORMATS.map(({ id }) => id)).size).toBe(FORMATS.length);
  for (const format of FORMATS) {
    const { id, name, suffixes, suffix, reads, write, writes, keeps, loses } = format;
    expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
    expect(name, id).not.toBe('');
    expect(isRead(format) || write !== undefined, id).toBe(true);
    if (isRead(format)) {
      expect(reads, id).toMatch(/\.$/);
      expect(suffixes.length, id).toBeGreaterThan(0);
    }
    for (const each of suffixes) expect(each, id).toMatch(/^[a-z0-9.-]+\.?[a-z0-9.-]+$/);
    if (!write) continue;
    expect(writes, id).toMatch(/\.$/);
    expect(suffix ?? suffixes[0], id).toMatch(/^\./);
    // a sentence that ends in it is made of this
    if (loses !== undefined) expect(loses, id).not.toMatch(/\.$/);
    expect((keeps?.includes('everything') ?? false) || loses !== undefined, id).toBe(true);
  }
});

describe.each(both.map((format) => [format.id, format] as const))('%s', (id, format) => {
  it('is known by its content, under a name that says nothing', () => {
    fc.assert(
      fc.property(drawnBoard, (board) => {
        const bytes = bytesOf(format.write!(board));
        const [only] = readFiles([{ name: 'file', bytes }], context());
        expect(only!.read).toMatchObject({ ok: true, format: id });
      }),
      { numRuns: 25 },
    );
  });

  it(`keeps ${format.keeps?.join(', ') ?? 'nothing that it names'}`, () => {
    expect(format.keeps).toBeDefined();
    fc.assert(
      fc.property(drawnBoard, (board) => {
        const again = readBack(format, board);
        for (const aspect of format.keeps ?? [])
          expect(inAnyOrder(ASPECTS[aspect](again)), aspect).toEqual(inAnyOrder(ASPECTS[aspect](board)));
      }),
      { numRuns: 60 },
    );
  });

  it('writes the same again of what it read', () => {
    fc.assert(
      fc.property(drawnBoard, (board) => {
        const once = format.write!(readBack(format, board));
        expect(format.write!(readBack(format, readBack(format, board)))).toBe(once);
      }),
      { numRuns: 15 },
    );
  });
});

it('a claim to keep what is lost would be noticed', () => {
  const mermaid = FORMATS.find(({ id }) => id === 'mermaid')!;
  const lost = fc.check(
    fc.property(drawnBoard, (board) => {
      expect(inAnyOrder(ASPECTS.instances(readBack(mermaid, board)))).toEqual(
        inAnyOrder(ASPECTS.instances(board)),
      );
    }),
  );
  expect(lost.failed).toBe(true);
});
