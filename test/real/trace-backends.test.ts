/** Traces of real systems, as a back end answers with them: the live source draws what the file draws. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readFile } from '../../src/formats/index.ts';
import type { BoardEdge, BoardNode } from '../../src/graph/index.ts';
import { discover } from '../../src/telemetry/index.ts';
import { startTraceServer, withReader } from '../telemetry/trace-servers.ts';

const DATA = '../shared/data';
const FILES = [
  ['jaeger', 'deathstarbench/ms_collecter/traces-1695947455229.json'],
  ['jaeger', 'jaeger-ui/testTrace.json'],
  ['jaeger', 'jaeger-ui/testTraceNormal.json'],
  ['jaeger', 'jaeger-ui/trace-flamegraph.json'],
  ['zipkin', 'zipkin/ascend.json'],
  ['zipkin', 'zipkin/messaging-kafka.json'],
  ['zipkin', 'zipkin/skew.json'],
  ['zipkin', 'zipkin/yelp.json'],
] as const;

function inWords(nodes: readonly BoardNode[], edges: readonly BoardEdge[]): string[] {
  const names = new Map(nodes.map(({ id, kind, name }) => [id, `${kind} ${name}`]));
  const traffic = edges.map(
    ({ source, target, kind }) => `${names.get(source)} ${kind} ${names.get(target)}`,
  );
  return [...names.values(), ...traffic].sort();
}

describe.each(FILES)('%s, %s', (type, file) => {
  test('is drawn alike', async (context) => {
    if (!existsSync(`${DATA}/${file}`)) return context.skip(`${file} left out: ../shared/data is not here`);
    const bytes = readFileSync(`${DATA}/${file}`);
    let n = 0;
    const read = readFile({ name: file, bytes: new Uint8Array(bytes) }, { newId: () => `${n++}`, now: 0 });
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const server = await startTraceServer(type);
    server.state.services = ['any'];
    server.state.instead = (url, response) => {
      if (url.searchParams.has('limit')) response.end(bytes);
      return url.searchParams.has('limit');
    };
    const config = { id: 's', type, name: '', url: server.url, interval: 1000, window: 60_000 };
    const found = await discover(config, () => `${n++}`, withReader());
    await server.close();
    if (!found.ok) throw new Error(found.reason);
    const { nodes, edges } = read.board;
    const drawn = inWords(found.value.graph.nodes, found.value.graph.edges);
    expect(drawn.length).toBeGreaterThan(0);
    expect(drawn).toEqual(inWords(Object.values(nodes), Object.values(edges)));
  });
});
