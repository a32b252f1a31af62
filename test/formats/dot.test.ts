import { parse } from '@ts-graphviz/ast';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeDot } from '../../src/formats/dot/write.ts';
import { applyPatch, importGraph } from '../../src/graph/index.ts';
import { drawable } from './diagrams.ts';
import { edgeBetween, hops, opened, parts, refused } from './drop.ts';

const SHOP = `/* the shop */
# made by hand
strict digraph "shop" {
  graph [label="The shop", rankdir=LR];
  node [shape=box];
  subgraph cluster_data {
    label = "Data stores"
    node [shape=cylinder];
    db [label="Orders\\nPostgreSQL 16"];
    redis;
  }
  web [class=client, label=<<b>Web</b> app>, URL="https://wiki.example.org/web", tooltip="what people\\nsee"];
  q [label="{<in> Order log | &laquo;x&raquo; | «queue»}", shape=record];
  web -> { cart orders } [label="GET /"];
  cart:out -> redis:n; orders -> db [xlabel=SQL];
  orders -> q:in -> "mail \\"worker\\"" // at last
  a -> b [dir=back]; b -> c [dir=both, class=replicate]
}`;

test('nodes, edges, clusters, and what attributes say of them', () => {
  const read = opened('shop.gv', SHOP);
  expect(read.format).toBe('dot');
  expect(read.board.title).toBe('The shop');
  expect(parts(read)).toEqual([
    'cache redis',
    'client Web app',
    'database Orders',
    'queue Order log',
    ...['service a', 'service b', 'service c', 'service cart', 'service orders', 'worker mail "worker"'],
  ]);
  expect(hops(read)).toEqual([
    'Web app -call-> cart',
    'Web app -call-> orders',
    'b -call-> a',
    'b -replicate-> c',
    'cart -query-> redis',
    'orders -publish-> queue Order log',
    'orders -query-> Orders',
    'queue Order log -consume-> mail "worker"',
  ]);
  expect(edgeBetween(read, 'Web app', 'cart').operations).toEqual([{ name: 'GET /' }]);
  expect(edgeBetween(read, 'orders', 'Orders')).toMatchObject({
    protocol: 'SQL',
    origins: [{ how: 'stated', from: 'shop.gv', at: 'line 15' }],
  });
  const byName = Object.fromEntries(Object.values(read.board.nodes).map((node) => [node.name, node]));
  expect(byName.Orders).toMatchObject({ technology: 'PostgreSQL 16' });
  expect(byName['Web app']).toMatchObject({
    description: 'what people\nsee',
    links: ['https://wiki.example.org/web'],
  });
  expect(read.board.groups[byName.redis!.group!]!.name).toBe('Data stores');
  expect(read.repairs.map(({ reason }) => reason)).toEqual([
    'arrows with two heads, drawn from the first to the second end',
  ]);
});

test('an undirected graph: lines go to what is asked, else as they are written', () => {
  const read = opened('a.dot', 'graph { db [shape=cylinder]; db -- web -- api }');
  expect(hops(read)).toEqual(['web -call-> api', 'web -query-> db']);
});

test('facts in labels are understood, secrets are not kept', () => {
  const read = opened(
    'model.txt',
    `@startuml
skinparam monochrome true
digraph dfd {
  orders_db [label = "{Service: orders_db | --database--\\n--plaintext--\\nDatabase: MySQL\\nPassword: hunter2\\nPort: 3306}" shape = Mrecord];
  user [label = "{External Entity: user | --entrypoint--}" shape = record];
  user -> orders_db [label = " --restful_http--\\n--encrypted--\\nPassword: hunter2"]
}
@enduml`,
  );
  expect(parts(read)).toEqual(['database orders_db', 'external user']);
  expect(edgeBetween(read, 'user', 'orders_db')).toMatchObject({
    protocol: 'restful http',
    description: 'encrypted',
  });
  const db = Object.values(read.board.nodes).find(({ name }) => name === 'orders_db')!;
  expect(db).toMatchObject({ technology: 'MySQL', description: 'Port: 3306' });
  expect(JSON.stringify(read)).not.toContain('hunter2');
  expect(read.repairs.map(({ reason }) => reason)).toEqual(['secrets in labels, left out: 2']);
});

