/** Drawings, tables and dependencies that others wrote, against counts made beside the readers in as few lines as will do. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFile } from '../../src/formats/index.ts';

const DATA = '../shared/data';

function counted(file: string, ctx: { skip(why: string): never }) {
  if (!existsSync(`${DATA}/${file}`)) return ctx.skip(`${file} is left out: ${DATA} is not here`);
  const text = readFileSync(`${DATA}/${file}`, 'utf8');
  let count = 0;
  const read = readFile(
    { name: file, bytes: new TextEncoder().encode(text) },
    { newId: () => `id-${count++}`, now: 0 },
  );
  if (!read.ok) return expect.unreachable(`${file}: ${JSON.stringify(read.faults)}`);
  const { nodes, edges } = read.board;
  const name = (id: string) => nodes[id]!.name;
  return {
    text,
    format: read.format,
    nodes: Object.values(nodes)
      .map((node) => node.name)
      .sort(),
    edges: Object.values(edges)
      .map(({ source, target }) => `${name(source)} > ${name(target)}`)
      .sort(),
  };
}

const sorted = (all: Iterable<string>) => [...new Set(all)].sort();
const rowsOf = (text: string) =>
  text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));

test('JSON Canvas’s sample', (ctx) => {
  const { text, format, nodes, edges } = counted('jsoncanvas/sample.canvas', ctx);
  const canvas = JSON.parse(text);
  expect([format, nodes.length, edges.length]).toEqual([
    'json-canvas',
    canvas.nodes.length,
    canvas.edges.length,
  ]);
});

test('dependencies of Jaeger', (ctx) => {
  const { text, format, edges } = counted('jaeger-ui/dependencies-small.json', ctx);
  const links: { parent: string; child: string }[] = JSON.parse(text);
  expect([format, edges]).toEqual([
    'dependencies',
    links.map(({ parent, child }) => `${parent} > ${child}`).sort(),
  ]);
});

test.for(['rca_data', 'construct_data'])('edge list of Nezha, %s', (folder, ctx) => {
  const { text, format, nodes, edges } = counted(`nezha/${folder}/2022-08-22/metric/dependency.csv`, ctx);
  const pairs = rowsOf(text).slice(1);
  expect([format, nodes]).toEqual(['csv', sorted(pairs.flatMap(([from, to]) => [from!, to!]))]);
  expect(edges).toEqual(sorted(pairs.map(([from, to]) => `${from} > ${to}`)));
});

test.for(['low_traffic', 'high_traffic', 'temporal_traffic1', 'temporal_traffic2'])(
  'matrix of PetShop, %s',
  (folder, ctx) => {
    const { text, format, edges } = counted(`petshop-rca/dataset/${folder}/graph.csv`, ctx);
    const [header, ...rows] = rowsOf(text);
    const calls = rows.flatMap(([from, ...weights]) =>
      weights.flatMap((weight, i) => (Number(weight) > 0 ? `${from} > ${header![i + 1]}` : [])),
    );
    expect([format, edges]).toEqual(['csv', calls.sort()]);
  },
);

test('table of spans of DeathStarBench', (ctx) => {
  const { text, format, edges } = counted('deathstarbench/ms_collecter/trace.csv', ctx);
  const [header, ...rows] = rowsOf(text);
  const at = (column: string) => header!.indexOf(column);
  const calls = rows
    .map((row) => [row[at('parentMS')], row[at('childMS')]])
    .filter(([from, to]) => from !== to);
  expect([format, edges]).toEqual(['csv', sorted(calls.map(([from, to]) => `${from} > ${to}`))]);
});
