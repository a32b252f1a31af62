/** Tables: which are taken for a graph and which are not, what their columns may be called, and back again. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CSV, CSV_NODES, CSV_READINGS } from '../../src/formats/csv/format.ts';
import { csvText, rowsIn } from '../../src/formats/csv/records.ts';
import type { Board } from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { drop, edgeBetween, hops, opened, parts, readingOf, refused } from './drop.ts';

test.each([
  ['commas', 'source,target\nweb,cart\ncart,redis\n'],
  ['semicolons', 'From;To\nweb;cart\ncart;redis'],
  ['tabs, CRLF and a byte order mark', '\ufeffCaller\tCallee\r\nweb\tcart\r\n\r\ncart\tredis\r\n'],
  ['quotes', '"parent";"child"\n"web";"cart"\n"cart" ;"redis"\n'],
  ['lists', 'service,depends_on\nweb,"cart"\ncart,"redis, web"\nweb,\n'],
  ['pairs', 'web,cart\ncart,redis\n'],
])('%s', (name, text) => {
  const read = opened('edges.csv', text);
  expect(read.format).toBe('csv');
  expect(parts(read)).toEqual(['cache redis', 'service cart', 'service web']);
  expect(hops(read)).toEqual([
    ...['cart -query-> redis', ...(name === 'lists' ? ['cart -call-> web'] : []), 'web -call-> cart'].sort(),
  ]);
});

test('columns say kinds, protocols, operations and why', () => {
  const read = opened(
    'edges.csv',
    [
      'Source,Source Type,Target,Target Type,Relation,Transport,API,Comment,Colour',
      'shop,service,orders,queue,publishes,AMQP,"order placed\norder paid",,red',
      'mail,worker,orders,topic,subscribes,,,,',
      'shop,service,"acme ""pay""",Stripe,calls,REST,POST /pay,"slow,\nsometimes",blue',
    ].join('\n'),
  );
  expect(parts(read)).toEqual([
    'external acme "pay"',
    'queue orders',
    'service shop',
    'topic orders',
    'worker mail',
  ]);
  expect(hops(read)).toEqual([
    'mail -consume-> topic orders',
    'shop -call-> acme "pay"',
    'shop -publish-> queue orders',
  ]);
  const pay = edgeBetween(read, 'shop', 'acme "pay"');
  expect(pay).toMatchObject({
    protocol: 'REST',
    operations: [{ name: 'POST /pay' }],
    description: 'slow,\nsometimes',
  });
  expect(pay.origins).toEqual([{ how: 'stated', from: 'edges.csv', at: 'line 5' }]);
  expect(read.repairs).toEqual([{ path: 'line 1', reason: 'columns that were not taken: Colour' }]);
});

test('a matrix of who calls whom', () => {
  const read = opened('graph.csv', ',web,cart,redis\nweb,0,1,0.0\ncart,0,0,2.5\nredis,,,\n');
  expect(hops(read)).toEqual(['cart -query-> redis', 'web -call-> cart']);
  expect(opened('graph.csv', ',a,b,c\na,,,\nb,,,\n').board.edges).toEqual({});
});

test('a table of nodes', () => {
  const read = opened(
    'parts.csv',
    'Service;Tech;Replicas;Namespace;x;y\ncart;Go;3;shop;10;20\nledger;;;;300;20\n',
  );
  expect(Object.values(read.board.nodes)).toMatchObject([
    { name: 'cart', technology: 'Go', instances: 3, position: [10, 20] },
    { name: 'ledger', position: [300, 20] },
  ]);
  expect(Object.values(read.board.groups)).toMatchObject([{ name: 'shop' }]);
  expect(read.placed).toBe(true);
});

test('a table of spans is one of calls that were seen', () => {
  const read = opened(
    't.csv',
    'traceId,parentMS,childMS,childOperation\n1,web,cart,get\n1,cart,cart,find\n1,web,cart,add\n',
  );
  expect(hops(read)).toEqual(['web -call-> cart']);
  expect(edgeBetween(read, 'web', 'cart')).toMatchObject({
    operations: [{ name: 'get' }, { name: 'add' }],
    origins: [{ how: 'observed', from: 't.csv', at: 'line 2' }],
  });
});

test('what is no graph is left to others', () => {
  const others = [
    'date,latency,errors\n2026-03-04,12,0\n',
    'Hello, world\nGoodbye, world\n',
    'web -> cart, payments\ncart -> redis\n',
    'time,web,cart\n1,2,3\n4,5,6\n',
    'microservice,a,b\nmetric,latency,rate\n1,2,3\n',
  ];
  for (const text of others) expect(drop('notes.txt', text)).not.toMatchObject({ ok: true, format: 'csv' });
  expect(drop('notes.txt', 'web,cart\ncart,redis\n').ok).toBe(false);
});

test('faults say where', () => {
  expect(refused('e.csv', 'source,target\na,b\n"a,b\n')).toMatchObject({
    path: '3:1',
    reason: expect.stringMatching(/not closed/),
  });
  expect(refused('e.csv', 'source,target\n"a"x,b\n').path).toBe('2:4');
  expect(refused('e.csv', 'source,target\n').reason).toMatch(/no part/);
  expect(refused('e.tsv', 'a\tb\tc\nd\te\tf\n')).toMatchObject({
    path: '1:1',
    reason: expect.stringMatching(/no edges/),
  });
  const half = opened('e.csv', 'source,target\na,b\nc,\n');
  expect(parts(half)).toEqual(['service a', 'service b', 'service c']);
  expect(half.repairs[0]!.reason).toMatch(/only one end.*: 1$/);
});

test('rows of any cells are the same after they were written and read', () => {
  const cell = fc.string({ unit: 'binary', maxLength: 8 }).map((text) => `x${text}`);
  const formula = fc.constantFrom(
    '=1+1',
    '-x',
    "'",
    "'=1",
    '@x',
    '+',
    '"',
    ' a ',
    'a,b',
    'a;b',
    'a\tb',
    'a\r\nb',
  );
  const row = fc.array(fc.oneof(cell, formula), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      const read = rowsIn(csvText(rows), ',');
      expect(read.ok && read.rows.map(({ cells }) => cells)).toEqual(rows);
    }),
  );
});

test('nothing that is written is run by a spreadsheet', () => {
  expect(csvText([['=cmd()', '-1+1', 'a', -1]])).toBe("'=cmd(),'-1+1,a,-1\r\n");
});

/** Parts of a name and kind of their own, with names that are not blank. */
const telling = (board: Board): Board => ({
  ...board,
  nodes: Object.fromEntries(
    Object.values(board.nodes).map((node, i) => [node.id, { ...node, name: `${node.name} ${i}`.trim() }]),
  ),
});

