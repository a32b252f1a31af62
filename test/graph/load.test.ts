import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  COLLECTIONS,
  emptyBoard,
  loadBoard,
  NODE_KINDS,
  SCHEMA_VERSION,
  serializeBoard,
} from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { wrongWith } from './valid.ts';

const node = (name: string, more: object = {}) => ({ name, kind: 'service', position: [0, 0], ...more });
const load = (json: unknown) => loadBoard(json, 'fallback');
const faults = (json: unknown): string[] => {
  const loaded = load(json);
  if (loaded.ok || loaded.reason !== 'faults') throw new Error('was read');
  return loaded.faults.map(({ path, reason }) => `${path}: ${reason}`);
};
const faultPaths = (json: unknown) => faults(json).map((fault) => fault.split(': ')[0]);
const read = (json: unknown) => {
  const loaded = load(json);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded));
  expect(wrongWith(loaded.board)).toEqual([]);
  return loaded;
};

test('serialise → load is identity, and two saves of one board are one text', () => {
  fc.assert(
    fc.property(boardArbitrary(), (board) => {
      const text = serializeBoard(board);
      const { board: again, repairs } = read(JSON.parse(text));
      expect(again).toEqual(board);
      expect(repairs).toEqual([]);
      expect(serializeBoard(again)).toBe(text);
    }),
  );
});

test('any JSON is read or refused, never thrown at, and what is read is valid', () => {
  const hostile = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        schema: fc.oneof(fc.constantFrom(0, 1, 2, 3), fc.jsonValue()),
        ...Object.fromEntries(COLLECTIONS.map((name) => [name, fc.jsonValue()])),
      },
      { requiredKeys: [] },
    ),
  );
  fc.assert(
    fc.property(hostile, (json) => {
      const loaded = load(JSON.parse(JSON.stringify(json)));
      if (loaded.ok || loaded.reason === 'newer') expect(wrongWith(loaded.board)).toEqual([]);
      else for (const { reason } of loaded.faults) expect(reason).not.toBe('');
    }),
  );
});

describe('repairs are made and said', () => {
  test('a hand-written board lacks much', () => {
    const { board, repairs } = read({
      schema: 1,
      nodes: { a: { name: 'a' }, b: { name: 'b', kind: 'cache' } },
    });
    expect(board).toEqual({
      ...emptyBoard('fallback'),
      nodes: {
        a: { id: 'a', name: 'a', kind: 'service', position: [0, 0] },
        b: { id: 'b', name: 'b', kind: 'cache', position: [260, 0] },
      },
    });
    expect(repairs).toEqual([
      { path: 'nodes.a.position', reason: 'was missing; placed on a grid' },
      { path: 'nodes.a.kind', reason: 'was missing; taken as service' },
      { path: 'nodes.b.position', reason: 'was missing; placed on a grid' },
    ]);
  });

  test('references to nothing are left out', () => {
    const subject = (type: string, id: string) => ({ subject: { type, id }, at: 1 });
    const { board, repairs } = read({
      schema: 1,
      nodes: { a: node('a', { group: 'gone' }) },
      edges: { e: { source: 'a', target: 'gone' }, f: { source: 'gone', target: 'a' } },
      marks: {
        m: { ...subject('edge', 'e'), status: 'suspected' },
        t: { ...subject('node', 'toString'), status: 'suspected' },
      },
      experiments: {
        x: { ...subject('node', 'gone'), action: 'stopped' },
        y: { ...subject('node', 'a'), action: 'stopped', before: 'gone' },
      },
    });
    expect(board.edges).toEqual({});
    expect(board.marks).toEqual({});
    expect(board.experiments).toEqual({
      y: { id: 'y', part: { type: 'node', id: 'a' }, at: 1, action: 'stopped' },
    });
    expect(board.nodes.a).not.toHaveProperty('group');
    expect(repairs.map(({ path }) => path).sort()).toEqual(
      [
        'edges.e.target',
        'edges.f.source',
        'marks.m',
        'marks.t',
        'experiments.x',
        'experiments.y.before',
        'nodes.a.group',
      ].sort(),
    );
  });
});

