import { expect, test } from 'vitest';
import { readFiles } from '../../src/formats/index.ts';
import { bytesOf, edgeBetween, hops, type Opened, opened, parts, refused } from './drop.ts';
import { openedAll, told } from './files.ts';

const groupsOf = ({ board }: Opened) =>
  Object.values(board.nodes)
    .map(({ name, group }) => `${name}${group === undefined ? '' : ` in ${board.groups[group]!.name}`}`)
    .sort();

const SHOP = `// the shop
workspace "The shop" "Sells things." {
  !identifiers hierarchical
  !const ORG "Shop Inc."
  model {
    properties {
      "structurizr.groupSeparator" "/"
    }
    archetypes {
      app = container {
        technology "Go"
        tag "API"
      }
      https = -> {
        technology "HTTPS"
      }
    }
    user = person "User"
    group "\${ORG}" {
      shop = softwareSystem "Shop" {
        !docs docs
        web = app "Web app" "What people see" {
          url https://wiki.example.org/web
          user --https-> this "Buys with"
        }
        db = container "Orders" {
          description "All orders"
          technology "PostgreSQL"
          tags "Database"
        }
        q = container "Order log" "" "" "Messages, Queue"
        web -> db "Reads
" "SQL"
        web -> q {
          technology "AMQP"
          tags "publish"
        }
      }
    }
    mail = softwareSystem "Mail" "" "External"
    shop.q -> mail
    user -> shop "Uses"
    shop.web -> nowhere
    deploymentEnvironment "Live" {
      deploymentNode "a" {
        containerInstance shop.web
      }
    }
  }
  views {
    systemContext shop {
      include *
    }
    styles {
      element "Messages" {
        shape Pipe
      }
    }
  }
}
`.replace('Reads\n"', 'Reads"');

test('DSL: the innermost elements are parts, what is around them are groups', () => {
  const read = opened('shop.dsl', SHOP);
  expect(read.format).toBe('structurizr');
  expect(read.board.title).toBe('The shop');
  expect(parts(read)).toEqual([
    ...[
      'client User',
      'database Orders',
      'external Mail',
      'queue Order log',
      'service Shop',
      'service Web app',
    ],
  ]);
  expect(groupsOf(read)).toEqual([
    ...['Mail', 'Order log in Shop', 'Orders in Shop', 'Shop in Shop', 'User', 'Web app in Shop'],
  ]);
  expect(Object.values(read.board.groups).map(({ description }) => description)).toEqual(['In Shop Inc.']);
  expect(hops(read)).toEqual([
    'User -call-> Shop',
    'User -call-> Web app',
    'Web app -publish-> queue Order log',
    'Web app -query-> Orders',
    'queue Order log -consume-> Mail',
  ]);
  expect(edgeBetween(read, 'User', 'Web app')).toMatchObject({
    protocol: 'HTTPS',
    operations: [{ name: 'Buys with' }],
    origins: [{ how: 'stated', from: 'shop.dsl', at: 'line 24' }],
  });
  const web = Object.values(read.board.nodes).find(({ name }) => name === 'Web app')!;
  expect(web).toMatchObject({
    technology: 'Go',
    description: 'What people see',
    links: ['https://wiki.example.org/web'],
  });
  expect(read.repairs.map(({ reason }) => reason)).toEqual([
    'boundaries inside of others, drawn as groups that say what they are in: 1',
    'deployment environments, left out',
    'relations of what is nowhere declared, left out',
    'boundaries that arrows end on, with a part of the same name in them',
  ]);
});

const BASE = 'workspace {\n  model {\n    a = softwareSystem "A"\n    !include more/rest.dsl\n  }\n}\n';
const REST = 'b = softwareSystem "B"\na -> b\n';
const MORE =
  'workspace extends base.dsl {\n  name "All"\n  model {\n    !ref a {\n      c = container "C"\n    }\n    c -> b\n  }\n}\n';

test('files that include and extend each other are one workspace, each with its own places', () => {
  const files = { 'in/base.dsl': BASE, 'in/more/rest.dsl': REST, 'in/all.dsl': MORE };
  let count = 0;
  const reads = readFiles(
    Object.entries(files).map(([name, text]) => ({ name, bytes: bytesOf(text) })),
    { newId: () => `id-${count++}`, now: 0 },
  );
  const read = reads.find((each) => each.files.includes('in/all.dsl'))!.read as Opened;
  expect(read).toMatchObject({ ok: true });
  expect(read.board.title).toBe('All');
  expect(hops(read)).toEqual(['A -call-> B', 'C -call-> B']);
  expect(edgeBetween(read, 'A', 'B').origins).toEqual([
    { how: 'stated', from: 'in/more/rest.dsl', at: 'line 2' },
  ]);
});