const said = (board: Board, name: (id: string) => string) =>
  Object.values(board.edges)
    .map((edge) => JSON.stringify([name(edge.source), edge.kind, name(edge.target)]))
    .sort();

test('edges of any board are the same after they were written and read', () => {
  fc.assert(
    fc.property(boardArbitrary().map(telling), (board) => {
      const named = (of: Board) => (id: string) => `${of.nodes[id]!.kind} ${of.nodes[id]!.name}`;
      const text = CSV.write!(board);
      if (Object.keys(board.edges).length === 0) return void expect(drop('e.csv', text).ok).toBe(false);
      const read = opened('e.csv', text);
      expect(read.format).toBe('csv');
      expect(said(read.board, named(read.board))).toEqual([...new Set(said(board, named(board)))]);
    }),
  );
});

test('nodes of any board are the same after they were written and read', () => {
  const plain = ({ groups, nodes }: Board) =>
    Object.values(nodes)
      .map(({ name, kind, technology, instances, description, links, position, group }) => ({
        ...{ name, kind, technology: technology?.trim() || undefined, instances, position },
        ...{
          description: description?.trim() || undefined,
          links: links?.length ? [...new Set(links)] : undefined,
        },
        group: groups[group ?? '']?.name.trim() || undefined,
      }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const grouped = (board: Board): Board => ({
    ...board,
    groups: Object.fromEntries(
      Object.values(board.groups).map((group, i) => [group.id, { ...group, name: `g${i}` }]),
    ),
  });
  fc.assert(
    fc.property(boardArbitrary().map(telling).map(grouped), (board) => {
      if (Object.keys(board.nodes).length === 0) return;
      expect(plain(opened('n.csv', CSV_NODES.write!(board)).board)).toEqual(plain(board));
    }),
  );
});

test('readings of any board are rows of as many cells', () => {
  fc.assert(
    fc.property(boardArbitrary(), (board) => {
      const read = rowsIn(CSV_READINGS.write!(board), ',');
      expect(read.ok && read.rows.every(({ cells }) => cells.length === 19)).toBe(true);
    }),
  );
});

test('tables larger than any drawing are refused, and quickly', () => {
  const start = process.cpuUsage();
  expect(refused('e.csv', `source,target\n${'a,b\n'.repeat(1_000_000)}`)).toMatchObject({
    path: '200001:1',
    reason: 'more than 200000 lines',
  });
  const names = Array.from({ length: 1000 }, (_, i) => `n${i}`);
  const matrix = names.map((name) => `${name}${',1'.repeat(1000)}`);
  expect(refused('m.csv', [`,${names}`, ...matrix].join('\n')).reason).toMatch(/20001 connections/);
  expect(process.cpuUsage(start).user).toBeLessThan(5_000_000);
});

test('figures are taken where their unit is said, in the header or in the cell', () => {
  const found = opened(
    'calls.csv',
    'source,target,operations,p50_ms,p95,P99 [s],requests per minute,Error rate,p75 furlongs\nweb,api,GET /,12,40ms,0.2,90,0.5%,3\napi,db,,2,8,0.05,6,0.01,4\nweb,api,GET /,99,99ms,99,99,9%,3\n',
  );
  const web = edgeBetween(found, 'web', 'api').id;
  const db = edgeBetween(found, 'api', 'db').id;
  const value = (id: string, metric: 'latency' | 'rate' | 'errors', operation?: string) =>
    readingOf(found, id, metric, null, null, operation)?.value;
  expect(value(web, 'latency', 'GET /')).toEqual({
    type: 'quantiles',
    points: [
      { q: 0.5, value: 12 },
      { q: 0.95, value: 40 },
      { q: 0.99, value: 200 },
    ],
  });
  expect([value(web, 'rate', 'GET /'), value(web, 'errors', 'GET /')]).toEqual([1.5, 0.005]);
  expect(value(db, 'latency')).toMatchObject({ points: [{ value: 2 }, { value: 50 }] });
  expect([value(db, 'rate'), value(db, 'errors')]).toEqual([0.1, 0.01]);
  expect(found.repairs.map(({ reason }) => reason)).toEqual([
    'columns that were not taken: p75 furlongs',
    'figures that are none, or whose unit is not said, left out: 1',
    'the table does not say when its figures are of: they are dated by when they were read',
  ]);
});

test('parts with ids are known by them, too', () => {
  const found = opened('nodes.csv', 'id,title,mainStat\n1,web,3\n2,orders,4\n');
  expect(Object.values(found.board.nodes).map(({ name, match }) => [name, match?.names])).toEqual([
    ['web', ['1']],
    ['orders', ['2']],
  ]);
});

test('ends in words of several kinds, lines of comment before the header', () => {
  const table =
    '# seen by the proxy\n# 2024\nSRC_SERVICE;Destination app;Type\nweb;api;Directed\napi;redis;Undirected\n';
  const found = opened('a.csv', table);
  expect(hops(found)).toEqual(['api -query-> redis', 'web -call-> api']);
  expect(Object.values(found.board.edges).flatMap(({ operations = [] }) => operations)).toEqual([]);
  expect(hops(opened('a.csv', '#source,target\na,b\n'))).toEqual(['a -call-> b']);
});
