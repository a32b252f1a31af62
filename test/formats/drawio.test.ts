/** draw.io: plain and packed pages, pictures that carry them, what shapes, words and attributes say, hostile XML. */
import { deflateRawSync, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DRAWIO } from '../../src/formats/drawio/format.ts';
import { loadBoard } from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { drawable, kept } from './drawn.ts';
import { bytesOf, drop, edgeBetween, hops, opened, parts, refused } from './drop.ts';

type Place = [x: number, y: number, width?: number, height?: number];
const geometry = ([x, y, width = 200, height = 80]: Place) =>
  `<mxGeometry x="${x}" y="${y}" width="${width}" height="${height}" as="geometry"/>`;
const box = (id: string, value: string, at: Place, style = 'rounded=0;html=1;', parent = '1') =>
  `<mxCell id="${id}" value="${value}" style="${style}" vertex="1" parent="${parent}">${geometry(at)}</mxCell>`;
const line = (id: string, source: string, target: string, { value = '', style = '', points = '' } = {}) =>
  `<mxCell id="${id}" value="${value}" style="html=1;${style}" edge="1" parent="1" source="${source}" target="${target}"><mxGeometry relative="1" as="geometry">${points}</mxGeometry></mxCell>`;
const model = (...cells: string[]) =>
  `<mxGraphModel dx="1"><root><mxCell id="0"/><mxCell id="1" parent="0"/>${cells.join('\n')}</root></mxGraphModel>`;
