import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeMermaid } from '../../src/formats/mermaid/write.ts';
import { drawable } from './diagrams.ts';
import { edgeBetween, hops, opened, parts, refused } from './drop.ts';
import { countedByMermaid } from './mermaid-oracle.ts';

const groupsOf = ({ board }: ReturnType<typeof opened>) =>
  Object.values(board.nodes)
    .map(({ name, group }) => `${name}${group === undefined ? '' : ` in ${board.groups[group]!.name}`}`)
    .sort();

const SHOP = `---
title: "The shop"
---
%%{init: {"theme": "dark"}}%%
flowchart LR
  %% what people see
  web([Browser]):::client --> gw{{"API gateway"}} & cdn
  gw -->|"GET /cart<br/>[HTTP/2]"| cart["Cart<br/>Node.js"]
  gw -- place an order --> orders
  subgraph data [Data]
    db[(Orders)]
    redis[("Redis")]
    subgraph inner
      log@{ shape: das, label: "Order log" }
    end
  end
  orders ==> db; cart --> redis
  orders -.-> log -.-> mailer[[Mailer]]
  class mailer worker
  click cart "https://wiki.example.org/cart"
  style web fill:#fff
`;

test('a flowchart: kinds from classes, shapes, technologies and names; groups; labels', () => {
  const read = opened('shop.mmd', SHOP);
  expect(read.format).toBe('mermaid');
  expect(read.board.title).toBe('The shop');
  expect(parts(read)).toEqual([
    'cache Redis',
    'client Browser',
    'database Orders',
    'gateway API gateway',
    'queue Order log',
    'service Cart',
    'service cdn',
    'service orders',
    'worker Mailer',
  ]);
  expect(hops(read)).toEqual([
    'API gateway -call-> Cart',
    'API gateway -call-> orders',
    'Browser -call-> API gateway',
    'Browser -call-> cdn',
    'Cart -query-> Redis',
    'orders -publish-> queue Order log',
    'orders -query-> Orders',
    'queue Order log -consume-> Mailer',
  ]);
  expect(groupsOf(read)).toContain('Orders in Data');
  expect(groupsOf(read)).toContain('Order log in inner');
  expect(Object.values(read.board.groups).map(({ description }) => description)).toContain('In Data.');
  expect(edgeBetween(read, 'API gateway', 'Cart')).toMatchObject({
    protocol: 'HTTP/2',
    operations: [{ name: 'GET /cart' }],
    origins: [{ how: 'stated', from: 'shop.mmd', at: 'line 8' }],
  });
  expect(edgeBetween(read, 'API gateway', 'orders').operations).toEqual([{ name: 'place an order' }]);
  const cart = Object.values(read.board.nodes).find(({ name }) => name === 'Cart')!;
  expect(cart).toMatchObject({ technology: 'Node.js', links: ['https://wiki.example.org/cart'] });
});

test.each([
  ['A-->B', ['A', 'B'], 1],
  ['A---oB\nA--xC', ['A', 'B', 'C'], 2],
  ['A & B --> C & D', ['A', 'B', 'C', 'D'], 4],
  ['A e1@--> B\ne1@{ animate: true }', ['A', 'B'], 1],
  ['A -. "a .-> b" .-> B', ['A', 'B'], 1],
  ['A ~~~ B --> C', ['A', 'B', 'C'], 1],
  ['a-b --> c-d', ['a-b', 'c-d'], 1],
  ['A["(x) [y] {z} | -->"] --> B("text in\nlines")', ['(x) [y] {z} | -->', 'text in lines'], 1],
  ['A:::x --> B@{ shape: cyl }', ['A', 'B'], 1],
  ['A["`**bold** text`"]', ['bold text'], 0],
  ['A[/a/] --> B[\\b\\] --> C[/c\\] --> D[\\d/]', ['a', 'b', 'c', 'd'], 3],
  ['A>flag] --> B(((double)))', ['double', 'flag'], 1],
  ['A-->|one|B;A-->|two|B', ['A', 'B'], 1],
  ['A["fa:fa-car Car &amp; co #35;1"]', ['Car & co #1'], 0],
  ['subgraph one\nA\nend\nB --> A', ['A', 'B'], 1],
  ['A["x"]@{ shape: doc } --> B', ['B', 'x'], 1],
])('%j is read as Mermaid reads it', async (body, names, lines) => {
  const source = `flowchart TD\n${body}\n`;
  const { board } = opened('a.mmd', source);
  expect(
    Object.values(board.nodes)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...names].sort());
  expect(Object.keys(board.edges)).toHaveLength(lines);
  const counted = await countedByMermaid(source);
  expect(counted.parts).toHaveLength(names.length);
  expect(counted.lines.size).toBe(lines);
});

