/** Kiali's graph of a mesh: what is drawn, which figures are taken and which are not, and what is said of the rest. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyPatch, emptyBoard, mergeGraph, normaliseName } from '../../src/graph/index.ts';
import { drop, edgeBetween, fixture, hops, type Opened, opened, parts, readingOf, refused } from './drop.ts';

const shop = () => opened('shop.json', fixture('shop.kiali.json'));
const nodeNamed = ({ board }: Opened, name: string) =>
  Object.values(board.nodes).find((node) => node.name === name)!;
const figure = (read: Opened, source: string, target: string, metric: 'rate' | 'errors' | 'latency') =>
  readingOf(read, edgeBetween(read, source, target).id, metric, null);

type Data = Record<string, unknown>;
const graph = (nodes: Data[], edges: Data[] = [], of: Data = { timestamp: 1_772_600_400, duration: 60 }) =>
  JSON.stringify({
    ...of,
    graphType: 'workload',
    elements: { nodes: nodes.map((data) => ({ data })), edges: edges.map((data) => ({ data })) },
  });
const workload = (id: string, more: Data = {}): Data => ({
  ...{ id, nodeType: 'workload', cluster: 'c', namespace: 'n', workload: id },
  ...more,
});
const http = (rates: Data, more: Data = {}): Data => ({
  ...{ id: 'e', source: 'a', target: 'b', traffic: { protocol: 'http', rates, ...more } },
});

test('parts with their kinds, and who calls whom', () => {
  const read = shop();
  expect(read.format).toBe('kiali');
  expect(parts(read)).toEqual([
    'client unknown client',
    'external pay.example',
    'external unknown external',
    'gateway ingress',
    'service audit.bank',
    'service audit.shop',
    'service cart',
    'service cart v1',
    'service cart v2',
    'service front',
    'service ledger',
  ]);
  expect(hops(read)).toEqual([
    'audit.bank -call-> ledger',
    'cart -call-> cart v1',
    'cart -call-> cart v2',
    'cart v1 -call-> pay.example',
    'cart v2 -call-> unknown external',
    'front -call-> audit.bank',
    'front -call-> audit.shop',
    'front -call-> cart',
    'ingress -call-> front',
    'unknown client -call-> ingress',
  ]);
  expect(edgeBetween(read, 'audit.bank', 'ledger').protocol).toBe('TCP, HTTP, gRPC');
  expect(nodeNamed(read, 'cart v2').description).toBe('In Kiali: fault injection.');
});

test('a part goes by every name that is its alone', () => {
  const read = shop();
  const names = (name: string) => nodeNamed(read, name).match?.names;
  expect(names('front')).toEqual([
    'front.shop',
    'front-v1',
    'front-v1.shop',
    'storefront',
    'storefront.shop',
  ]);
  expect(names('cart v1')).toEqual(['cart-v1', 'cart-v1.shop']);
  expect(names('audit.bank')).toEqual(['audit-bank', 'audit-bank.bank']);
  expect(names('unknown client')).toBeUndefined();
});

test('boxes are groups; of boxes in boxes the inner one, which says what it is in', () => {
  const { board, repairs } = shop();
  const groups = Object.values(board.groups).map(({ id, name, description }) => ({
    ...{ name, description },
    members: Object.values(board.nodes)
      .filter((node) => node.group === id)
      .map((node) => node.name)
      .sort(),
  }));
  expect(groups).toEqual([
    { name: 'shop', description: undefined, members: ['audit.shop', 'front'] },
    { name: 'cart', description: 'In shop.', members: ['cart', 'cart v1', 'cart v2'] },
    { name: 'bank', description: undefined, members: ['audit.bank', 'ledger', 'pay.example'] },
  ]);
  expect(repairs.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(/^boxes inside of boxes.*: 1$/),
  );
});

test('rates and errors are of the graph’s time, with what is counted', () => {
  const read = shop();
  expect(figure(read, 'ingress', 'front', 'rate')).toMatchObject({
    ...{ value: 40, at: 1_772_600_400_000, window: 300_000, instance: null, instances: null, samples: null },
    provenance: { source: 'file:shop.json', label: 'Kiali graph shop.json', simulated: false },
  });
  expect(figure(read, 'ingress', 'front', 'errors')).toMatchObject({
    value: 2 / 40,
    provenance: { note: expect.stringMatching(/^answers of 500 and above/) },
  });
  expect(figure(read, 'front', 'cart', 'errors')?.value).toBe(0);
  expect(figure(read, 'front', 'audit.shop', 'errors')).toMatchObject({
    value: 0.1,
    provenance: { note: 'gRPC statuses other than OK' },
  });
  // 404 with NR: there was no route, and nothing arrived.
  expect(figure(read, 'cart v2', 'unknown external', 'errors')?.value).toBe(1);
});

test('protocols between the same two parts are counted together, bytes are not', () => {
  const read = shop();
  expect(figure(read, 'audit.bank', 'ledger', 'rate')?.value).toBe(8);
  expect(figure(read, 'audit.bank', 'ledger', 'errors')?.value).toBe(2 / 8);
  expect(read.repairs.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^bytes a second of TCP.*: 1$/),
      expect.stringMatching(/^parts joined over several protocols.*: 1$/),
      'connections without a rate: 1',
    ]),
  );
});

test('messages are not called requests, and nothing is known of their failing', () => {
  const read = shop();
  expect(figure(read, 'front', 'audit.bank', 'rate')).toMatchObject({
    value: 250,
    provenance: { note: 'messages, not requests' },
  });
  expect(figure(read, 'front', 'audit.bank', 'errors')).toBeUndefined();
});

test('a response time of which nobody knows whether it is a quantile is a description, and no latency', () => {
  const read = shop();
  expect(read.readings.map(({ metric }) => metric)).not.toContain('latency');
  expect(edgeBetween(read, 'cart', 'cart v2').description).toBe(
    'Kiali’s response time at 2026-03-04T05:00:00.000Z: 2012 ms, an average or a quantile; which of them it does not say.',
  );
  expect(read.repairs.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(/^response times .*: 3$/),
  );
});

test('no data is not zero', () => {
  const read = shop();
  const idle = edgeBetween(read, 'cart v1', 'pay.example').id;
  expect(read.readings.filter(({ subject }) => subject.id === idle)).toEqual([]);
  const of = (rates: Data) => opened('a.json', graph([workload('a'), workload('b')], [http(rates)]));
  expect(of({ http: 'NaN' })).toMatchObject({
    readings: [],
    repairs: [{ path: 'elements.edges.0.data.traffic.rates.http' }, { path: '' }],
  });
  expect(of({ http: '5', http5xx: '-1' }).readings.map(({ metric }) => metric)).toEqual(['rate']);
  // Nobody can tell 4xx from 5xx in it.
  expect(of({ http: '5', httpPercentErr: '40.0' }).readings.map(({ metric }) => metric)).toEqual(['rate']);
  expect(of({ http: '0.03', http5xx: '0.04' }).readings.map(({ value }) => value)).toEqual([0.03, 1]);
});

test('a graph without a time is dated by when it was read, and says so', () => {
  for (const of of [{}, { timestamp: 'soon' }, { timestamp: 1e300, duration: -1 }]) {
    const read = opened('a.json', graph([workload('a'), workload('b')], [http({ http: '5' })], of));
    expect(read.readings.map(({ at, window }) => [at, window])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(read.repairs[0]!.reason).toMatch(/does not say when/);
  }
});

test('what is broken is left out with its place, and the rest is drawn', () => {
  const read = opened(
    'a.json',
    graph(
      [workload('a'), workload('a'), { ...workload('b'), id: 7 }, workload('c', { parent: 'nowhere' })],
      [{ ...http({ http: '1' }) }, { source: 'x', target: 'a' }, { ...http({ http: '1' }), target: 'c' }],
    ),
  );
  expect(hops(read)).toEqual(['a -call-> c']);
  expect(read.repairs).toEqual([
    { path: 'elements.nodes.1.data.id', reason: 'is the id of another node, too' },
    { path: 'elements.nodes.2.data.id', reason: 'must be an id' },
    { path: 'elements.edges.0.data.target', reason: 'must be the id of a node' },
    { path: 'elements.edges.1.data.source', reason: 'must be the id of a node' },
  ]);
});

test('a graph of which nothing can be used is refused, with the place', () => {
  expect(refused('a.json', graph([]))).toMatchObject({ path: 'elements.nodes', reason: 'holds no nodes' });
  expect(refused('a.json', '{"graphType":"app","elements":{"nodes":{}}}')).toMatchObject({
    path: 'elements.nodes',
    reason: 'must be a list',
  });
  expect(refused('a.json', graph([{ nodeType: 'app' }])).path).toBe('elements.nodes.0.data.id');
  const many = Array.from({ length: 5001 }, (_, i) => workload(`w${i}`));
  expect(refused('a.json', graph(many)).reason).toMatch(/5001 nodes/);
});

test('elements that say nothing of a mesh are not taken for Kiali’s', () => {
  const other = '{"elements":{"nodes":[{"data":{"id":"a"}}],"edges":[]}}';
  expect(refused('a.json', other).reason).toMatch(/no kind that can be read/);
});

test('boxes that hold each other end', () => {
  const box = (id: string, parent: string) => ({
    id,
    parent,
    nodeType: 'box',
    isBox: 'namespace',
    namespace: id,
  });
  const { board } = opened('a.json', graph([box('x', 'y'), box('y', 'x'), workload('a', { parent: 'x' })]));
  expect(Object.values(board.groups).map(({ name }) => name)).toEqual(['x']);
});

test('whatever parts are called, all names differ, and a graph that is merged again changes nothing', () => {
  const word = fc.constantFrom('a', 'a.b', 'A', 'a v1', 'b', 'unknown', '', 'a 2', 'cart');
  const type = fc.constantFrom('app', 'workload', 'service', 'aggregate', 'unknown', 'odd');
  const part = fc.record({
    ...{ nodeType: type, namespace: word, cluster: word, app: word, workload: word, service: word },
    ...{ version: fc.constantFrom('v1', 'v2', 'unknown'), aggregate: fc.constantFrom('op=a', 'op=b') },
  });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (drawn) => {
      const nodes = drawn.map((each, i) => ({ ...each, id: `n${i}` }));
      const read = opened('a.json', graph(nodes));
      const names = Object.values(read.board.nodes).map(({ name }) => normaliseName(name));
      expect(new Set(names).size).toBe(nodes.length);
      const board = applyPatch(emptyBoard('b'), mergeGraph(emptyBoard('b'), read.board).patch).board;
      const again = drop('a.json', graph(nodes));
      if (!again.ok) return expect.unreachable();
      expect(applyPatch(board, mergeGraph(board, again.board).patch).board).toEqual(board);
    }),
    { numRuns: 200 },
  );
});

test('groups come along to an empty board, and not among other parts', () => {
  const { board } = shop();
  const alone = applyPatch(emptyBoard('b'), mergeGraph(emptyBoard('b'), board).patch).board;
  expect(Object.values(alone.groups).map(({ name }) => name)).toEqual(['shop', 'cart', 'bank']);
  const other = opened('other.json', graph([workload('other')])).board;
  const both = applyPatch(other, mergeGraph(other, board).patch).board;
  expect(both.groups).toEqual({});
  expect(Object.values(both.nodes).filter((node) => node.group !== undefined)).toEqual([]);
});

test('each edge says where in the file it is stated', () => {
  const read = opened(
    'mesh.json',
    graph([workload('a'), workload('b'), workload('c')], [http({}), { ...http({}), id: 'f', target: 'c' }]),
  );
  expect(Object.values(read.board.edges).map(({ origins }) => origins)).toEqual([
    [{ how: 'observed', from: 'mesh.json', at: 'elements.edges.0.data' }],
    [{ how: 'observed', from: 'mesh.json', at: 'elements.edges.1.data' }],
  ]);
});

test('as Kiali answered before 2020: groups, and rates on the edges themselves', () => {
  const app = (id: string, more: Data = {}) => ({
    id,
    nodeType: 'app',
    namespace: 'n',
    app: 'cart',
    ...more,
  });
  const read = opened(
    'x.json',
    graph(
      [
        app('g', { isGroup: 'version' }),
        app('a', { app: 'front' }),
        app('b', { parent: 'g', version: 'v1' }),
        app('c', { parent: 'g', version: 'v2' }),
      ],
      [
        { id: '1', source: 'a', target: 'b', rate: '0.4', rate5XX: '0.1', responseTime: '0.152' },
        { id: '2', source: 'a', target: 'c', rate: '0.1' },
      ],
    ),
  );
  expect(hops(read)).toEqual(['front -call-> cart v1', 'front -call-> cart v2']);
  expect(Object.values(read.board.groups).map(({ name }) => name)).toEqual(['cart']);
  expect(figure(read, 'front', 'cart v1', 'rate')?.value).toBe(0.4);
  expect(figure(read, 'front', 'cart v1', 'errors')?.value).toBe(0.25);
  expect(edgeBetween(read, 'front', 'cart v1').description).toMatch(/: 152 ms, an average/);
});
