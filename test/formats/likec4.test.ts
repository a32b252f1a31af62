import { expect, test } from 'vitest';
import { readFiles } from '../../src/formats/index.ts';
import { bytesOf, edgeBetween, hops, type Opened, opened, parts, refused } from './drop.ts';

const SPEC = `specification {
  element actor { style { shape person } }
  element system
  element component { notation "Part" }
  element external-system
  element table { style { shape storage } }
  element queue
  relationship publish { line dotted }
  tag next
  color custom #6BD731
}
`;
const MODEL = `// what there is
model {
  customer = actor 'Customer' 'Buys things' {
    description '''
      In **several**
      lines
    '''
    -> shop.web 'browses' { navigateTo x }
  }
  shop = system 'The shop' {
    #next, #db
    link ./model.c4#L18 'Model'
    web = component 'Web \\'app\\'' {
      technology 'Go'
      icon tech:go
      link https://wiki.example.org/web 'Wiki'
      style { shape browser
        color green }
    }
    db = component {
      title: 'Database'
      icon tech:postgresql
      orders = table 'Orders'
    }
    queue log 'Order log'
    web -> orders 'reads' 'SQL' #next
    web -[publish]-> mailer {
      title 'asks'
      technology 'HTTP'
    }
    this .uses log
  }
  shop.mailer -> mail-service
  customer -> nobody
}
views { view index { include * } }
deployment { node a { instanceOf shop.web } }
`;
const REST = `model {
  extend shop {
    mailer = component 'Mail worker'
    log -> mailer
  }
  mail-service = external-system 'Mail service'
}
`;

test('the innermost elements are parts; what is named later or elsewhere is found', () => {
  const read = opened('shop.c4', SPEC + MODEL + REST);
  expect(read.format).toBe('likec4');
  expect(parts(read)).toEqual([
    'client Customer',
    "client Web 'app'",
    'database Orders',
    'external Mail service',
    ...['queue Order log', 'service The shop', 'worker Mail worker'],
  ]);
  expect(hops(read)).toEqual([
    "Customer -call-> Web 'app'",
    'Mail worker -call-> Mail service',
    'The shop -publish-> queue Order log',
    "Web 'app' -publish-> Mail worker",
    "Web 'app' -query-> Orders",
    'queue Order log -consume-> Mail worker',
  ]);
  expect(edgeBetween(read, "Web 'app'", 'Orders')).toMatchObject({
    protocol: 'SQL',
    operations: [{ name: 'reads' }],
    origins: [{ how: 'stated', from: 'shop.c4', at: 'line 37' }],
  });
  expect(edgeBetween(read, "Web 'app'", 'Mail worker')).toMatchObject({
    protocol: 'HTTP',
    operations: [{ name: 'asks' }],
  });
  const byName = Object.fromEntries(Object.values(read.board.nodes).map((node) => [node.name, node]));
  expect(byName.Customer!.description).toBe('In **several**\nlines');
  expect(byName["Web 'app'"]).toMatchObject({ technology: 'Go', links: ['https://wiki.example.org/web'] });
  expect(read.board.groups[byName.Orders!.group!]).toMatchObject({
    name: 'Database',
    description: 'In The shop.',
  });
  expect(read.repairs.map(({ reason }) => reason)).toEqual([
    'boundaries inside of others, drawn as groups that say what they are in: 1',
    'relations of what is nowhere declared, left out',
    'deployments, left out',
    'boundaries that arrows end on, with a part of the same name in them',
  ]);
});

const together = (files: Record<string, string>) => {
  let count = 0;
  const inputs = Object.entries(files).map(([name, text]) => ({ name, bytes: bytesOf(text) }));
  const reads = readFiles(inputs, { newId: () => `id-${count++}`, now: 0 });
  expect(reads).toHaveLength(1);
  return reads[0]!.read as Opened;
};

test('files of a project are one model, each with its own places; projects are apart', () => {
  const one = together({ 'a/rest.c4': REST, 'a/b/model.c4': MODEL, 'a/spec.c4': SPEC });
  expect(one.board.title).toBe('a');
  expect(hops(one)).toEqual(hops(opened('shop.c4', SPEC + MODEL + REST)));
  expect(edgeBetween(one, "Web 'app'", 'Orders').origins).toEqual([
    { how: 'stated', from: 'a/b/model.c4', at: 'line 26' },
  ]);
  const spec = 'specification { element x }';
  const two = together({
    'a/m.c4': `${spec} model { a = x b = x a -> b }`,
    'c/m.c4': `${spec} model { d = x b = x d -> b }`,
  });
  expect(hops(two)).toEqual(['a -call-> b', 'd -call-> b']);
});

test('a file out of a project: what others declare is called by its name', () => {
  const read = opened('rest.c4', REST);
  expect(hops(read)).toEqual(['log -call-> Mail worker']);
  expect(Object.values(read.board.groups).map(({ name }) => name)).toEqual(['shop']);
  expect(read.repairs.map(({ reason }) => reason)).toContain(
    'parts that a file declares which is not here, called by their names: 2',
  );
});

test.each([
  ['model {\n  a = ', '2:7', /a kind of element is expected/],
  ["model {\n  a = x 'never closed", '2:9', /this text is never closed/],
  ["model {\n  a = x '''never closed", '2:9', /this text is never closed/],
  ['model {\n  a = x {', '2:9', /this \{ is never closed/],
  ['model {\n  a -> 3', '2:8', /the name of an element is expected/],
  ['model {\n  a\n}', '2:3', /“a” is not understood here/],
  ['model {\n}\n}', '3:1', /specification, model or views is expected/],
  [`model ${'{ a = x '.repeat(100)}`, '1:527', /nests more than 64 deep/],
])('%j is refused with its place', (source, path, reason) => {
  expect(refused('a.c4', source)).toEqual({ file: 'a.c4', path, reason: expect.stringMatching(reason) });
});

test('kinds that no specification explains are told by their words; more on a relation is stepped over', () => {
  const found = opened(
    'a.c4',
    `model {
  shop = app_service 'Shop'
  sessions = redis 'Sessions'
  orders = Container_Queue 'Orders'
  pay = System_External 'Pay'
  shop -> sessions
  shop -> orders
  shop -> pay
}
model {
  extend shop -> pay 'charges' {
    metadata { tier 'gold' }
  }
}
`,
  );
  expect(parts(found)).toEqual(['cache Sessions', 'external Pay', 'queue Orders', 'service Shop']);
  expect(hops(found)).toHaveLength(3);
});