test('an arrow that ends on a subgraph ends on a part that stands for it', () => {
  const read = opened('a.mmd', 'graph LR\nsubgraph s [Backend]\nA\nend\nweb --> s');
  expect(hops(read)).toEqual(['web -call-> Backend']);
  expect(groupsOf(read)).toEqual(['A in Backend', 'Backend in Backend', 'web']);
});

test('C4: people, systems, stores and what uses what', () => {
  const read = opened(
    'a.mmd',
    `C4Container
title Shop
Person(user, "User", "buys")
System_Boundary(shop, "Shop") {
  Container(api, "API", "Go", "answers")
  ContainerDb(db, "Database", "PostgreSQL 16")
  ContainerQueue(q, "Orders")
}
System_Ext(mail, "Mail service")
Rel(user, api, "Uses", "HTTPS")
Rel_U(api, db, "Reads")
Rel_Back(mail, api, "Asks")
Rel(api, q, "Places", $techn="AMQP")
Rel(api, nowhere, "Asks")
UpdateLayoutConfig($c4ShapeInRow="3")`,
  );
  expect(read.board.title).toBe('Shop');
  expect(parts(read)).toEqual([
    'client User',
    'database Database',
    'external Mail service',
    'queue Orders',
    'service API',
  ]);
  expect(hops(read)).toEqual([
    'API -call-> Mail service',
    'API -publish-> queue Orders',
    'API -query-> Database',
    'User -call-> API',
  ]);
  expect(edgeBetween(read, 'API', 'queue Orders').protocol).toBe('AMQP');
  expect(read.repairs.map(({ reason }) => reason)).toContain(
    'relations of what is nowhere declared, left out',
  );
});

test('a sequence: messages are operations, answers run along their question', () => {
  const read = opened(
    'a.txt',
    `sequenceDiagram
  box Aqua Backend
    participant A as API
    participant D@{ "type": "database" } as Orders
  end
  actor U as User
  U->>+A: GET /orders; U->>A: POST /orders
  loop every minute
    A->>D: select
    D-->>A: rows
  end
  Note over A: thinks
  A->>A: thinks
  A-->>-U: 200`,
  );
  expect(parts(read)).toEqual(['client User', 'database Orders', 'service API']);
  expect(hops(read)).toEqual(['API -query-> Orders', 'User -call-> API']);
  expect(edgeBetween(read, 'User', 'API').operations).toEqual([
    { name: 'GET /orders' },
    { name: 'POST /orders' },
  ]);
  expect(groupsOf(read)).toEqual(['API in Backend', 'Orders in Backend', 'User']);
});

test('an architecture: lines that meet in a junction run through it', () => {
  const read = opened(
    'a.mmd',
    `architecture-beta
  group api(cloud)[API]
  service db(database)[Orders] in api
  service redis(logos:redis)[Sessions] in api
  service web(server)[Web]
  junction j
  web:R -- L:j
  j:R --> L:db
  j:B -[reads]-> T:redis`,
  );
  expect(hops(read)).toEqual(['Web -query-> Orders', 'Web -query-> Sessions']);
  expect(parts(read)).toEqual(['cache Sessions', 'database Orders', 'service Web']);
});

describe('in a page', () => {
  const page = `# Title\n\na -> b is an arrow\n\n\`\`\`mermaid\ngantt\n\`\`\`\n\n\`\`\`mermaid\ngraph LR\n  a --> b\n\`\`\`\n`;

  test('the first diagram of a system is read, with its lines as they are in the page', () => {
    const read = opened('README.md', page.replaceAll('\n', '\r\n'));
    expect(hops(read)).toEqual(['a -call-> b']);
    expect(Object.values(read.board.edges)[0]!.origins).toEqual([
      { how: 'stated', from: 'README.md', at: 'line 11' },
    ]);
    expect(read.repairs.map(({ reason }) => reason)).toContain('other diagrams in the file, left out');
  });

  test('a fault has its place in the page', () => {
    expect(refused('README.md', page.replace('a --> b', 'a --> ['))).toEqual({
      file: 'README.md',
      path: '11:9',
      reason: 'a node is expected here, not “[”',
    });
  });
});