test('an experiment goes with any of its parts, its symptom alone does not take it along', () => {
  const parts = (...ids: string[]) => ids.map((id) => ({ type: 'node', id }));
  const symptom = (id: string) => ({ subject: { type: 'edge', id }, metric: 'latency', q: 0.95 });
  const action = { action: 'stubbed', at: 1 };
  const { board, repairs } = read({
    schema: 3,
    nodes: { a: node('a'), b: node('b') },
    experiments: {
      both: { part: { type: 'several', parts: parts('a', 'b') }, ...action },
      half: { part: { type: 'several', parts: parts('a', 'gone') }, ...action },
      group: { part: { type: 'group', id: 'a' }, ...action },
      key: {
        part: { type: 'config', id: 'a', key: 'max.poll.records' },
        ...action,
        symptom: symptom('gone'),
      },
      instance: { part: { type: 'instance', id: 'gone', instance: 'gone-1' }, ...action },
    },
  });
  expect(Object.keys(board.experiments)).toEqual(['both', 'key']);
  expect(board.experiments.key).not.toHaveProperty('symptom');
  expect(repairs.map(({ path }) => path)).toEqual([
    'experiments.half',
    'experiments.group',
    'experiments.instance',
    'experiments.key.symptom',
  ]);
});

describe('refusals name the exact place', () => {
  test.each([
    [null, ''],
    [[], ''],
    ['text', ''],
    [{ schema: '1' }, 'schema'],
    [{ schema: 0.5 }, 'schema'],
    [{ schema: -1 }, 'schema'],
    [{ schema: 1, nodes: [] }, 'nodes'],
    [{ schema: 1, nodes: { a: 7 } }, 'nodes.a'],
    [{ schema: 1, nodes: { a: node('a', { id: 'b' }) } }, 'nodes.a.id'],
    [{ schema: 1, nodes: { a: node('a', { kind: 'blob' }) } }, 'nodes.a.kind'],
    [{ schema: 1, nodes: { a: node('a', { position: [0, '0'] }) } }, 'nodes.a.position.1'],
    [{ schema: 1, nodes: { a: node('a', { position: [0, 2e7] }) } }, 'nodes.a.position.1'],
    [{ schema: 1, nodes: { a: node('a', { links: ['javascript:alert(1)'] }) } }, 'nodes.a.links.0'],
    [{ schema: 1, nodes: { a: node('a', { colour: 'red' }) } }, 'nodes.a.colour'],
    [{ schema: 1, nodes: { a: node('x'.repeat(401)) } }, 'nodes.a.name'],
    [{ schema: 1, nodes: { '': node('a') } }, 'nodes.'],
    [{ schema: 1, edges: { e: { source: 'a' } } }, 'edges.e.target'],
    [{ schema: 1, title: 7 }, 'title'],
    [{ schema: 1, dreams: {} }, 'dreams'],
    [
      {
        schema: 1,
        sources: {
          s: { type: 'prometheus', name: 'p', url: 'http://me:secret@host', interval: 1000, window: 5000 },
        },
      },
      'sources.s.url',
    ],
  ])('%j at %s', (json, path) => {
    expect(faultPaths(json)).toContain(path);
  });

  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'the reserved key %s',
    (key) => {
      expect(faults(JSON.parse(`{"schema":1,"nodes":{"${key}":{"name":"a"}}}`))).toEqual([
        `nodes.${key}: is a reserved word`,
      ]);
    },
  );

  test('a reserved key deep inside a record', () => {
    const json = '{"schema":1,"nodes":{"a":{"name":"a","config":{"system":"s","values":{"__proto__":"x"}}}}}';
    expect(faults(JSON.parse(json))).toEqual(['nodes.a.config.values.__proto__: is a reserved word']);
  });

  test('more than 50,000 records', () => {
    const nodes = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, node(`n${i}`)]));
    expect(faults({ schema: 1, nodes: nodes(50_001) })).toEqual([
      ': 50001 records; at most 50000 can be read',
    ]);
    expect(read({ schema: 1, nodes: nodes(50_000) }).repairs).toEqual([]);
  });

  test('many faults: twenty, and how many more', () => {
    const nodes = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`n${i}`, i]));
    const found = faults({ schema: 1, nodes });
    expect(found).toHaveLength(21);
    expect(found.at(-1)).toBe(': and 10 more faults');
  });
});

