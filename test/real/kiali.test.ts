/**
 * Kiali's own graphs draw what they state. What that is is counted beside the reader, from the JSON, in as few lines as
 * will do.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFile } from '../../src/formats/index.ts';

const DATA = '../shared/data/kiali';
type Data = { id: string; source: string; target: string; isBox?: string; parent?: string } & {
  traffic: { protocol: string; rates: Record<string, string> };
};
type Json = { timestamp: number; elements: Record<'nodes' | 'edges', { data: Data }[]> };

test('nodes, edges, groups and rates of every graph', (ctx) => {
  if (!existsSync(DATA)) return ctx.skip(`Kiali's graphs are left out: ${DATA} is not here`);
  const files = readdirSync(DATA).filter((file) => file.endsWith('.expected'));
  expect(files).toHaveLength(13);
  for (const name of files) {
    const bytes = new Uint8Array(readFileSync(`${DATA}/${name}`));
    let count = 0;
    const read = readFile({ name, bytes }, { newId: () => `id-${count++}`, now: 0 });
    if (!read.ok) return expect.unreachable(`${name}: ${JSON.stringify(read.faults)}`);
    const { timestamp, elements }: Json = JSON.parse(new TextDecoder().decode(bytes));
    const nodes = elements.nodes.map(({ data }) => data);
    const edges = elements.edges.map(({ data }) => data);
    const pairs = new Set(edges.map(({ source, target }) => `${source} ${target}`));
    const { board, readings } = read;
    expect(
      [read.format, ...[board.nodes, board.edges, board.groups].map((all) => Object.keys(all).length)],
      name,
    ).toEqual([
      'kiali',
      nodes.filter(({ isBox }) => !isBox).length,
      pairs.size,
      new Set(nodes.flatMap(({ parent }) => parent ?? [])).size,
    ]);
    const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0);
    const stated = (key: string) => sum(edges.map(({ traffic }) => Number(traffic.rates[key] ?? 0)));
    const rates = readings.filter(({ metric }) => metric === 'rate');
    expect(sum(rates.map(({ value }) => value as number)), name).toBeCloseTo(
      stated('http') + stated('grpc'),
      6,
    );
    expect(
      readings.every(({ at, window }) => at === timestamp * 1000 && window === 600_000),
      name,
    ).toBe(true);
  }
});
