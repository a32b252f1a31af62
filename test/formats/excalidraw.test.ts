/** Excalidraw: bound and loose arrows, names bound and lying on shapes, frames and groups, and boards there and back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXCALIDRAW, EXCALIDRAW_CLIPBOARD } from '../../src/formats/excalidraw/format.ts';
import { applyPatch, emptyBoard, importGraph, loadBoard } from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { drawable, kept } from './drawn.ts';
import { edgeBetween, hops, opened, parts, refused } from './drop.ts';

type Json = Record<string, unknown>;
const box = (id: string, [x, y]: [number, number], more: Json = {}) => ({
  ...{ id, type: 'rectangle', x, y, width: 200, height: 80, groupIds: [], frameId: null, isDeleted: false },
  ...more,
});
const label = (containerId: string, text: string) => ({
  ...{ id: `${containerId}-t`, type: 'text', x: 0, y: 0, width: 10, height: 10, text, containerId },
});
const loose = (id: string, text: string, [x, y]: [number, number], more: Json = {}) => ({
  ...{ id, type: 'text', x, y, width: 60, height: 20, text, containerId: null },
  ...more,
});
const arrow = (id: string, from: string | null, to: string | null, more: Json = {}) => ({
  ...{
    id,
    type: 'arrow',
    x: 0,
    y: 0,
    width: 1,
    height: 1,
    points: [
      [0, 0],
      [1, 1],
    ],
  },
  startBinding: from && { elementId: from, focus: 0, gap: 1 },
  endBinding: to && { elementId: to, focus: 0, gap: 1 },
  ...{ startArrowhead: null, endArrowhead: 'arrow' },
  ...more,
});
const read = (...elements: unknown[]) =>
  opened(
    's.excalidraw',
    JSON.stringify({ type: 'excalidraw', version: 2, elements, appState: {}, files: {} }),
  );

describe('reading', () => {
  test('bound arrows are edges, bound texts are names', () => {
    const found = read(
      box('a', [0, 0]),
      label('a', 'checkout'),
      box('b', [400, 0], { type: 'ellipse', link: 'https://db.example' }),
      label('b', 'Postgres'),
      box('gone', [0, 300], { isDeleted: true }),
      loose('n', 'Ann knows', [0, 600]),
      arrow('x', 'a', 'b', { boundElements: [{ type: 'text', id: 'x-t' }] }),
      label('x', 'SELECT orders\nSQL'),
      { id: 'f', type: 'freedraw', x: 0, y: 0, width: 9, height: 9, points: [] },
    );
    expect(found).toMatchObject({ format: 'excalidraw', placed: true, repairs: [] });
    expect(hops(found)).toEqual(['checkout -query-> Postgres']);
    expect(edgeBetween(found, 'checkout', 'Postgres')).toMatchObject({
      ...{ operations: [{ name: 'SELECT orders' }, { name: 'SQL' }] },
      origins: [{ how: 'stated', from: 's.excalidraw', at: 'elements.6' }],
    });
    expect(Object.values(found.board.nodes)[1]).toMatchObject({
      links: ['https://db.example'],
      position: [408, 4],
    });
    expect(Object.values(found.board.notes)).toMatchObject([
      { text: 'Ann knows', position: [0, 600], size: [60, 20] },
    ]);
  });

  test('loose arrows mean what they touch; lines that touch nothing are left out', () => {
    const found = read(
      ...[
        box('a', [0, 0]),
        label('a', 'a'),
        box('b', [400, 0]),
        label('b', 'b'),
        box('c', [800, 0]),
        label('c', 'c'),
      ],
      arrow('x', null, null, {
        x: 205,
        y: 40,
        points: [
          [0, 0],
          [190, 0],
        ],
      }),
      arrow('y', 'b', null, {
        x: 600,
        y: 40,
        points: [
          [0, 0],
          [210, 0],
        ],
        startArrowhead: 'dot',
        endArrowhead: null,
      }),
      arrow('z', 'a', null, {
        x: 0,
        y: 0,
        points: [
          [0, 0],
          [0, -300],
        ],
      }),
      { ...arrow('l', null, null), type: 'line' },
    );
    expect(hops(found)).toEqual(['a -call-> b', 'c -call-> b']);
    expect(found.repairs.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^lines that touch.*: 2$/),
      expect.stringMatching(/^lines that do not join.*: 1$/),
    ]);
  });

  test('frames, groups of parts and shapes around others are groups', () => {
    const found = read(
      { ...box('f', [-20, -20], { width: 300, height: 200 }), type: 'frame', name: 'Shop' },
      ...[box('a', [0, 0], { frameId: 'f' }), label('a', 'a')],
      ...[box('b', [1000, 0], { groupIds: ['g'] }), label('b', 'b')],
      ...[
        box('c', [1400, 0], { groupIds: ['g'] }),
        label('c', 'c'),
        loose('t', 'Bank', [1150, 90], { groupIds: ['g'] }),
      ],
      box('around', [0, 900], { width: 600, height: 300 }),
      loose('title', 'Cellar', [10, 910]),
      ...[box('d', [100, 1000]), label('d', 'd'), arrow('x', 'a', 'd')],
    );
    const { nodes, groups } = found.board;
    expect(Object.values(nodes).map(({ name, group }) => [name, group && groups[group]?.name])).toEqual([
      ...[
        ['a', 'Shop'],
        ['d', 'Cellar'],
        ['b', 'Bank'],
        ['c', 'Bank'],
      ],
    ]);
  });

  test('an icon of several shapes with its name below is one part', () => {
    const icon = (id: string, at: [number, number], type: string) =>
      box(id, at, { type, groupIds: ['g'], width: 60, height: 20 });
    const found = read(
      ...[icon('top', [0, 0], 'ellipse'), icon('side', [0, 10], 'rectangle')],
      loose('name', 'Redis', [0, 60], { groupIds: ['g'] }),
      ...[box('a', [400, 0]), label('a', 'a'), arrow('x', 'a', 'side')],
    );
    expect(hops(found)).toEqual(['a -query-> Redis']);
    expect(parts(found)).toEqual(['cache Redis', 'service a']);
  });

  test('faults are told with their places', () => {
    const found = read(
      box('a', [0, 0]),
      label('a', 'a'),
      3,
      box('a', [9, 9]),
      box('b', [0, 0], { x: null }),
      arrow('x', 'a', 'b'),
    );
    expect(found.repairs.map(({ path }) => path)).toEqual(['elements.2', 'elements.3.id', 'elements.4', '']);
    expect(refused('s.excalidraw', '{"type":"excalidraw","elements":{}}').path).toBe('elements');
    expect(refused('s.excalidraw', '{"type":"excalidraw","elements":[]}').reason).toMatch(/no part/);
    expect(refused('s.excalidraw', '{"type":"excalidraw","elements":[').path).toBe('1:34');
  });
});

test.each([
  ['a file', EXCALIDRAW],
  ['the clipboard', EXCALIDRAW_CLIPBOARD],
])('a board is the same after it was written to %s and read', (_name, format) => {
  fc.assert(
    fc.property(boardArbitrary().map(drawable), (board) => {
      const text = format.write!(board);
      if (Object.keys(board.nodes).length === 0) return void refused('pasted', text);
      const found = opened('pasted', text);
      expect(found.format).toBe('excalidraw');
      expect(kept(found.board)).toEqual(kept(board));
      expect(loadBoard(JSON.parse(JSON.stringify(found.board)), 'x').ok).toBe(true);
    }),
  );
});

test('what is written holds together as Excalidraw’s own drawings do', () => {
  fc.assert(
    fc.property(boardArbitrary(), (board) => {
      const { elements } = JSON.parse(EXCALIDRAW.write!(board)) as { elements: (Json & { id: string })[] };
      const byId = new Map(elements.map((element) => [element.id, element]));
      expect(byId.size).toBe(elements.length);
      const boundTo = (id: unknown) => (byId.get(String(id))?.boundElements ?? []) as { id: string }[];
      for (const { id, type, containerId, frameId, startBinding, endBinding, ...rest } of elements) {
        for (const number of [rest.x, rest.y, rest.width, rest.height])
          expect(Number.isFinite(number)).toBe(true);
        if (containerId) expect(boundTo(containerId).map((each) => each.id)).toContain(id);
        if (frameId) expect(byId.get(String(frameId))?.type).toBe('frame');
        for (const end of type === 'arrow' ? [startBinding, endBinding] : [])
          expect(boundTo((end as { elementId: string }).elementId).map((each) => each.id)).toContain(id);
      }
    }),
  );
});

test('drawings that programs write, pictures with their names below, and pages of Obsidian’s plugin', () => {
  const drawing = {
    type: 'excalidraw',
    elements: [
      { id: 'a', type: 'rectangle', x: 0, y: 0, width: 100, height: 50, label: { text: 'API Gateway' } },
      { id: 'b', type: 'image', x: 300, y: 0, width: 60, height: 60 },
      { id: 't', type: 'text', x: 300, y: 66, width: 60, height: 20, text: 'Postgres' },
      { id: 'e', type: 'arrow', x: 100, y: 25, start: { id: 'a' }, end: { id: 'b' }, label: { text: 'SQL' } },
    ],
  };
  const page = `---\n\nexcalidraw-plugin: parsed\n\n---\n# Text\nx ^1\n\n# Drawing\n\`\`\`json\n${JSON.stringify(drawing)}\n\`\`\`\n%%\n`;
  for (const found of [opened('a.excalidraw', JSON.stringify(drawing)), opened('a.md', page)]) {
    expect(found.format).toBe('excalidraw');
    expect(parts(found)).toEqual(['database Postgres', 'gateway API Gateway']);
    expect(hops(found)).toEqual(['API Gateway -query-> Postgres']);
  }
  expect(refused('a.md', page.replace('```json', '```compressed-json')).reason).toMatch(/packed/);
});

test('a legend is no part of the system', () => {
  const box = (id: string, x: number, y: number, text: string, size = 100) => ({
    ...{ id, type: 'rectangle', x, y, width: size, height: size / 2, label: { text } },
  });
  const arrow = (id: string, start: string, end: string) => ({
    ...{ id, type: 'arrow', x: 0, y: 0, start: { id: start }, end: { id: end } },
  });
  const frame = { id: 'f', type: 'frame', x: -20, y: 480, width: 600, height: 300, name: 'Legend' };
  const found = opened(
    'a.excalidraw',
    JSON.stringify({
      type: 'excalidraw',
      elements: [
        ...[box('a', 0, 0, 'Web'), box('b', 300, 0, 'Orders'), arrow('ab', 'a', 'b'), frame],
        ...[box('l', 0, 500, 'Service'), box('m', 300, 500, 'Store'), arrow('lm', 'l', 'm')],
      ],
    }),
  );
  expect([...parts(found), ...hops(found)]).toEqual(['service Orders', 'service Web', 'Web -call-> Orders']);
  expect(found.repairs.map(({ reason }) => reason)).toEqual(['parts of a legend, left out: 2']);
});

test('its notes come along to an empty board, and to no other', () => {
  const elements = [
    { id: 'a', type: 'rectangle', x: 0, y: 0, width: 100, height: 50, label: { text: 'Web' } },
    { id: 't', type: 'text', x: 0, y: 600, width: 60, height: 20, text: 'ask ops' },
  ];
  const { board: graph } = opened('a.excalidraw', JSON.stringify({ type: 'excalidraw', elements }));
  const taken = (board: typeof graph) =>
    applyPatch(board, importGraph(board, { graph, readings: [], newId: () => 'new' })).board;
  const first = taken(emptyBoard('b'));
  expect(Object.values(first.notes).map(({ text }) => text)).toEqual(['ask ops']);
  expect(taken(first)).toEqual(first);
});