describe('older versions', () => {
  test('version 0 had lists', () => {
    const { board } = read({
      title: 'Old',
      nodes: [node('a', { id: 'a' }), node('nameless')],
      edges: [{ id: 'e', source: 'a', target: 'item-1' }],
    });
    expect(board.schema).toBe(SCHEMA_VERSION);
    expect(board.events).toEqual({});
    expect(Object.keys(board.nodes)).toEqual(['a', 'item-1']);
    expect(board.edges.e).toEqual({ id: 'e', source: 'a', target: 'item-1', kind: 'call' });
  });

  test('an experiment had a subject, and a verdict in words', () => {
    const { board, repairs } = read({
      schema: 2,
      nodes: { a: node('a') },
      experiments: {
        x: { subject: { type: 'node', id: 'a' }, action: 'bypassed', at: 1, verdict: 'No better.' },
      },
    });
    expect(board.experiments).toEqual({
      x: { id: 'x', part: { type: 'node', id: 'a' }, action: 'bypassed', at: 1, note: 'No better.' },
    });
    expect(repairs).toEqual([]);
    expect(faultPaths({ schema: 2, experiments: { x: 7 } })).toEqual(['experiments.x']);
    expect(faultPaths({ schema: 2, experiments: [] })).toEqual(['experiments']);
  });

  test('two of one id are refused, not lost', () => {
    expect(faults({ nodes: [node('a', { id: 'x' }), node('b', { id: 'x' })] })).toEqual([
      'nodes.1.id: "x" is the id of an earlier one, too',
    ]);
  });
});

test('a newer board opens for reading, with what is understood of it', () => {
  const json = JSON.parse(`{
    "schema": ${SCHEMA_VERSION + 1}, "id": "b", "title": "New", "dreams": {"d": {}},
    "nodes": {
      "a": {"id": "a", "name": "a", "kind": "service", "position": [0, 0], "mood": "fine", "match": {"names": [], "re": "x"}},
      "b": {"id": "b", "name": "b", "kind": "quantum", "position": [0, 0]},
      "__proto__": {"id": "p", "name": "p", "kind": "service", "position": [0, 0]}
    },
    "edges": {
      "kept": {"source": "a", "target": "a", "kind": "call"},
      "lost": {"source": "a", "target": "b", "kind": "call"}
    }
  }`);
  const loaded = load(json);
  expect(loaded).toEqual({
    ok: false,
    reason: 'newer',
    version: SCHEMA_VERSION + 1,
    board: {
      ...emptyBoard('b', 'New'),
      nodes: { a: { id: 'a', name: 'a', kind: 'service', position: [0, 0], match: { names: [] } } },
      edges: { kept: { id: 'kept', source: 'a', target: 'a', kind: 'call' } },
    },
  });
  expect(load({ schema: SCHEMA_VERSION + 1, id: '', title: 7 })).toMatchObject({
    board: { id: 'fallback', title: 'Untitled board' },
  });
});

describe('docs/board.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/board.md'), 'utf8');
  const [smallest, whole] = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => JSON.parse(json!));

  test('its examples are boards', () => {
    expect(read(smallest).board.edges.e1).toMatchObject({ source: 'web', target: 'db' });
    const { board, repairs } = read(whole);
    expect(repairs).toEqual([]);
    expect(board).toEqual(whole);
    for (const collection of COLLECTIONS) expect(board[collection]).not.toEqual({});
  });

  test('it names every collection and kind', () => {
    for (const word of [...COLLECTIONS, ...NODE_KINDS]) expect(text).toContain(`\`${word}\``);
  });
});
