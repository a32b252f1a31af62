import { D2 as Terrastruct } from '@terrastruct/d2';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeD2 } from '../../src/formats/d2/write.ts';
import { drawnBoard } from '../arbitraries/drawn.ts';
import { edgeBetween, hops, opened, parts, refused } from './drop.ts';

const SHOP = `# the shop
direction: right
classes: {
  database: {shape: cylinder}
}
web: "Web \\"app\\"" {
  shape: person
  tooltip: what people see
  link: https://wiki.example.org/web
}
shop: The shop {
  api: API; sessions.label: 'It''s Redis'
  orders: |md
    # Orders
    PostgreSQL 16
  | {class: database}
  log: {shape: queue}
  api -> orders: SQL {style.stroke: red}
  api -> sessions
  api -> log -> _.mail worker: {class: publish}
}
web -> shop.api: GET /cart\\nPOST /cart\\n[HTTP]
mail worker <- web
users: {
  shape: sql_table
  id: int {constraint: primary_key}
}
shop.api -- users.id
(web -> shop.api)[0].style.stroke: red
*.style.fill: red
*.tooltip: of the shop
title: The shop {near: top-center}
gone: null
layers: {
  x: {
    y
  }
}
`;

test('shapes, containers, connections; what is drawn for the eye is left out', () => {
  const read = opened('shop.d2', SHOP);
  expect(read.format).toBe('d2');
  expect(parts(read)).toEqual([
    "cache It's Redis",
    'client Web "app"',
    'database Orders',
    'database users',
    'queue log',
    'service API',
    'worker mail worker',
  ]);
  expect(hops(read)).toEqual([
    'API -publish-> queue log',
    "API -query-> It's Redis",
    'API -query-> Orders',
    'API -query-> users',
    'Web "app" -call-> API',
    'Web "app" -call-> mail worker',
    'queue log -publish-> mail worker',
  ]);
  expect(edgeBetween(read, 'Web "app"', 'API')).toMatchObject({
    protocol: 'HTTP',
    operations: [{ name: 'GET /cart' }, { name: 'POST /cart' }],
    origins: [{ how: 'stated', from: 'shop.d2', at: 'line 22' }],
  });
  const byName = Object.fromEntries(Object.values(read.board.nodes).map((node) => [node.name, node]));
  expect(byName['Web "app"']).toMatchObject({
    description: 'what people see',
    links: ['https://wiki.example.org/web'],
  });
  expect(byName.Orders).toMatchObject({ technology: 'PostgreSQL 16' });
  expect(Object.values(read.board.groups).map(({ name }) => name)).toEqual(['The shop']);
  expect(read.repairs.map(({ reason }) => reason)).toEqual([
    'statements with globs, left out',
    'layers, left out',
    'texts, left out',
    'lines without an arrowhead, drawn to the store or queue, else from the first to the second end',
  ]);
});

test.each([
  ['a: {', '1:4', /this \{ is never closed/],
  ['a }', '1:3', /closes nothing/],
  ['a -> ', '1:6', /a shape is expected here, not the end of the file/],
  ['a: "x', '1:4', /this text is never closed/],
  ['a: |md x', '1:4', /this text is never closed/],
  ['a. -> b', '1:4', /a name is expected after the dot/],
  ['[a]', '1:1', /a shape or a connection is expected/],
  ['a: {'.repeat(100), '1:257', /nests more than 64 deep/],
])('%j is refused with its place', (source, path, reason) => {
  expect(refused('a.d2', source)).toEqual({ file: 'a.d2', path, reason: expect.stringMatching(reason) });
});

test('variables are filled in where they are used, and keys that never end are too deep', () => {
  const found = opened(
    'a.d2',
    `vars: { env: prod; at: { region: eu-1 }; d2-config: { theme-id: 4 } }
a: API \${env}
b: "DB \${at.region} \\\${env}"
a -> b: \${who}
c: '\${env}'
`,
  );
  expect(Object.values(found.board.nodes).map(({ name }) => name)).toEqual([
    'API prod',
    `DB eu-1 \${env}`,
    `\${env}`,
  ]);
  expect(found.repairs.map(({ reason }) => reason)).toEqual(['variables without a value, left as they are']);
  expect(refused('a.d2', `${'a.'.repeat(100_000)}a -> b`).reason).toMatch(/nests more than 64 deep/);
});

test('a block of text is a part only where something is joined to it', () => {
  const found = opened('a.d2', 'about: |md\n  # Read this\n|\nweb: |md\n  # Web\n|\nweb -> api\n');
  expect(Object.values(found.board.nodes).map(({ name }) => name)).toEqual(['Web', 'api']);
});

test('what is written is D2 to D2', async () => {
  const compiler = new Terrastruct();
  await fc.assert(
    fc.asyncProperty(drawnBoard, async (board) => {
      const { diagram } = await compiler.compile(writeD2(board));
      // its types leave the text of a shape out
      const shapes = diagram.shapes as unknown as { label: string }[];
      const labels = shapes.map(({ label }) => label.split('\n')[0]);
      for (const { name } of Object.values(board.nodes)) expect(labels).toContain(name);
      const boundaries = new Set(Object.values(board.nodes).map(({ group }) => group ?? null));
      boundaries.delete(null);
      expect(labels).toHaveLength(Object.keys(board.nodes).length + boundaries.size);
      expect(diagram.connections).toHaveLength(Object.keys(board.edges).length);
    }),
    { numRuns: 60 },
  );
});

test('what has no label is called by its key; what is only written in a shape is said of it', () => {
  const found = opened(
    'a.d2',
    `mixer: "" {
  why: |md
    ## Mixes
    what comes in
  |
}
edge: "" { cache: Redis; spacer: "" }
queue: "Order Queue\\n(one for each shop)\\nkept for a week or until it is taken"
rules: { label: |md
  # Firewall
  Nothing goes out
  | }
mixer -> edge.cache
rules -> mixer
lib: @shared.d2
**.style.fill: red
`,
  );
  expect(parts(found)).toEqual([
    'cache Redis',
    'queue Order Queue',
    'service Firewall',
    'service lib',
    'service mixer',
  ]);
  const said = Object.values(found.board.nodes).flatMap(({ description }) => description ?? []);
  expect(said.sort()).toEqual([
    '(one for each shop)\nkept for a week or until it is taken',
    'Mixes\nwhat comes in',
    'Nothing goes out',
  ]);
  expect(Object.values(found.board.groups).map(({ name }) => name)).toEqual(['edge']);
  expect(found.repairs.map(({ reason }) => reason)).toEqual([
    'imports, left out',
    'shapes without a name that nothing is joined to, left out',
  ]);
});

test('a sequence: its actors are parts, whatever spans and groups of messages they are named in', () => {
  const found = opened(
    'a.d2',
    `shop: {
  shape: sequence_diagram
  web: Web {shape: person}
  api; db: "Orders DB"
  web -> api.span: places an order
  api."thinks hard"
  api.span -> db.q: INSERT
  again: {
    web -> api: asks
    later: { api.two -> db: SELECT }
  }
  api -> api: waits
}
mail -> shop
`,
  );
  expect(parts(found)).toEqual([
    'client Web',
    'database Orders DB',
    'service api',
    'service mail',
    'service shop',
  ]);
  expect(hops(found)).toEqual(['Web -call-> api', 'api -query-> Orders DB', 'mail -call-> shop']);
  expect(edgeBetween(found, 'api', 'Orders DB').operations).toEqual([{ name: 'INSERT' }, { name: 'SELECT' }]);
});
