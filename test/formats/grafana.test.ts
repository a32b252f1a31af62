/** Grafana's node graphs: the forms in which their frames come, and which of their statistics are figures. */
import { describe, expect, test } from 'vitest';
import { drop, edgeBetween, hops, opened, parts, readingOf, refused } from './drop.ts';

type Column = [name: string, values: unknown[], config?: object];
const NODES: Column[] = [
  ['id', ['a', 'b', 'c']],
  ['title', ['web', 'cart', 'orders-db']],
  ['subTitle', ['frontend', '', 'database']],
  ['mainStat', [12.5, 3, null], { unit: 'ms/r', displayName: 'Average response time' }],
  ['secondaryStat', [2, 0.5, null], { unit: 'r/sec', displayName: 'Requests per second' }],
  ['arc__success', [0.75, 1, 1]],
  ['arc__failed', [0.25, 0, 0], { displayName: 'Failed' }],
  ['detail__team', ['Tills', '', '']],
];
const EDGES: Column[] = [
  ['id', ['a_b', 'b_c']],
  ['source', ['a', 'b']],
  ['target', ['b', 'c']],
  ['mainStat', ['120 req/min', '40 ms']],
];

const answerFrame = (name: string, columns: Column[]) => ({
  schema: {
    name,
    meta: { preferredVisualisationType: 'nodeGraph' },
    fields: columns.map(([field, , config]) => ({ name: field, config })),
  },
  data: { values: columns.map(([, values]) => values) },
});
const panelFrame = (name: string, columns: Column[]) => ({
  ...{ name, length: columns[0]![1].length },
  fields: columns.map(([field, values, config = {}]) => ({ name: field, values, config, type: 'string' })),
});
const rows = (columns: Column[]) =>
  columns[0]![1].map((_, i) => Object.fromEntries(columns.map(([name, values]) => [name, values[i]])));
const lowered = (columns: Column[]): Column[] =>
  columns.map(([name, ...rest]) => [name.toLowerCase(), ...rest]);

describe('frames', () => {
  const frames = (make: typeof answerFrame | typeof panelFrame) => [
    make('nodes', NODES),
    make('edges', EDGES),
  ];
  test.each<[string, unknown]>([
    ['of an answer', { results: { A: { status: 200, frames: frames(answerFrame) } } }],
    ['as the inspector shows them', frames(answerFrame)],
    ['of panel data', { state: 'Done', series: frames(panelFrame), annotations: [] }],
    [
      'in the snapshot of a dashboard',
      {
        schemaVersion: 39,
        panels: [{ id: 1, title: 'p', type: 'nodeGraph', snapshotData: frames(panelFrame) }],
      },
    ],
    [
      'that a dashboard holds as text',
      {
        panels: [
          { id: 1, type: 'nodeGraph', targets: [{ rawFrameContent: JSON.stringify(frames(answerFrame)) }] },
        ],
      },
    ],
    ['in lower case', [answerFrame('n', lowered(NODES)), answerFrame('e', lowered(EDGES))]],
  ])('%s', (_name, value) => {
    const found = opened('graph.json', JSON.stringify(value));
    expect(found.format).toBe('grafana');
    expect(parts(found)).toEqual(['database orders-db', 'service cart', 'service web']);
    expect(hops(found)).toEqual(['cart -query-> orders-db', 'web -call-> cart']);
    const node = (name: string) => Object.values(found.board.nodes).find((each) => each.name === name)!;
    expect(node('web')).toMatchObject({
      description: 'frontend\nAverage response time: 12.5 ms/r, team: Tills',
      match: { names: ['a'] },
    });
    expect(readingOf(found, node('web').id, 'rate', null)).toMatchObject({ value: 2, window: 0, at: 0 });
    expect(readingOf(found, node('web').id, 'errors', null)?.value).toBe(0.25);
    expect(readingOf(found, node('cart').id, 'errors', null)?.value).toBe(0);
    expect(readingOf(found, edgeBetween(found, 'web', 'cart').id, 'rate', null)?.value).toBe(2);
    expect(edgeBetween(found, 'cart', 'orders-db')).toMatchObject({ description: '40 ms' });
    expect(found.repairs.map(({ reason }) => reason)).toEqual([expect.stringMatching(/dated by when/)]);
  });
});

test('lists of objects, alone and together', () => {
  const both = opened('g.json', JSON.stringify({ nodes: rows(NODES), edges: rows(EDGES) }));
  expect(both.format).toBe('grafana');
  expect(hops(both)).toEqual(['cart -query-> orders-db', 'web -call-> cart']);
  expect(edgeBetween(both, 'web', 'cart').origins).toEqual([
    { how: 'observed', from: 'g.json', at: 'edges.0' },
  ]);
  const edges = opened('g.json', JSON.stringify(rows(EDGES)));
  expect(hops(edges)).toEqual(['a -call-> b', 'b -call-> c']);
  expect(parts(opened('g.json', JSON.stringify(rows(NODES))))).toHaveLength(3);
});

test('other JSON is left to others, broken rows are told', () => {
  for (const other of [
    [{ id: 1 }],
    { nodes: [{ id: 'a', name: 'x' }] },
    { series: [] },
    { nodes: [{ id: 'a', name: 'x', kind: 'service' }], edges: [{ id: 'e', source: 'a', target: 'a' }] },
    { schema: 3, nodes: {}, edges: {} },
    [{ source: 'a', target: 'b' }],
    null,
  ])
    expect(drop('g.json', JSON.stringify(other))).not.toMatchObject({ format: 'grafana' });
  const found = opened('g.json', JSON.stringify([...rows(EDGES), { id: 'x', source: 'a' }]));
  expect(found.repairs.slice(0, 1)).toEqual([
    { path: '2', reason: 'must have a source and a target; left out' },
  ]);
  expect(refused('g.json', '[{"id":"x","source":"a","target":null}]').path).toBe('0');
});

test('frames that name the same nodes again are read quickly', () => {
  const began = performance.now();
  const ids = Array.from({ length: 4000 }, (_, i) => `n${i}`);
  const frame = panelFrame('nodes', [
    ['id', ids],
    ['title', ids],
  ]);
  const found = opened('g.json', JSON.stringify({ series: Array(100).fill(frame) }));
  expect(parts(found)).toHaveLength(4000);
  expect(performance.now() - began).toBeLessThan(5000);
});

test('a dashboard without data says what to take instead', () => {
  const panel = { id: 1, title: 'Calls', type: 'nodeGraph', targets: [{ refId: 'A' }] };
  for (const value of [panel, { schemaVersion: 39, panels: [panel] }, { dashboard: { panels: [panel] } }])
    expect(refused('x.json', JSON.stringify(value)).reason).toMatch(/not what was answered.*Inspect/);
});