const page = (name: string, inside: string) => `<diagram id="${name}" name="${name}">${inside}</diagram>`;
const file = (...pages: string[]) => `<?xml version="1.0"?>\n<mxfile host="app">${pages.join('')}</mxfile>`;
const packed = (xml: string) => deflateRawSync(encodeURIComponent(xml)).toString('base64');
const escaped = (xml: string) => xml.replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`);
const read = (...cells: string[]) => opened('shop.drawio', file(page('one', model(...cells))));

const SHOP = [
  box('a', '&lt;b&gt;checkout&lt;/b&gt;&lt;br&gt;&amp;nbsp;', [0, 0]),
  box('b', 'orders', [400, 0], 'shape=cylinder3;whiteSpace=wrap;html=1;'),
  line('x', 'a', 'b', { value: 'SELECT' }),
];

const png = (type: string, data: Uint8Array) => {
  const chunk = (name: string, body: Uint8Array) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(body.length);
    return Buffer.concat([size, Buffer.from(name), body, Buffer.alloc(4)]);
  };
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return new Uint8Array(Buffer.concat([signature, chunk(type, data), chunk('IEND', new Uint8Array())]));
};

describe('containers', () => {
  const xml = file(page('one', model(...SHOP)));
  test.each<[string, string, string | Uint8Array]>([
    ['plain', 'shop.drawio', xml],
    ['packed', 'shop.drawio', file(page('one', packed(model(...SHOP))))],
    ['without its pages', 'shop.xml', model(...SHOP)],
    [
      'in an SVG',
      'shop.drawio.svg',
      `<svg xmlns="http://www.w3.org/2000/svg" content="${escaped(xml)}"><g/></svg>`,
    ],
    ['in a PNG', 'shop.drawio.png', png('tEXt', bytesOf(`mxfile\0${encodeURIComponent(xml)}`))],
    [
      'packed in a PNG',
      'shop.png',
      png('zTXt', Buffer.concat([bytesOf('mxfile\0\0'), deflateSync(encodeURIComponent(xml))])),
    ],
  ])('%s', (_name, name, content) => {
    const found = opened(name, content);
    expect(found).toMatchObject({ format: 'drawio', repairs: [], placed: true });
    expect(hops(found)).toEqual(['checkout -query-> orders']);
    expect(parts(found)).toEqual(['database orders', 'service checkout']);
    expect(edgeBetween(found, 'checkout', 'orders').operations).toEqual([{ name: 'SELECT' }]);
  });

  test('of several pages the first that draws anything is read, and that is said', () => {
    const found = opened(
      'p.drawio',
      file(page('Blank', ''), page('Shop', packed(model(...SHOP))), page('Bank', model())),
    );
    expect(found.repairs[0]!.reason).toBe('is of 3 pages: Shop was read, not Blank, Bank');
    expect(hops(found)).toHaveLength(1);
  });
});

describe('reading', () => {
  test('icons, forms and C4’s fields tell what a part is', () => {
    const found = read(
      box('a', '', [0, 0], 'shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.sqs;html=1;'),
      box('b', 'mail', [400, 0], 'sketch=0;shape=mxgraph.aws4.lambda_function;html=1;'),
      box('c', 'Shopper', [800, 0], 'shape=umlActor;html=1;'),
      `<object placeholders="1" c4Name="Ledger" c4Type="Database" c4Technology="PostgreSQL" c4Description="Who owes what" label="&lt;b&gt;%c4Name%&lt;/b&gt;" id="d"><mxCell style="html=1;" vertex="1" parent="1">${geometry([0, 300])}</mxCell></object>`,
      `<UserObject label="Pay" link="https://pay.example" kind="external" technology="Adyen" id="e"><mxCell style="html=1" vertex="1" parent="1">${geometry([400, 300])}</mxCell></UserObject>`,
      `<object placeholders="1" c4Type="Relationship" c4Technology="JDBC" c4Description="Reads from" label="%c4Description%" id="x"><mxCell style="html=1" edge="1" parent="1" source="b" target="d"><mxGeometry relative="1" as="geometry"/></mxCell></object>`,
      line('y', 'b', 'a'),
    );
    expect(edgeBetween(found, 'mail', 'Ledger')).toMatchObject({ kind: 'query', protocol: 'JDBC' });
    expect(parts(found)).toEqual([
      'client Shopper',
      'database Ledger',
      'external Pay',
      'function mail',
      'queue Amazon SQS',
    ]);
    const node = (name: string) => Object.values(found.board.nodes).find((each) => each.name === name);
    expect(node('Ledger')).toMatchObject({
      technology: 'PostgreSQL',
      description: 'Who owes what',
      position: [8, 304],
    });
    expect(node('Pay')).toMatchObject({ technology: 'Adyen', links: ['https://pay.example'] });
  });

  test('containers, boxes around others and groups', () => {
    const found = read(
      box('s', 'Shop', [0, 0, 500, 300], 'swimlane;html=1;'),
      box('a', 'a', [20, 40], '', 's'),
      box('g', '', [1000, 0, 100, 140], 'group'),
      box('i', '', [0, 0, 100, 100], 'image;image=img/lib/azure2/storage/Storage.svg', 'g'),
      box('t', 'pictures', [0, 100, 100, 40], 'text;html=1;', 'g'),
      box('r', '', [0, 500, 600, 400]),
      box('rt', 'Cellar', [10, 510, 80, 20], 'text;html=1;'),
      box('b', 'b', [100, 600]),
      box('n', 'Ann knows', [2000, 0, 120, 60], 'shape=note;html=1;'),
      line('x', 'a', 'i'),
      line('y', 'b', 's', { style: 'startArrow=classic;endArrow=none;' }),
    );
    const { nodes, groups, notes } = found.board;
    expect(Object.values(nodes).map(({ name, group }) => [name, group && groups[group]?.name])).toEqual([
      ...[
        ['Shop', 'Shop'],
        ['a', 'Shop'],
        ['b', 'Cellar'],
        ['pictures', undefined],
      ],
    ]);
    expect(hops(found)).toEqual(['Shop -call-> b', 'a -query-> pictures']);
    expect(Object.values(notes)).toMatchObject([{ text: 'Ann knows', size: [120, 60] }]);
    expect(Object.values(nodes).find(({ name }) => name === 'a')!.position).toEqual([28, 44]);
  });

  test('labels on lines, loose ends, hidden layers', () => {
    const found = read(
      box('a', 'a', [0, 0]),
      box('b', 'b', [400, 0]),
      '<mxCell id="away" parent="0" visible="0"/>',
      box('h', 'h', [0, 0], '', 'away'),
      line('x', 'a', '', { points: '<mxPoint x="395" y="40" as="targetPoint"/>' }),
      `<mxCell id="xl" value="GET /b" style="edgeLabel;html=1;" vertex="1" connectable="0" parent="x"><mxGeometry relative="1" as="geometry"/></mxCell>`,
      line('y', 'b', 'nobody'),
    );
    expect(edgeBetween(found, 'a', 'b').operations).toEqual([{ name: 'GET /b' }]);
    expect(found.repairs.map(({ reason }) => reason)).toEqual([
      'hidden shapes and lines, left out: 2',
      expect.stringMatching(/^lines that touch.*: 1$/),
      expect.stringMatching(/^lines that do not join.*: 1$/),
    ]);
  });

  test('data that was edited in draw.io counts', () => {
    const text = DRAWIO.write!(read(...SHOP).board);
    const found = opened(
      's.drawio',
      text.replace('kind="database"', 'kind="cache"').replace('label="checkout', 'label="till'),
    );
    expect(parts(found)).toEqual(['cache orders', 'service till']);
  });
});

describe('faults', () => {
  test('say where', () => {
    expect(refused('s.drawio', '<mxfile><diagram>')).toMatchObject({
      path: '1:18',
      reason: 'the file ends inside of diagram',
    });
    expect(refused('s.drawio', '<mxfile>\n<diagram></mxfile>')).toMatchObject({
      path: '2:10',
      reason: 'ends mxfile, but diagram is open',
    });
    expect(refused('s.drawio', '<mxfile><diagram a=b/></mxfile>').reason).toMatch(/diagram is not closed/);
    expect(refused('s.drawio', file(page('one', '!!')))).toMatchObject({
      path: 'diagram 1',
      reason: 'is neither XML nor base64',
    });
    expect(refused('s.drawio', file(page('one', packed('<mxGraphModel>').slice(0, 9)))).path).toMatch(
      /^diagram 1/,
    );
    expect(refused('s.drawio', file(page('one', packed('<mxGraphModel><root>'))))).toMatchObject({
      path: 'diagram 1 1:21',
    });
    expect(refused('s.drawio', file(page('one', model()))).reason).toMatch(/no part/);
    expect(refused('s.drawio', '<mxfile/>').reason).toBe('holds no page');
    const found = read(...SHOP, box('a', 'again', [0, 0]), box('c', 'c', [0, Number.NaN]));
    expect(found.repairs.map(({ path }) => path)).toEqual(['5:1', '6:1']);
  });

  test('bombs and entities are harmless', () => {
    const began = performance.now();
    const zeros = deflateRawSync(Buffer.alloc(60_000_000, 'a')).toString('base64');
    expect(refused('s.drawio', file(page('one', zeros)))).toMatchObject({
      path: 'diagram 1',
      reason: expect.stringMatching(/more than 10 MB/),
    });
    const big = deflateSync(Buffer.alloc(60_000_000));
    expect(refused('s.png', png('zTXt', Buffer.concat([bytesOf('mxfile\0\0'), big]))).reason).toMatch(
      /more than 10 MB/,
    );
    const laughs = `<!DOCTYPE mxfile [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>`;
    const found = opened(
      's.drawio',
      `${laughs}${file(page('one', model(box('a', '&b;&f;', [0, 0], '')))).slice(22)}`,
    );
    expect(parts(found)).toEqual(['service &b;&f;']);
    expect(refused('s.drawio', `<mxfile>${'<a>'.repeat(100_000)}`).reason).toMatch(/64 deep/);
    for (const text of [
      '<mxfile '.repeat(200_000),
      `<mxfile ${' a'.repeat(1_000_000)}`,
      `<svg ${'content '.repeat(500_000)}`,
      `<mxfile>${'<!--'.repeat(500_000)}`,
    ])
      expect(drop('s.drawio', text).ok).toBe(false);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

/** What no XML can hold is gone from texts; records keep it. */
test('a board is the same after it was written and read', () => {
  fc.assert(
    fc.property(boardArbitrary().map(drawable), (board) => {
      const text = DRAWIO.write!(board);
      if (Object.keys(board.nodes).length === 0) return void refused('b.drawio', text);
      const found = opened('b.drawio', text);
      expect(found.format).toBe('drawio');
      expect(kept(found.board)).toEqual(kept(board));
      expect(loadBoard(JSON.parse(JSON.stringify(found.board)), 'x').ok).toBe(true);
    }),
  );
});

test('a file of very many pages is read no longer than one', () => {
  const began = performance.now();
  const many = (inside: string) => file(page('p', inside).repeat(60_000));
  expect(refused('s.drawio', many('<mxGraphModel/>')).reason).toMatch(/no part/);
  const found = opened(
    's.drawio',
    many(model(box('a', 'a', [0, 0])))
      .slice(0, 4_000_000)
      .replace(/<diagram(?:(?!<\/diagram>).)*$/s, '</mxfile>'),
  );
  expect(found.repairs[0]!.reason).toMatch(/^is of \d+ pages: p was read, not p, p, p, p, p and \d+ more$/);
  expect(performance.now() - began).toBeLessThan(5000);
});

test('a form is a hint, an icon of a product is not; a technology below a name is its own', () => {
  const cell = (id: string, style: string, value: string, x: number) =>
    `<mxCell id="${id}" value="${value}" style="${style}" vertex="1" parent="1"><mxGeometry x="${x}" y="0" width="120" height="60" as="geometry"/></mxCell>`;
  const found = opened(
    'a.drawio',
    `<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>${[
      cell('a', 'shape=cylinder3;', 'Events&#xa;(Kafka)', 0),
      cell('b', 'shape=cylinder3;', 'Orders', 300),
      cell('c', 'rounded=1;html=1;', 'Sessions&lt;br&gt;Redis 7', 600),
      cell('d', 'shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.sqs;', 'Jobs', 900),
      cell('e', 'rounded=1;html=1;', 'Apache&lt;br&gt;Kafka', 1200),
      cell('f', 'rounded=1;html=1;', 'Payment&lt;br&gt;Service', 1500),
      cell(
        'g',
        'shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.elastic_beanstalk;',
        'Reverse Proxy',
        1800,
      ),
    ].join('')}</root></mxGraphModel>`,
  );
  const said = Object.values(found.board.nodes).map(({ kind, name, technology }) =>
    [kind, name, technology].filter(Boolean).join(', '),
  );
  expect(said).toEqual([
    'broker, Events, Kafka',
    'database, Orders',
    'cache, Sessions, Redis 7',
    'queue, Jobs, Amazon SQS',
    'broker, Apache Kafka, Kafka',
    'service, Payment Service',
    'gateway, Reverse Proxy, Elastic Beanstalk',
  ]);
});

test('a page of HTML holds its drawing; signs have names', () => {
  const cell = (id: string, value: string, x: number) =>
    `<mxCell id="${id}" value="${value}" style="html=1;" vertex="1" parent="1"><mxGeometry x="${x}" y="0" width="120" height="60" as="geometry"/></mxCell>`;
  const xml = `<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>${cell('a', 'K&amp;uuml;che &amp;raquo; T&amp;uuml;r', 0)}${cell('b', 'A&amp;#8594;B&amp;nbsp;&amp;amp; &amp;what;', 300)}</root></mxGraphModel>`;
  const json = JSON.stringify({ highlight: '#0000ff', xml });
  const attribute = json.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const page = `<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body><div class="mxgraph" data-mxgraph="${attribute}"></div></body></html>`;
  const found = opened('a.html', page);
  expect(found.format).toBe('drawio');
  expect(Object.values(found.board.nodes).map(({ name }) => name)).toEqual(['Küche » Tür', 'A→B & &what;']);
  expect(drop('b.html', '<!DOCTYPE html><div data-mxgraph="no"></div>').ok).toBe(false);
});