test.each([
  ['flowchart LR\n  a[never closed', '2:4', /this \[ is never closed/],
  ['flowchart LR\na --> b c', '2:9', /a link such as --> or the end of the line is expected, not “c”/],
  ['flowchart LR\nsubgraph x\na', '2:1', /this subgraph is never closed/],
  ['flowchart LR\nend', '2:1', /closes no subgraph/],
  ['flowchart LR\na -- text', '2:3', /this link is never finished/],
  ['C4Context\nPerson(a, "b"', '2:14', /a text in quotes, a comma or \)/],
  ['sequenceDiagram\nAlice says hello', '2:1', /a message such as/],
  ['architecture-beta\nservice a(server)[A]\na:R --> L:b', '3:1', /“b” is not declared/],
  ['gantt\ntitle x', '', /is a gantt of Mermaid’s/],
])('%j is refused with its place', (source, path, reason) => {
  expect(refused('a.mmd', source)).toEqual({ file: 'a.mmd', path, reason: expect.stringMatching(reason) });
});

test('what is written is Mermaid to Mermaid', async () => {
  await fc.assert(
    fc.asyncProperty(drawable, async (board) => {
      fc.pre(Object.keys(board.nodes).length > 0);
      const counted = await countedByMermaid(writeMermaid(board));
      expect(counted.parts).toHaveLength(Object.keys(board.nodes).length);
      expect(counted.frames).toHaveLength(Object.keys(board.groups).length);
      const pairs = Object.values(board.edges).map(({ source, target }) => `${source} ${target}`);
      expect(counted.lines.size).toBe(new Set(pairs).size);
    }),
    { numRuns: 60 },
  );
});

test('labels of several lines: a whole name and what is said of it, a name that is broken, a technology', () => {
  const found = opened(
    'a.mmd',
    `flowchart TB
  user[User<br/>of the shop] --> gw[API<br/>Gateway]
  gw --> orders[Order Service<br/>places and tracks orders]
  orders --> bus{{Event Bus<br/>fans out to everybody}}
  orders --> app["Web Application
    [Spring MVC]

    Lets people see what is there"]
  orders --> lb[Network<br/>Load Balancer]
  mail[Mailer] -->|Subscribes to| bus
  orders --> q[(Jobs<br/>Redis)]
  stock[Stock<br/>Redis cached]
`,
  );
  expect(parts(found)).toEqual([
    'broker Event Bus',
    'cache Jobs',
    'client User',
    'gateway API Gateway',
    'load balancer Network Load Balancer',
    'service Mailer',
    'service Order Service',
    'service Stock Redis cached',
    'service Web Application',
  ]);
  expect(hops(found)).toContain('Mailer -consume-> Event Bus');
  const app = Object.values(found.board.nodes).find(({ name }) => name === 'Web Application');
  expect(app).toMatchObject({
    technology: 'Spring MVC',
    description: 'Lets people see what is there',
  });
  expect(found.repairs).toEqual([]);
});

test('bare lines that meet in a junction run as they are written', () => {
  const found = opened(
    'a.mmd',
    `architecture-beta
  service a(server)[Router]
  service b(server)[Git]
  service c(database)[Store]
  junction j
  a:R -- L:j
  j:R -- L:b
  j:B -- T:c
`,
  );
  expect(hops(found)).toEqual(['Router -call-> Git', 'Router -query-> Store']);
});

test('arrows in place of nodes are decoration', async () => {
  const source =
    'block-beta\n  columns 3\n  a<["to"]>(right) x space\n  b["B"] down<[" "]>(down, up):2\n  x --> b\n';
  expect(parts(opened('a.mmd', source))).toEqual(['service B', 'service x']);
  expect((await countedByMermaid(source)).parts).toHaveLength(2);
});