test.each([
  ['digraph {\n  a -> ', '2:8', /a node, an edge or } is expected, not the end of the file/],
  ['digraph {\n  a [label="x', '2:12', /this text is never closed/],
  ['digraph {\n  a [label=', '2:12', /a value is expected after label=/],
  ['digraph {\n  subgraph {\n  a', '2:12', /this \{ is never closed/],
  ['digraph {\n  a [label=<b', '2:12', /this < is never closed/],
  [`digraph ${'{'.repeat(100)}`, '1:74', /nests more than 64 deep/],
])('%j is refused with its place', (source, path, reason) => {
  expect(refused('a.dot', source)).toEqual({ file: 'a.dot', path, reason: expect.stringMatching(reason) });
});

type Ast = { type: string; children?: Ast[] };
const ofType = (ast: Ast, type: string): number =>
  Number(ast.type === type) + (ast.children ?? []).reduce((sum, child) => sum + ofType(child, type), 0);

test('what is written is DOT to a parser of its own', () => {
  fc.assert(
    fc.property(drawable, (board) => {
      const ast = parse(writeDot(board)) as Ast;
      expect(ofType(ast, 'Node')).toBe(Object.keys(board.nodes).length);
      expect(ofType(ast, 'Edge')).toBe(Object.keys(board.edges).length);
      expect(ofType(ast, 'Subgraph')).toBe(Object.keys(board.groups).length);
    }),
  );
});

test('edges that nobody sees are left out, and lines for the preprocessor passed over', () => {
  const found = opened('a.dot', 'digraph {\n  # one\n# 1 "x"\n  a -> b\n  edge [style=invis]; b -> c\n}');
  expect(hops(found)).toEqual(['a -call-> b']);
  expect(found.repairs.map(({ reason }) => reason)).toEqual(['invisible edges, left out']);
});

test('nodes with commas between them; parts of one name in one line are found again', () => {
  const source = 'digraph { q1, q2, q3 [label="Queue"]; a, b -> q1; q2 -> c, d; q3 -> d }';
  const found = opened('a.dot', source);
  expect(parts(found)).toEqual([
    'queue Queue',
    'queue Queue',
    'queue Queue',
    ...['service a', 'service b', 'service c', 'service d'],
  ]);
  expect(Object.keys(found.board.edges)).toHaveLength(5);
  let count = 0;
  const again = importGraph(found.board, {
    ...{ graph: opened('a.dot', source).board, readings: [], newId: () => `new-${count++}` },
  });
  expect(applyPatch(found.board, again).board).toEqual(found.board);
});

test('names broken over lines, and lines that are said of a part', () => {
  const found = opened(
    'a.dot',
    `digraph {
  a [label="Order\\nService"]; b [label="Auth Service\\n(JWT)"]; c [label="Stock\\n:8001"]
  d [label="Runner\\n• Valkey consumer\\n• moves files"]; e [label="Gateway\\n(Kong)"]
}`,
  );
  const said = Object.values(found.board.nodes).map(({ kind, name, technology, description }) => [
    ...[kind, name, technology, description].filter((each) => each !== undefined),
  ]);
  expect(said).toEqual([
    ['service', 'Order Service'],
    ['service', 'Auth Service', '(JWT)'],
    ['service', 'Stock', ':8001'],
    ['service', 'Runner', '• Valkey consumer\n• moves files'],
    ['gateway', 'Gateway', 'Kong'],
  ]);
});

test('the first graph of a Markdown page, with its place', () => {
  const page = '# The shop\n\n```js\nconst x = 1;\n```\n\n```dot\ndigraph { a -> b }\n```\n\n| a | b |\n';
  const found = opened('shop.md', page);
  expect([found.format, ...hops(found)]).toEqual(['dot', 'a -call-> b']);
  expect(Object.values(found.board.edges)[0]!.origins![0]!.at).toBe('line 8');
  expect(opened('shop.md', '```d2\na -> b: x {style.stroke: red}\n```\n').format).toBe('d2');
});