test('what a missing file declares is called by its identifier', () => {
  const read = opened('all.dsl', MORE);
  expect(hops(read)).toEqual(['C -call-> b']);
  expect(read.repairs.map(({ reason }) => reason)).toContain(
    'parts that a file declares which is not here, called by their identifiers: 2',
  );
});

const JSON_SHOP = {
  name: 'The shop',
  model: {
    people: [
      {
        id: '1',
        name: 'User',
        tags: 'Element,Person',
        relationships: [{ id: '9', sourceId: '1', destinationId: '3' }],
      },
    ],
    softwareSystems: [
      {
        ...{ id: '2', name: 'Shop', group: 'Company', tags: 'Element,Software System' },
        containers: [
          {
            ...{ id: '3', name: 'Web app', technology: 'Go', description: 'What people see' },
            relationships: [
              { id: '10', sourceId: '3', destinationId: '4', description: 'Reads', technology: 'SQL' },
              { id: '11', sourceId: '3', destinationId: '99' },
            ],
          },
          { id: '4', name: 'Orders', tags: 'Element,Container,Store' },
        ],
        relationships: [],
      },
    ],
    deploymentNodes: [{ id: '20', name: 'a', environment: 'Live' }],
  },
  views: { configuration: { styles: { elements: [{ tag: 'Store', shape: 'Cylinder' }] } } },
};

test('JSON: the same, without relations that follow from others', () => {
  const implied = { id: '12', sourceId: '1', destinationId: '2', linkedRelationshipId: '9' };
  const json = structuredClone(JSON_SHOP);
  (json.model.people[0]!.relationships as object[]).push(implied);
  const read = opened('workspace.json', JSON.stringify(json));
  expect(read.format).toBe('structurizr');
  expect(parts(read)).toEqual(['client User', 'database Orders', 'service Web app']);
  expect(hops(read)).toEqual(['User -call-> Web app', 'Web app -query-> Orders']);
  expect(edgeBetween(read, 'Web app', 'Orders')).toMatchObject({
    protocol: 'SQL',
    operations: [{ name: 'Reads' }],
    origins: [
      { how: 'stated', from: 'workspace.json', at: 'model.softwareSystems.0.containers.0.relationships.0' },
    ],
  });
});

test.each([
  ['workspace {\n  model {\n    a = persn "A"\n  }\n}', '3:5', /“persn” is not understood here/],
  ['workspace {\n  model {\n    a = person "A', '3:16', /this text is never closed/],
  ['workspace {\n  model {\n    a = person "A"\n', '2:3', /this \{ is never closed/],
  ['workspace {\n  model {\n    a = person\n  }\n}', '3:5', /a name is expected/],
  ['workspace {\n}\n}', '3:1', /closes nothing/],
  ['workspace {\n  model {\n    a b -> c\n}', '3:5', /a relation is written as/],
])('%j is refused with its place', (source, path, reason) => {
  expect(refused('a.dsl', source)).toEqual({ file: 'a.dsl', path, reason: expect.stringMatching(reason) });
});

test('a folder that is included is all of its files', () => {
  const read = openedAll({
    'w/workspace.dsl':
      'workspace {\n  model {\n    !include people.dsl\n    !include systems\n    u -> s "uses"\n  }\n}\n',
    'w/people.dsl': 'u = person "User"',
    'w/systems/a.dsl': 's = softwareSystem "Sys"',
    'w/systems/b.dsl': 't = softwareSystem "Other"',
  });
  expect(told(read)).toEqual(['User -call-> Sys stated w/workspace.dsl line 5']);
  expect(parts(read)).toEqual(['client User', 'service Other', 'service Sys']);
});

test('an enterprise is a group; code of other languages is stepped over, whatever braces are in it', () => {
  const found = opened(
    'a.dsl',
    `workspace {
  model {
    enterprise "The shop" {
      a = softwareSystem "Cart"
      q = softwareSystem "Orders" "" "Queue"
    }
    a -> q "Consumes orders from"
    !script groovy {
      workspace.views.views.findAll { it.key != "}" }.each { it.x() }
      if (a) { b = '{' }
    }
  }
}
`,
  );
  expect(hops(found)).toEqual(['Cart -consume-> queue Orders']);
  expect(Object.values(found.board.groups).map(({ name }) => name)).toEqual(['The shop']);
});
